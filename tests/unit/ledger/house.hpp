#pragma once
#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <vector>

#include "ledger/command_handler.hpp"
#include "ledger/memory_store.hpp"
#include "tests/support/election_fixture.hpp"
#include "tests/support/temp_folder.hpp"

// What the tests of the command handler stand on.
namespace suara::test {

using namespace suara::ledger;
using namespace std::chrono_literals;

inline Timestamp wall_clock() {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

inline constexpr HandlerLimits quick{.patience = 300ms, .poll = 20ms};

// A store and keys that outlive the handlers started on them.
struct House {
  TempFolder folder;
  MemoryStore store;
  KeyStore keys{folder.path() / "keys"};
  std::unique_ptr<CommandHandler> handler(HandlerLimits limits = quick, CommandHandler::Clock clock = wall_clock) {
    auto made = std::make_unique<CommandHandler>(store, keys, std::move(clock), limits);
    if (auto started = made->start(); !started) FAIL(started.error().detail);
    return made;
  }
  LedgerId ledger() { return store.ledgers()->front().id; }
  std::uint64_t size() { return store.head(ledger())->size; }
};

template <class Condition>
bool wait_for(Condition condition, std::chrono::milliseconds time = 5s) {
  const auto deadline = std::chrono::steady_clock::now() + time;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

// Holds the sequencer inside a command until released, so that what is submitted meanwhile waits together.
class Gate {
 public:
  explicit Gate(CommandHandler& handler, const ElectionUuid& uuid) {
    handler.submit(uuid,
                   std::function<Result<election::Command>(const election::State&)>([this](const election::State&) {
                     entered_.set_value();
                     open_.get_future().wait();
                     return Result<election::Command>(fail(ErrorCode::conflict, "gate"));
                   }),
                   committee, [this](const Result<Receipt>&) { left_.set_value(); });
    entered_.get_future().wait();
  }
  void open() { open_.set_value(); }
  ~Gate() { left_.get_future().wait(); }

 private:
  std::promise<void> entered_, open_, left_;
};

// Submits and keeps the answers, in the order they come.
struct Answers {
  std::vector<Result<Receipt>> all;
  std::atomic<std::size_t> count{0};
  CommandHandler::Done done() {
    return [this](Result<Receipt> result) {
      all.push_back(std::move(result));
      ++count;
    };
  }
  void wait(std::size_t wanted) {
    REQUIRE(wait_for([&] { return count == wanted; }));
  }
};

}  // namespace suara::test
