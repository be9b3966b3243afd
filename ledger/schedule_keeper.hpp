#pragma once
#include <functional>
#include <memory>

#include "ledger/command_handler.hpp"

namespace suara::ledger {

struct ScheduleKeeperOptions {
  std::chrono::milliseconds poll{500};              // for what other processes appended
  std::chrono::milliseconds min_interval{200};      // between two looks at one ledger
  std::chrono::milliseconds longest_sleep{30'000};  // then the clock is read again: it may have been set
};

// Opens and closes the elections that have a schedule when its time has come, as Actor `service`; what was missed while
// the service was down is done when it is back, except that an election whose end has passed is not opened any more:
// the committee puts the end off or cancels. Several processes may do this: the rules refuse what was done already.
class ScheduleKeeper {
 public:
  using Clock = CommandHandler::Clock;
  ScheduleKeeper(CommandHandler& handler, EventStore& store, Clock clock, ScheduleKeeperOptions options = {});
  ~ScheduleKeeper();
  void start();  // its own thread, until destruction; after the handler's start()

  // A listener for CommandHandler. Never blocks for long.
  void notify(const LedgerInfo& ledger, std::uint64_t size);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace suara::ledger
