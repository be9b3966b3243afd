#pragma once
#include <stdexcept>
#include <string>

#include "core/base/result.hpp"

namespace suara::bench {

// A measurement that cannot go on is given up as a whole: nothing of it would be a figure.
struct Stopped : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <class T>
T must(Result<T> result, const std::string& what) {
  if (result) {
    if constexpr (std::is_void_v<T>)
      return;
    else
      return std::move(*result);
  }
  std::string text = what + ": " + result.error().detail;
  for (const auto& item : result.error().items) text += "\n  - " + item;
  throw Stopped(text);
}

}  // namespace suara::bench
