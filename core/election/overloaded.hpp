#pragma once

namespace suara::election {

// For std::visit: one function a type and none for the rest, so that a new type does not build until it is handled.
template <class... F>
struct overloaded : F... {
  using F::operator()...;
};
template <class... F>
overloaded(F...) -> overloaded<F...>;

}  // namespace suara::election
