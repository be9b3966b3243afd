#include "ledger/teller.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "ledger/election_teller.hpp"

namespace suara::ledger {
namespace {

using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// After a refusal: at once, because another process came in between; then ever later, so that what cannot succeed does not
// keep the cores from the voters.
constexpr milliseconds first_pause{2};
constexpr milliseconds longest_pause{500};
// After anything else: a lost database, a missing key.
constexpr milliseconds fault_pause{500};

bool overtaken(const Error& error) { return error.code == ErrorCode::conflict || error.code == ErrorCode::wrong_phase; }

struct Slot {
  Slot(CommandHandler& handler, EventStore& store, KeyStore& keys, const LedgerInfo& ledger)
      : info(ledger), teller(handler, store, keys, ledger) {}

  const LedgerInfo info;
  ElectionTeller teller;  // the thread's alone

  // Under the mutex.
  std::uint64_t position = 0;
  bool finished = false;
  bool due = true;
  SteadyClock::time_point not_before{};              // of what is due
  std::optional<SteadyClock::time_point> wake_at{};  // becomes due by itself
  milliseconds pause = first_pause;
  std::optional<Error> fault;
};

}  // namespace

class Teller::Impl {
 public:
  Impl(CommandHandler& handler, EventStore& store, KeyStore& keys, Clock clock, TellerOptions options)
      : handler_(handler), store_(store), keys_(keys), clock_(std::move(clock)), options_(options) {}
  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

  void start() {
    thread_ = std::thread([this] { run(); });
  }

  void notify(const LedgerInfo& ledger, std::uint64_t size) {
    {
      const std::lock_guard lock(mutex_);
      Slot& slot = find_or_make(ledger);
      if (slot.finished || slot.position >= size) return;
      slot.due = true;
    }
    wake_.notify_one();
  }

  std::vector<Fault> faults() const {
    const std::lock_guard lock(mutex_);
    std::vector<Fault> out;
    for (const auto& [uuid, slot] : slots_)
      if (slot->fault) out.push_back({uuid, *slot->fault});
    return out;
  }

 private:
  Slot& find_or_make(const LedgerInfo& ledger) {
    auto& slot = slots_[ledger.uuid];
    if (!slot) slot = std::make_unique<Slot>(handler_, store_, keys_, ledger);
    return *slot;
  }

  void poll() {
    const auto sizes = store_.sizes();
    if (!sizes) return;
    const std::lock_guard lock(mutex_);
    for (const auto& [info, size] : *sizes) {
      if (size == 0) continue;
      Slot& slot = find_or_make(info);
      if (!slot.finished && slot.position < size) slot.due = true;
    }
  }

  Slot* next_due(SteadyClock::time_point now) {
    for (const auto& [uuid, slot] : slots_) {
      if (slot->wake_at && *slot->wake_at <= now) {
        slot->wake_at.reset();
        slot->due = true;
      }
      if (slot->due && slot->not_before <= now) return slot.get();
    }
    return nullptr;
  }

  SteadyClock::time_point next_wake(SteadyClock::time_point at) const {
    for (const auto& [uuid, slot] : slots_) {
      if (slot->due) at = std::min(at, slot->not_before);
      if (slot->wake_at) at = std::min(at, *slot->wake_at);
    }
    return at;
  }

  void run() {
    auto poll_at = SteadyClock::now();
    std::unique_lock lock(mutex_);
    while (!stopping_) {
      if (SteadyClock::now() >= poll_at) {
        lock.unlock();
        poll();
        lock.lock();
        poll_at = SteadyClock::now() + options_.poll;
      }
      Slot* slot = next_due(SteadyClock::now());
      if (!slot) {
        wake_.wait_until(lock, next_wake(poll_at));
        continue;
      }
      slot->due = false;
      lock.unlock();
      const Timestamp now = clock_();
      const auto next = slot->teller.step(now);
      lock.lock();
      slot->position = slot->teller.position();
      slot->finished = slot->teller.finished();
      if (next) {
        plan(*slot, *next, now);
      } else {
        plan_again(*slot, next.error());
      }
    }
  }

  void plan(Slot& slot, const std::optional<Timestamp>& next, Timestamp now) {
    slot.pause = first_pause;
    slot.fault.reset();
    if (next) slot.wake_at = SteadyClock::now() + milliseconds(std::max<std::int64_t>(0, next->ms - now.ms));
  }

  void plan_again(Slot& slot, const Error& error) {
    slot.due = true;
    if (overtaken(error)) {
      slot.not_before = SteadyClock::now() + slot.pause;
      slot.pause = std::min(slot.pause * 2, longest_pause);
      return;
    }
    slot.not_before = SteadyClock::now() + fault_pause;
    if (error.code == ErrorCode::unavailable || error.code == ErrorCode::overloaded) return;
    if (!slot.fault || slot.fault->detail != error.detail)
      spdlog::error("teller: election {}: {}", slot.info.uuid.value, error.detail);
    slot.fault = error;
  }

  CommandHandler& handler_;
  EventStore& store_;
  KeyStore& keys_;
  const Clock clock_;
  const TellerOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::map<ElectionUuid, std::unique_ptr<Slot>> slots_;
  std::thread thread_;
};

Teller::Teller(CommandHandler& handler, EventStore& store, KeyStore& keys, Clock clock, TellerOptions options)
    : impl_(std::make_unique<Impl>(handler, store, keys, std::move(clock), options)) {}
Teller::~Teller() = default;
void Teller::start() { impl_->start(); }
void Teller::notify(const LedgerInfo& ledger, std::uint64_t size) { impl_->notify(ledger, size); }
std::vector<Teller::Fault> Teller::faults() const { return impl_->faults(); }

}  // namespace suara::ledger
