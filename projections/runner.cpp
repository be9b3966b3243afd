#include "projections/runner.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "ledger/ledger_watcher.hpp"
#include "projections/activity/rows.hpp"
#include "projections/advance.hpp"
#include "projections/bulletin_board/rows.hpp"
#include "projections/live_tally/rows.hpp"
#include "projections/turnout/rows.hpp"

namespace suara::projections {
namespace {

// One projection of one ledger. `advance`, `rebuild_to` and `skipped` are the running thread's alone.
struct Entry {
  explicit Entry(Advance of) : advance(std::move(of)) {}

  Advance advance;
  std::uint64_t rebuild_to = 0;  // told about until this position; 0: not rebuilding
  bool skipped = false;          // for the rest of this pass

  // Under the runner's mutex.
  std::uint64_t position = 0;
  std::optional<std::string> stopped;
};

struct Slot {
  ledger::LedgerInfo info;
  std::vector<std::unique_ptr<Entry>> entries;
  std::uint64_t size = 0;  // under the runner's mutex
};

}  // namespace

class Runner::Impl {
 public:
  Impl(ledger::EventStore& store, ledger::mariadb::Pool& pool, RunnerOptions options)
      : store_(store),
        pool_(pool),
        options_(options),
        watcher_(store, {options.poll, options.min_interval},
                 [this](const ledger::LedgerInfo& ledger, std::uint64_t size) { return work(ledger, size); }) {}

  void start() { watcher_.start(); }

  void notify(const ledger::LedgerInfo& ledger, std::uint64_t size) {
    find_or_make(ledger, size);
    watcher_.notify(ledger, size);
  }

  Result<void> run_once() {
    const auto sizes = store_.sizes();
    if (!sizes) return fail(sizes.error());
    for (const auto& [info, size] : *sizes)
      if (auto ok = advance_ledger(find_or_make(info, size), size); !ok) return ok;
    return {};
  }

  std::vector<Status> status(const ElectionUuid& uuid) const {
    const std::lock_guard lock(mutex_);
    std::vector<Status> out;
    const auto slot = slots_.find(uuid);
    if (slot == slots_.end()) return out;
    const std::uint64_t size = slot->second->size;
    for (const auto& entry : slot->second->entries)
      out.push_back({std::string(entry->advance.projection().name()), entry->position,
                     size > entry->position ? size - entry->position : 0, entry->stopped});
    return out;
  }

  std::vector<std::unique_ptr<Projection>> projections;
  std::vector<Advanced> advanced;
  std::vector<Rebuilding> rebuilding;

 private:
  Slot& find_or_make(const ledger::LedgerInfo& ledger, std::uint64_t size) {
    const std::lock_guard lock(mutex_);
    auto& slot = slots_[ledger.uuid];
    if (!slot) {
      slot = std::make_unique<Slot>();
      slot->info = ledger;
      for (const auto& projection : projections)
        slot->entries.push_back(std::make_unique<Entry>(Advance(*projection, pool_, ledger.id)));
    }
    slot->size = std::max(slot->size, size);
    return *slot;
  }

  ledger::LedgerWatcher::Outcome work(const ledger::LedgerInfo& ledger, std::uint64_t size) {
    Slot& slot = find_or_make(ledger, size);
    const auto advanced_all = advance_ledger(slot, size);
    ledger::LedgerWatcher::Outcome outcome{size};
    for (const auto& entry : slot.entries) outcome.position = std::min(outcome.position, entry->advance.position());
    if (!advanced_all || outcome.position < size) outcome.retry_after = options_.poll;
    return outcome;
  }

  // Until all projections hold `size` entries, those furthest behind first, so that one batch of decoded entries
  // serves all that stand together.
  Result<void> advance_ledger(Slot& slot, std::uint64_t size) {
    Result<void> result;
    for (const auto& entry : slot.entries) entry->skipped = false;
    while (!watcher_.stopping()) {
      std::optional<std::uint64_t> from;
      for (const auto& entry : slot.entries) {
        if (entry->skipped) continue;
        if (auto ok = load(slot, *entry, size); !ok) {
          result = give_up(slot, *entry, ok.error());
        } else if (entry->advance.position() < size) {
          from = std::min(from.value_or(UINT64_MAX), entry->advance.position());
        }
      }
      if (!from) break;
      const auto batch = read_batch(store_, slot.info.id, *from, size, options_.batch_entries, options_.batch_bytes);
      if (!batch) return fail(batch.error());
      for (const auto& entry : slot.entries) {
        if (entry->skipped || entry->advance.position() != *from) continue;
        if (auto ok = apply(slot, *entry, *batch); !ok) result = give_up(slot, *entry, ok.error());
      }
    }
    return result;
  }

