#include "ledger/ledger_watcher.hpp"

#include <algorithm>

namespace suara::ledger {

using SteadyClock = std::chrono::steady_clock;

LedgerWatcher::LedgerWatcher(EventStore& store, Options options, Work work)
    : store_(store), options_(options), work_(std::move(work)) {}

LedgerWatcher::~LedgerWatcher() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void LedgerWatcher::start() {
  thread_ = std::thread([this] { run(); });
}

void LedgerWatcher::notify(const LedgerInfo& ledger, std::uint64_t size) {
  if (size == 0) return;  // nothing to work on; a try in vain would only delay the first true one
  {
    const std::lock_guard lock(mutex_);
    Slot& slot = slots_.try_emplace(ledger.uuid, Slot{ledger}).first->second;
    slot.size = std::max(slot.size, size);
    if (!wants_work(slot, Time::max())) return;
  }
  wake_.notify_one();
}

bool LedgerWatcher::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

bool LedgerWatcher::wants_work(const Slot& slot, Time now) const {
  if (slot.finished) return false;
  return slot.due || slot.position < slot.size || (slot.wake_at && *slot.wake_at <= now);
}

LedgerWatcher::Slot* LedgerWatcher::next_due(Time now) {
  for (auto& [uuid, slot] : slots_)
    if (slot.not_before <= now && wants_work(slot, now)) return &slot;
  return nullptr;
}

LedgerWatcher::Time LedgerWatcher::next_wake(Time poll_at) const {
  Time at = poll_at;
  for (const auto& [uuid, slot] : slots_) {
    if (slot.finished) continue;
    if (slot.due || slot.position < slot.size) at = std::min(at, slot.not_before);
    if (slot.wake_at) at = std::min(at, std::max(*slot.wake_at, slot.not_before));
  }
  return at;
}

// Where the database cannot be reached, the next poll finds what this one missed.
void LedgerWatcher::poll() {
  const auto sizes = store_.sizes();
  if (!sizes) return;
  const std::lock_guard lock(mutex_);
  for (const auto& [info, size] : *sizes) {
    if (size == 0) continue;
    Slot& slot = slots_.try_emplace(info.uuid, Slot{info}).first->second;
    slot.size = std::max(slot.size, size);
  }
}

void LedgerWatcher::work_on(Slot& slot, std::unique_lock<std::mutex>& lock) {
  slot.due = false;
  slot.wake_at.reset();
  slot.not_before = SteadyClock::now() + options_.min_interval;
  const std::uint64_t size = slot.size;
  lock.unlock();
  const Outcome outcome = work_(slot.info, size);
  lock.lock();
  slot.position = outcome.position;
  slot.finished = outcome.finished;
  const Time now = SteadyClock::now();
  if (outcome.wake_after) slot.wake_at = now + *outcome.wake_after;
  if (outcome.retry_after) {
    slot.due = true;
    slot.not_before = now + *outcome.retry_after;
  }
}

void LedgerWatcher::run() {
  auto poll_at = SteadyClock::now();
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (SteadyClock::now() >= poll_at) {
      lock.unlock();
      poll();
      lock.lock();
      poll_at = SteadyClock::now() + options_.poll;
    }
    if (Slot* slot = next_due(SteadyClock::now())) {
      work_on(*slot, lock);
    } else {
      wake_.wait_until(lock, next_wake(poll_at));
    }
  }
}

}  // namespace suara::ledger
