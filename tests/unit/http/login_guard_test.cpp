#include "http/login_guard.hpp"

#include <catch2/catch.hpp>

namespace suara::http {

TEST_CASE("the sixth wrong try within a minute waits") {
  LoginGuard guard;
  for (int i = 0; i < 5; ++i) CHECK(guard.begin("ani", "10.0.0.1", {i * 1000}) == 0);
  CHECK(guard.begin("ani", "10.0.0.2", {10'000}) == 50);   // by login
  CHECK(guard.begin("budi", "10.0.0.1", {10'000}) == 50);  // by address
  CHECK(guard.begin("budi", "10.0.0.2", {10'000}) == 0);
  CHECK(guard.begin("ani", "10.0.0.2", {60'000}) == 0);  // the first try is a minute ago
  CHECK(guard.begin("ani", "10.0.0.2", {60'001}) == 1);
}

TEST_CASE("behind a proxy the login alone is counted, and guesses without a login by address as ever") {
  LoginGuard guard({"10.0.0.9"});
  for (int i = 0; i < 5; ++i) CHECK(guard.begin("ani", "10.0.0.9", {i}) == 0);
  CHECK(guard.begin("ani", "10.0.0.9", {10}) > 0);
  CHECK(guard.begin("budi", "10.0.0.9", {10}) == 0);
  for (int i = 0; i < 5; ++i) CHECK(guard.begin("citra" + std::to_string(i), "10.0.0.8", {i}) == 0);
  CHECK(guard.begin("dimas", "10.0.0.8", {10}) > 0);  // no proxy
  for (int i = 0; i < 5; ++i) CHECK(guard.begin({}, "10.0.0.9", {i}) == 0);
  CHECK(guard.begin({}, "10.0.0.9", {10}) > 0);
}

TEST_CASE("a right password does not count") {
  LoginGuard guard;
  for (int i = 0; i < 20; ++i) {
    CHECK(guard.begin("ani", "10.0.0.1", {i}) == 0);
    guard.forgive("ani", "10.0.0.1", {i});
  }
}

TEST_CASE("without a login the address alone is counted") {
  LoginGuard guard;
  for (int i = 0; i < 5; ++i) CHECK(guard.begin({}, "10.0.0.1", {i}) == 0);
  CHECK(guard.begin({}, "10.0.0.1", {10}) > 0);
  CHECK(guard.begin({}, "10.0.0.2", {10}) == 0);
}

TEST_CASE("an IPv6 client is counted by its network") {
  LoginGuard guard;
  for (int i = 0; i < 5; ++i) {
    CHECK(guard.begin("a" + std::to_string(i), "2001:db8:1:2:0:0:0:" + std::to_string(i), {0}) == 0);
  }
  CHECK(guard.begin("b", "2001:db8:1:2:9:9:9:9", {1}) > 0);
  CHECK(guard.begin("b", "2001:db8:1:3:9:9:9:9", {1}) == 0);
}

TEST_CASE("the memory of tries is bounded, and what was tried last is kept") {
  LoginGuard guard({}, 100);
  for (int i = 0; i < 1000; ++i) {
    CHECK(guard.begin("login" + std::to_string(i), "10.0." + std::to_string(i / 4) + ".1", {i}) == 0);
  }
  for (int i = 0; i < 5; ++i) CHECK(guard.begin("ani", "10.1.0." + std::to_string(i), {1000 + i}) == 0);
  CHECK(guard.begin("ani", "10.1.0.9", {1010}) > 0);
}

}  // namespace suara::http
