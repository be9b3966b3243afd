#include "ledger/memory_store.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>

namespace suara::ledger {
namespace {

constexpr auto lock_wait = std::chrono::seconds(3);

tl::unexpected<Error> down() { return fail(ErrorCode::unavailable, "The store is down."); }

std::vector<EntryRow> slice(const std::vector<EntryRow>& entries, Seq from, std::size_t max_entries,
                            std::size_t max_bytes) {
  std::vector<EntryRow> out;
  std::size_t bytes = 0;
  for (std::uint64_t i = from.value; i < entries.size() && out.size() < max_entries; ++i) {
    bytes += entries[i].bytes.size();
    if (!out.empty() && bytes > max_bytes) break;
    out.push_back(entries[i]);
  }
  return out;
}

}  // namespace

class MemoryStore::Append : public AppendTransaction {
 public:
  Append(MemoryStore& store, Ledger& ledger) : store_(store), ledger_(ledger), head_(ledger.head) {}
  ~Append() override {
    {
      const std::lock_guard lock(store_.mutex_);
      ledger_.locked = false;
    }
    store_.unlocked_.notify_all();
  }

  const Head& head() const override { return head_; }

  Result<std::vector<EntryRow>> read(Seq from, std::size_t max_entries, std::size_t max_bytes) override {
    const std::lock_guard lock(store_.mutex_);
    if (store_.down_) return down();
    return slice(ledger_.entries, from, max_entries, max_bytes);
  }

  Result<void> append(std::span<const EntryRow> rows, const Head& next) override {
    const std::lock_guard lock(store_.mutex_);
    if (store_.down_) return down();
    if (store_.failing_appends_ > 0) {
      --store_.failing_appends_;
      return down();
    }
    std::uint64_t expected = next_ ? next_->size : head_.size;
    for (const EntryRow& row : rows)
      if (row.seq.value != expected++) throw std::logic_error("appended entries do not continue the head");
    if (next.size != expected) throw std::logic_error("the new head does not count the appended entries");
    rows_.insert(rows_.end(), rows.begin(), rows.end());
    next_ = next;
    return {};
  }

  Result<void> commit() override {
    const std::lock_guard lock(store_.mutex_);
    if (store_.down_) return down();
    const bool failing = store_.failing_commits_ > 0;
    if (failing) --store_.failing_commits_;
    if ((!failing || store_.failing_commits_store_) && next_) {
      ledger_.entries.insert(ledger_.entries.end(), rows_.begin(), rows_.end());
      ledger_.head = *next_;
      ++store_.commits_;
    }
    if (failing) return down();
    return {};
  }