  Result<void> load(Slot& slot, Entry& entry, std::uint64_t size) {
    if (entry.advance.loaded()) return {};
    const auto cleared = entry.advance.load();
    if (!cleared) return fail(cleared.error());
    if (*cleared && size > 0) {
      entry.rebuild_to = size;
      spdlog::info("projections: building {} of {} again from {} entries", entry.advance.projection().name(),
                   slot.info.uuid.value, size);
      tell_rebuilding(slot, entry);
    }
    const std::lock_guard lock(mutex_);
    entry.position = entry.advance.position();
    return {};
  }

  Result<void> apply(Slot& slot, Entry& entry, const Batch& batch) {
    if (!batch.facts.empty()) {
      if (auto ok = entry.advance.apply(batch.facts); !ok) return ok;
      const std::uint64_t position = entry.advance.position();
      {
        const std::lock_guard lock(mutex_);
        entry.position = position;
        entry.stopped.reset();
      }
      for (const auto& listener : advanced) listener(slot.info.uuid, entry.advance.projection().name(), position);
      if (entry.rebuild_to > 0) tell_rebuilding(slot, entry);
    }
    if (batch.stopped) {
      stop(slot, entry, *batch.stopped);
      entry.skipped = true;
    }
    return {};
  }

  void tell_rebuilding(const Slot& slot, Entry& entry) {
    const RebuildProgress progress{slot.info.uuid, std::string(entry.advance.projection().name()),
                                   std::min(entry.advance.position(), entry.rebuild_to), entry.rebuild_to};
    for (const auto& listener : rebuilding) listener(progress);
    if (progress.done == progress.total) entry.rebuild_to = 0;
  }

  void stop(const Slot& slot, Entry& entry, const std::string& reason) {
    const std::lock_guard lock(mutex_);
    if (entry.stopped != reason)
      spdlog::error("projections: {} of {} stops at {} entries: {}", entry.advance.projection().name(),
                    slot.info.uuid.value, entry.position, reason);
    entry.stopped = reason;
  }

  // A lost database passes and is no reason to show; anything else is.
  tl::unexpected<Error> give_up(const Slot& slot, Entry& entry, const Error& error) {
    entry.skipped = true;
    if (error.code != ErrorCode::unavailable) stop(slot, entry, error.detail);
    return fail(error);
  }

  ledger::EventStore& store_;
  ledger::mariadb::Pool& pool_;
  const RunnerOptions options_;
  mutable std::mutex mutex_;
  std::map<ElectionUuid, std::unique_ptr<Slot>> slots_;
  ledger::LedgerWatcher watcher_;  // last, so that its thread ends first
};

Runner::Runner(ledger::EventStore& store, ledger::mariadb::Pool& pool, RunnerOptions options)
    : impl_(std::make_unique<Impl>(store, pool, options)) {}
Runner::~Runner() = default;
void Runner::add(std::unique_ptr<Projection> projection) { impl_->projections.push_back(std::move(projection)); }
void Runner::on_advanced(Advanced listener) { impl_->advanced.push_back(std::move(listener)); }
void Runner::on_rebuilding(Rebuilding listener) { impl_->rebuilding.push_back(std::move(listener)); }
void Runner::start() { impl_->start(); }
void Runner::notify(const ledger::LedgerInfo& ledger, std::uint64_t size) { impl_->notify(ledger, size); }
Result<void> Runner::run_once() { return impl_->run_once(); }
std::vector<Status> Runner::status(const ElectionUuid& uuid) const { return impl_->status(uuid); }

void add_all(Runner& runner) {
  runner.add(activity::make_projection());
  runner.add(bulletin_board::make_projection());
  runner.add(live_tally::make_projection());
  runner.add(turnout::make_projection());
}

}  // namespace suara::projections
