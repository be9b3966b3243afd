#include "http/live_hub.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <condition_variable>

namespace suara::http {
namespace {

using namespace std::chrono_literals;
const ElectionUuid here{"ucSijHEHGk8LHG"};

// Counts wakes, so that a test can wait for one.
struct Watcher {
  std::shared_ptr<LiveSubscription> subscription;
  std::shared_ptr<std::atomic<int>> wakes = std::make_shared<std::atomic<int>>(0);

  explicit Watcher(LiveHub& hub) : subscription(hub.subscribe(here).value()) {
    subscription->set_wake([wakes = wakes] {
      ++*wakes;
      wakes->notify_all();
    });
  }
  // The next texts; blocks until there are some.
  std::vector<std::string> next() {
    for (;;) {
      const int before = *wakes;
      std::vector<std::string> texts;
      for (const auto& text : subscription->take()) texts.push_back(*text);
      if (!texts.empty()) return texts;
      wakes->wait(before);
    }
  }
};

struct Source {
  std::atomic<int> value = 0;
  std::atomic<int> calls = 0;
  LiveHub::Snapshot snapshot() {
    return [this](const ElectionUuid&) -> Result<LiveHub::Events> {
      ++calls;
      calls.notify_all();
      return LiveHub::Events{{"count", std::to_string(value)}, {"name", "\"osis\""}};
    };
  }
};

}  // namespace

TEST_CASE("a watcher is told everything at first and then what changed") {
  Source source;
  LiveHub hub(source.snapshot(), 10, {1ms, 1h});
  Watcher watcher(hub);
  CHECK(watcher.next() == std::vector<std::string>{"event: count\ndata: 0\n\n", "event: name\ndata: \"osis\"\n\n"});
  source.value = 7;
  hub.changed(here);
  CHECK(watcher.next() == std::vector<std::string>{"event: count\ndata: 7\n\n"});
}

TEST_CASE("a second watcher gets the present values without a new snapshot") {
  Source source;
  LiveHub hub(source.snapshot(), 10, {1ms, 1h});
  Watcher first(hub);
  first.next();
  Watcher second(hub);
  CHECK(second.next().size() == 2);
  CHECK(source.calls == 1);
}

TEST_CASE("what a slow watcher missed is not kept for it") {
  Source source;
  LiveHub hub(source.snapshot(), 10, {1ms, 1h});
  Watcher slow(hub);
  Watcher quick(hub);
  quick.next();
  for (int i = 1; i <= 20; ++i) {
    source.value = i;
    hub.changed(here);
    CHECK(quick.next() == std::vector<std::string>{"event: count\ndata: " + std::to_string(i) + "\n\n"});
  }
  CHECK(slow.next() == std::vector<std::string>{"event: count\ndata: 20\n\n", "event: name\ndata: \"osis\"\n\n"});
}

TEST_CASE("changes in quick succession share snapshots") {
  Source source;
  LiveHub hub(source.snapshot(), 10, {100ms, 1h});
  Watcher watcher(hub);
  watcher.next();
  const auto began = std::chrono::steady_clock::now();
  int changes = 0;
  while (std::chrono::steady_clock::now() - began < 350ms) {
    source.value = ++changes;
    hub.changed(here);
  }
  CHECK(changes > 20);
  CHECK(source.calls <= 6);
}

TEST_CASE("changes that nobody reported are found by looking now and then") {
  Source source;
  LiveHub hub(source.snapshot(), 10, {1ms, 5ms});
  Watcher watcher(hub);
  watcher.next();
  source.value = 3;
  CHECK(watcher.next() == std::vector<std::string>{"event: count\ndata: 3\n\n"});
}

TEST_CASE("streams are bounded, and one that ended makes room") {
  Source source;
  LiveHub hub(source.snapshot(), 2, {1ms, 1h});
  auto first = hub.subscribe(here);
  auto second = hub.subscribe(here);
  REQUIRE(first);
  REQUIRE(second);
  const auto third = hub.subscribe(here);
  REQUIRE_FALSE(third);
  CHECK(third.error().code == ErrorCode::overloaded);
  first->reset();
  CHECK(hub.subscribe(here));
}

TEST_CASE("an election that nobody watches costs nothing") {
  Source source;
  LiveHub hub(source.snapshot(), 2, {1ms, 1ms});
  hub.changed(here);
  { Watcher(hub).next(); }
  // The watcher is gone: after one snapshot that may be under way, the calls stand still.
  hub.changed(here);
  const int before = source.calls;
  hub.stop();
  CHECK(source.calls <= before + 1);
}

TEST_CASE("stopping ends the streams") {
  Source source;
  LiveHub hub(source.snapshot(), 2, {1ms, 1h});
  Watcher watcher(hub);
  watcher.next();
  hub.stop();
  CHECK(watcher.subscription->ended());
  CHECK_FALSE(hub.subscribe(here));
}

}  // namespace suara::http