 private:
  MemoryStore& store_;
  Ledger& ledger_;
  Head head_;
  std::vector<EntryRow> rows_;
  std::optional<Head> next_;
};

Result<MemoryStore::Ledger*> MemoryStore::find(LedgerId ledger) {
  if (down_) return down();
  if (ledger.value == 0 || ledger.value > ledgers_.size())
    return fail(ErrorCode::not_found, "There is no such ledger in the store.");
  return ledgers_[ledger.value - 1].get();
}

Result<LedgerInfo> MemoryStore::create_ledger(const ElectionUuid& uuid, const Origin& origin) {
  const std::lock_guard lock(mutex_);
  if (down_) return down();
  for (const auto& ledger : ledgers_)
    if (ledger->info.uuid == uuid) return fail(ErrorCode::conflict, "This election has a ledger already.");
  auto ledger = std::make_unique<Ledger>();
  ledger->info = {LedgerId{static_cast<std::uint32_t>(ledgers_.size() + 1)}, uuid, origin};
  ledgers_.push_back(std::move(ledger));
  return ledgers_.back()->info;
}

Result<std::vector<LedgerInfo>> MemoryStore::ledgers() {
  const std::lock_guard lock(mutex_);
  if (down_) return down();
  std::vector<LedgerInfo> out;
  for (const auto& ledger : ledgers_) out.push_back(ledger->info);
  return out;
}

Result<std::vector<LedgerSize>> MemoryStore::sizes() {
  const std::lock_guard lock(mutex_);
  if (down_) return down();
  std::vector<LedgerSize> out;
  for (const auto& ledger : ledgers_) out.push_back({ledger->info, ledger->head.size});
  return out;
}

Result<Head> MemoryStore::head(LedgerId id) {
  const std::lock_guard lock(mutex_);
  return find(id).map([](Ledger* ledger) { return ledger->head; });
}

Result<std::vector<EntryRow>> MemoryStore::read(LedgerId id, Seq from, std::size_t max_entries, std::size_t max_bytes) {
  const std::lock_guard lock(mutex_);
  return find(id).map([&](Ledger* ledger) { return slice(ledger->entries, from, max_entries, max_bytes); });
}

Result<std::unique_ptr<AppendTransaction>> MemoryStore::begin_append(LedgerId id) {
  std::unique_lock lock(mutex_);
  auto ledger = find(id);
  if (!ledger) return fail(std::move(ledger).error());
  if (!unlocked_.wait_for(lock, lock_wait, [&] { return !(*ledger)->locked; }))
    return fail(ErrorCode::unavailable, "Another process holds the head of this ledger; try again.");
  if (down_) return down();
  (*ledger)->locked = true;
  return std::make_unique<Append>(*this, **ledger);
}

Result<void> MemoryStore::save_checkpoint(LedgerId id, std::uint64_t size, const std::string& note) {
  const std::lock_guard lock(mutex_);
  return find(id).map([&](Ledger* ledger) { ledger->checkpoints.emplace(size, note); });
}

Result<std::optional<std::string>> MemoryStore::latest_checkpoint(LedgerId id) {
  const std::lock_guard lock(mutex_);
  return find(id).map([](Ledger* ledger) {
    return ledger->checkpoints.empty() ? std::nullopt : std::optional(ledger->checkpoints.rbegin()->second);
  });
}

void MemoryStore::fail_next_commits(unsigned count, bool stored) {
  const std::lock_guard lock(mutex_);
  failing_commits_ = count;
  failing_commits_store_ = stored;
}

void MemoryStore::fail_next_appends(unsigned count) {
  const std::lock_guard lock(mutex_);
  failing_appends_ = count;
}

void MemoryStore::set_down(bool now_down) {
  const std::lock_guard lock(mutex_);
  down_ = now_down;
}

void MemoryStore::tamper(LedgerId id, const std::function<void(std::vector<EntryRow>&, Head&)>& change) {
  const std::lock_guard lock(mutex_);
  Ledger* ledger = find(id).value();
  change(ledger->entries, ledger->head);
}

std::uint64_t MemoryStore::commits() const {
  const std::lock_guard lock(mutex_);
  return commits_;
}

Result<void> MemoryShares::add_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) {
  const std::lock_guard lock(mutex_);
  std::uint32_t recipient = 0;
  for (const Bytes& share : sealed) {
    auto& there = shares_[ledger][{sender, ++recipient}];
    if (std::find(there.begin(), there.end(), share) == there.end()) there.push_back(share);
  }
  return {};
}

Result<void> MemoryShares::keep_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) {
  const std::lock_guard lock(mutex_);
  std::uint32_t recipient = 0;
  for (const Bytes& share : sealed)
    std::erase_if(shares_[ledger][{sender, ++recipient}], [&](const Bytes& each) { return each != share; });
  return {};
}

Result<std::vector<SealedShare>> MemoryShares::shares_for(LedgerId ledger, std::uint32_t recipient) {
  const std::lock_guard lock(mutex_);
  std::vector<SealedShare> out;
  for (const auto& [way, shares] : shares_[ledger])
    if (way.second == recipient)
      for (const Bytes& share : shares) out.push_back({way.first, share});
  return out;
}

Result<void> MemoryShares::remove_shares(LedgerId ledger) {
  const std::lock_guard lock(mutex_);
  shares_.erase(ledger);
  return {};
}

}  // namespace suara::ledger
