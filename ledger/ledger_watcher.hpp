#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "ledger/event_store.hpp"

namespace suara::ledger {

// Follows all ledgers of a store on one thread of its own: works on each that holds more entries than were worked on,
// one at a time. Told of what is appended here, it finds by itself what other processes append.
class LedgerWatcher {
 public:
  struct Options {
    std::chrono::milliseconds poll{500};
    // Between two works on one ledger. The first entry after a pause is worked on at once; those that follow closely
    // are gathered, so that the cost of a work does not fall on each of them.
    std::chrono::milliseconds min_interval{0};
  };
  struct Outcome {
    std::uint64_t position = 0;                              // entries worked on: due again as soon as there are more
    bool finished = false;                                   // never due again
    std::optional<std::chrono::milliseconds> wake_after{};   // due again then also without new entries
    std::optional<std::chrono::milliseconds> retry_after{};  // due again then, and not before
  };
  // `size`: entries known to be stored. On the watcher's thread.
  using Work = std::function<Outcome(const LedgerInfo&, std::uint64_t size)>;

  LedgerWatcher(EventStore& store, Options options, Work work);
  ~LedgerWatcher();
  void start();  // until destruction; every ledger that has entries is worked on once

  // A listener for CommandHandler: `size` entries are durable. Never blocks for long.
  void notify(const LedgerInfo& ledger, std::uint64_t size);

  // For works that take long, to end early.
  bool stopping() const;

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Slot {
    LedgerInfo info;
    std::uint64_t size = 0;
    std::uint64_t position = 0;
    bool due = true;  // also without new entries
    bool finished = false;
    Time not_before{};
    std::optional<Time> wake_at{};
  };
  bool wants_work(const Slot& slot, Time now) const;
  Slot* next_due(Time now);
  Time next_wake(Time poll_at) const;
  void poll();
  void work_on(Slot& slot, std::unique_lock<std::mutex>& lock);
  void run();

  EventStore& store_;
  const Options options_;
  const Work work_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::map<ElectionUuid, Slot> slots_;
  std::thread thread_;
};

}  // namespace suara::ledger
