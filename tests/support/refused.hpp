#pragma once
#include <optional>

#include "core/base/result.hpp"

namespace Catch {
template <>
struct StringMaker<suara::ErrorCode> {
  static std::string convert(suara::ErrorCode code) { return std::string(suara::error_name(code)); }
};
}  // namespace Catch

namespace suara::test {

// The code of a refusal; nothing where there was none, which equals no code. Include after Catch.
template <class T>
std::optional<ErrorCode> refused(const Result<T>& result) {
  if (result) return std::nullopt;
  return result.error().code;
}

}  // namespace suara::test
