#pragma once
#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <thread>

namespace suara::test {

// Looks again until it is so; fails the test where it is not within `patience`.
inline void eventually(std::chrono::seconds patience, const std::function<bool()>& wanted) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!wanted()) {
    if (std::chrono::steady_clock::now() > deadline) FAIL("waited " << patience.count() << " s in vain");
    std::this_thread::sleep_for(std::chrono::milliseconds(10));  // between two looks
  }
}

}  // namespace suara::test
