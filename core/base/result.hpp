#pragma once
#include <tl/expected.hpp>
#include <utility>

#include "core/base/error.hpp"

namespace suara {

// A value, or the reason there is none. Check `if (!r) return fail(std::move(r).error());`.
template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

inline tl::unexpected<Error> fail(ErrorCode code, std::string detail, std::vector<std::string> items = {}) {
  return tl::unexpected<Error>(Error{code, std::move(detail), std::move(items)});
}

}  // namespace suara
