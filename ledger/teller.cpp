#include "ledger/teller.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "ledger/election_teller.hpp"
#include "ledger/ledger_watcher.hpp"

namespace suara::ledger {
namespace {

using std::chrono::milliseconds;

// After a refusal: at once, because another process came in between; then ever later, so that what cannot succeed does
// not keep the cores from the voters.
constexpr milliseconds first_pause{2};
constexpr milliseconds longest_pause{500};
// After anything else: a lost database, a missing key.
constexpr milliseconds fault_pause{500};

bool overtaken(const Error& error) { return error.code == ErrorCode::conflict || error.code == ErrorCode::wrong_phase; }

struct Counted {
  Counted(CommandHandler& handler, EventStore& store, KeyStore& keys, const LedgerInfo& ledger)
      : teller(handler, store, keys, ledger) {}

  ElectionTeller teller;  // the thread's alone
  milliseconds pause = first_pause;
  std::optional<Error> fault;  // under the mutex
};

}  // namespace

class Teller::Impl {
 public:
  Impl(CommandHandler& handler, EventStore& store, KeyStore& keys, Clock clock, TellerOptions options)
      : handler_(handler),
        store_(store),
        keys_(keys),
        clock_(std::move(clock)),
        watcher_(store, {options.poll, options.min_interval},
                 [this](const LedgerInfo& ledger, std::uint64_t) { return work(ledger); }) {}

  void start() { watcher_.start(); }
  void notify(const LedgerInfo& ledger, std::uint64_t size) { watcher_.notify(ledger, size); }

  std::vector<Fault> faults() const {
    const std::lock_guard lock(mutex_);
    std::vector<Fault> out;
    for (const auto& [uuid, slot] : slots_)
      if (slot->fault) out.push_back({uuid, *slot->fault});
    return out;
  }

 private:
  Counted& find_or_make(const LedgerInfo& ledger) {
    const std::lock_guard lock(mutex_);
    auto& slot = slots_[ledger.uuid];
    if (!slot) slot = std::make_unique<Counted>(handler_, store_, keys_, ledger);
    return *slot;
  }

  LedgerWatcher::Outcome work(const LedgerInfo& ledger) {
    Counted& slot = find_or_make(ledger);
    const Timestamp now = clock_();
    const auto next = slot.teller.step(now);
    LedgerWatcher::Outcome outcome{slot.teller.position(), slot.teller.finished()};
    if (!next) {
      outcome.retry_after = pause_after(slot, ledger, next.error());
    } else {
      slot.pause = first_pause;
      if (*next) outcome.wake_after = milliseconds(std::max<std::int64_t>(0, (*next)->ms - now.ms));
      const std::lock_guard lock(mutex_);
      slot.fault.reset();
    }
    return outcome;
  }

  milliseconds pause_after(Counted& slot, const LedgerInfo& ledger, const Error& error) {
    if (overtaken(error)) {
      const auto pause = slot.pause;
      slot.pause = std::min(slot.pause * 2, longest_pause);
      return pause;
    }
    if (error.code != ErrorCode::unavailable && error.code != ErrorCode::overloaded) {
      const std::lock_guard lock(mutex_);
      if (!slot.fault || slot.fault->detail != error.detail)
        spdlog::error("teller: election {}: {}", ledger.uuid.value, error.detail);
      slot.fault = error;
    }
    return fault_pause;
  }

  CommandHandler& handler_;
  EventStore& store_;
  KeyStore& keys_;
  const Clock clock_;
  mutable std::mutex mutex_;
  std::map<ElectionUuid, std::unique_ptr<Counted>> slots_;
  LedgerWatcher watcher_;  // last, so that its thread ends first
};

Teller::Teller(CommandHandler& handler, EventStore& store, KeyStore& keys, Clock clock, TellerOptions options)
    : impl_(std::make_unique<Impl>(handler, store, keys, std::move(clock), options)) {}
Teller::~Teller() = default;
void Teller::start() { impl_->start(); }
void Teller::notify(const LedgerInfo& ledger, std::uint64_t size) { impl_->notify(ledger, size); }
std::vector<Teller::Fault> Teller::faults() const { return impl_->faults(); }

}  // namespace suara::ledger
