#include "ledger/schedule_keeper.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>

#include "ledger/ledger_watcher.hpp"

namespace suara::ledger {
namespace {

using election::Phase;
using std::chrono::milliseconds;

constexpr milliseconds first_retry{100};
constexpr milliseconds lasting_pause{1000};  // beyond it nobody is only in the way
constexpr milliseconds longest_retry{10'000};

struct Trouble {
  milliseconds pause = first_retry;
  std::string told;
};

// What is to be done next, and when.
struct Duty {
  Timestamp at;
  election::Command command;
};

std::optional<Duty> duty_of(const election::Summary& summary, Timestamp now) {
  const auto& schedule = summary.draft.schedule;
  if (!schedule) return std::nullopt;
  const Timestamp closes = summary.closes_at.value_or(schedule->closes_at);
  if (summary.phase == Phase::open) return Duty{closes, election::CloseElection{}};
  if (summary.phase != Phase::sealed || now >= closes) return std::nullopt;
  return Duty{schedule->opens_at, election::OpenElection{}};
}

// Phases before the sealing may still get a schedule; from the closing on there is nothing to do.
bool is_over(Phase phase) { return phase != Phase::draft && phase != Phase::sealed && phase != Phase::open; }

}  // namespace

class ScheduleKeeper::Impl {
 public:
  Impl(CommandHandler& handler, EventStore& store, Clock clock, ScheduleKeeperOptions options)
      : handler_(handler),
        clock_(std::move(clock)),
        options_(options),
        watcher_(store, {options.poll, options.min_interval},
                 [this](const LedgerInfo& ledger, std::uint64_t) { return work(ledger); }) {}

  void start() { watcher_.start(); }
  void notify(const LedgerInfo& ledger, std::uint64_t size) { watcher_.notify(ledger, size); }

 private:
  LedgerWatcher::Outcome work(const LedgerInfo& ledger) {
    // The size first: the snapshot is then at least as new.
    LedgerWatcher::Outcome outcome{handler_.counts(ledger.uuid).entries};
    const auto summary = handler_.summary(ledger.uuid);
    if (!summary) {
      outcome.retry_after = longest_retry;
      return outcome;
    }
    outcome.finished = is_over(summary->phase);
    const Timestamp now = clock_();
    const auto duty = duty_of(*summary, now);
    if (!duty) return outcome;
    if (now < duty->at) {
      outcome.wake_after = std::min(milliseconds(duty->at.ms - now.ms), options_.longest_sleep);
      return outcome;
    }
    const auto done = handler_.call(ledger.uuid, duty->command, {election::Role::service, {}});
    if (done) {
      troubles_.erase(ledger.uuid);
      spdlog::info("schedule: election {}: {} at its time", ledger.uuid.value,
                   summary->phase == Phase::open ? "closed" : "opened");
      return outcome;
    }
    outcome.retry_after = pause_after(ledger, done.error());
    return outcome;
  }

  // What another process did first has passed at the next look; what stays refused is told once.
  milliseconds pause_after(const LedgerInfo& ledger, const Error& error) {
    Trouble& trouble = troubles_[ledger.uuid];
    if (trouble.pause > lasting_pause && trouble.told != error.detail) {
      spdlog::warn("schedule: election {}: {}", ledger.uuid.value, error.detail);
      trouble.told = error.detail;
    }
    const milliseconds pause = trouble.pause;
    trouble.pause = std::min(pause * 2, longest_retry);
    return pause;
  }

  CommandHandler& handler_;
  const Clock clock_;
  const ScheduleKeeperOptions options_;
  std::map<ElectionUuid, Trouble> troubles_;  // the thread's alone
  LedgerWatcher watcher_;                     // last, so that its thread ends first
};

ScheduleKeeper::ScheduleKeeper(CommandHandler& handler, EventStore& store, Clock clock, ScheduleKeeperOptions options)
    : impl_(std::make_unique<Impl>(handler, store, std::move(clock), options)) {}
ScheduleKeeper::~ScheduleKeeper() = default;
void ScheduleKeeper::start() { impl_->start(); }
void ScheduleKeeper::notify(const LedgerInfo& ledger, std::uint64_t size) { impl_->notify(ledger, size); }

}  // namespace suara::ledger
