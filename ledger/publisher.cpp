#include "ledger/publisher.hpp"

#include <spdlog/spdlog.h>

#include <map>
#include <mutex>

#include "ledger/ledger_watcher.hpp"
#include "ledger/publication.hpp"

namespace suara::ledger {
namespace {

// After an error that may pass; long enough not to hammer a lost database.
constexpr auto retry_pause = std::chrono::milliseconds(500);

// One ledger. `publishing` is held for a whole publication, the publisher's own mutex only for moments.
struct Slot {
  Slot(EventStore& store, KeyStore& keys, const LedgerInfo& ledger, std::filesystem::path folder)
      : info(ledger), publication(store, keys, ledger, std::move(folder)) {}

  const LedgerInfo info;
  std::mutex publishing;
  Publication publication;  // under `publishing`

  // Under the publisher's mutex.
  std::optional<log::Checkpoint> checkpoint;
  std::optional<Publisher::Fault> fault;
  bool stopped = false;  // for good
};

}  // namespace

class Publisher::Impl {
 public:
  Impl(EventStore& store, KeyStore& keys, PublisherOptions options)
      : store_(store),
        keys_(keys),
        options_(std::move(options)),
        watcher_(store, {options_.poll, options_.min_interval},
                 [this](const LedgerInfo& ledger, std::uint64_t) { return work(ledger); }) {}

  void start() { watcher_.start(); }
  void notify(const LedgerInfo& ledger, std::uint64_t size) { watcher_.notify(ledger, size); }

  Result<log::Checkpoint> publish(const LedgerInfo& ledger) { return publish(find_or_make(ledger)); }

  std::optional<log::Checkpoint> checkpoint(const ElectionUuid& uuid) const {
    const std::lock_guard lock(mutex_);
    const auto slot = slots_.find(uuid);
    return slot == slots_.end() ? std::nullopt : slot->second->checkpoint;
  }

  std::vector<Fault> faults() const {
    const std::lock_guard lock(mutex_);
    std::vector<Fault> out;
    for (const auto& [uuid, slot] : slots_)
      if (slot->fault) out.push_back(*slot->fault);
    return out;
  }

  const PublisherOptions& options() const { return options_; }
  std::vector<Listener> listeners;

 private:
  Slot& find_or_make(const LedgerInfo& ledger) {
    const std::lock_guard lock(mutex_);
    auto& slot = slots_[ledger.uuid];
    if (!slot) slot = std::make_unique<Slot>(store_, keys_, ledger, options_.log_dir / ledger.uuid.value);
    return *slot;
  }

  LedgerWatcher::Outcome work(const LedgerInfo& ledger) {
    Slot& slot = find_or_make(ledger);
    const auto published = publish(slot);
    LedgerWatcher::Outcome outcome;
    if (!published) outcome.retry_after = retry_pause;
    const std::lock_guard lock(mutex_);
    outcome.position = slot.checkpoint ? slot.checkpoint->size : 0;
    outcome.finished = slot.stopped;
    return outcome;
  }

  Result<log::Checkpoint> publish(Slot& slot) {
    const std::lock_guard publishing(slot.publishing);
    auto published = slot.publication.publish();
    bool grown = false;
    {
      const std::lock_guard lock(mutex_);
      grown = published && (!slot.checkpoint || slot.checkpoint->size < published->size);
      if (published) slot.checkpoint = *published;
      note_fault(slot, published);
    }
    if (grown)
      for (const auto& listener : listeners) listener(slot.info.uuid, *published);
    return published;
  }

  // Says each new fault once in the log. A lost database is everybody's trouble and is logged where it is noticed; an
  // empty ledger is none.
  void note_fault(Slot& slot, const Result<log::Checkpoint>& published) {
    slot.stopped = slot.publication.stopped().has_value();
    if (published) {
      slot.fault.reset();
      return;
    }
    const Error& error = published.error();
    if (error.code == ErrorCode::unavailable || error.code == ErrorCode::not_found) return;
    const bool known = slot.fault && slot.fault->error.detail == error.detail;
    slot.fault = Fault{slot.info.uuid, slot.publication.stopped_at(), error};
    if (!known)
      spdlog::error("publisher: nothing more is published of ledger {}: {}", slot.info.uuid.value, error.detail);
  }

  EventStore& store_;
  KeyStore& keys_;
  const PublisherOptions options_;
  mutable std::mutex mutex_;
  std::map<ElectionUuid, std::unique_ptr<Slot>> slots_;
  LedgerWatcher watcher_;  // last, so that its thread ends first
};

Publisher::Publisher(EventStore& store, KeyStore& keys, PublisherOptions options)
    : impl_(std::make_unique<Impl>(store, keys, std::move(options))) {}
Publisher::~Publisher() = default;
void Publisher::add_listener(Listener listener) { impl_->listeners.push_back(std::move(listener)); }
void Publisher::start() { impl_->start(); }
void Publisher::notify(const LedgerInfo& ledger, std::uint64_t size) { impl_->notify(ledger, size); }
Result<log::Checkpoint> Publisher::publish(const LedgerInfo& ledger) { return impl_->publish(ledger); }
std::optional<log::Checkpoint> Publisher::checkpoint(const ElectionUuid& uuid) const { return impl_->checkpoint(uuid); }
std::vector<Publisher::Fault> Publisher::faults() const { return impl_->faults(); }

std::filesystem::path Publisher::folder(const ElectionUuid& uuid) const {
  return impl_->options().log_dir / uuid.value;
}

}  // namespace suara::ledger
