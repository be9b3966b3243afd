#include "http/bounded_pool.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <future>

namespace suara::http {

TEST_CASE("a full queue refuses, and what was taken in is carried out") {
  std::atomic<int> done = 0;
  std::promise<void> started, release;
  const auto released = release.get_future().share();
  {
    BoundedPool pool("test", 1, 2);
    REQUIRE(pool.post([&] {
      started.set_value();
      released.wait();
      ++done;
    }));
    started.get_future().wait();
    CHECK(pool.post([&] { ++done; }));
    CHECK(pool.post([&] { ++done; }));
    CHECK_FALSE(pool.post([&] { ++done; }));
    CHECK(pool.queued() == 2);
    release.set_value();
    pool.stop();
    CHECK_FALSE(pool.post([&] { ++done; }));
  }
  CHECK(done == 3);
}

}  // namespace suara::http
