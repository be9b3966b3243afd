#pragma once
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "ledger/event_store.hpp"
#include "ledger/share_store.hpp"

namespace suara::ledger {

// Ledgers in memory, for tests and tools: the same promises as the database but for durability, and faults on demand.
class MemoryStore : public EventStore {
 public:
  Result<LedgerInfo> create_ledger(const ElectionUuid& uuid, const Origin& origin) override;
  Result<std::vector<LedgerInfo>> ledgers() override;
  Result<std::vector<LedgerSize>> sizes() override;
  Result<Head> head(LedgerId ledger) override;
  Result<std::vector<EntryRow>> read(LedgerId ledger, Seq from, std::size_t max_entries,
                                     std::size_t max_bytes) override;
  Result<std::unique_ptr<AppendTransaction>> begin_append(LedgerId ledger) override;
  Result<void> save_checkpoint(LedgerId ledger, std::uint64_t size, const std::string& note) override;
  Result<std::optional<std::string>> latest_checkpoint(LedgerId ledger) override;

  // Faults. `stored`: the commit fails after it took effect, as when the answer is lost on the way.
  void fail_next_commits(unsigned count, bool stored);
  void fail_next_appends(unsigned count);
  void set_down(bool down);  // every call is `unavailable`
  // Changes what is stored, behind everybody's back.
  void tamper(LedgerId ledger, const std::function<void(std::vector<EntryRow>&, Head&)>& change);
  std::uint64_t commits() const;  // that took effect

 private:
  class Append;
  struct Ledger {
    LedgerInfo info;
    Head head;
    std::vector<EntryRow> entries;
    std::map<std::uint64_t, std::string> checkpoints;
    bool locked = false;
  };
  Result<Ledger*> find(LedgerId ledger);  // under mutex_

  mutable std::mutex mutex_;
  std::condition_variable unlocked_;
  std::vector<std::unique_ptr<Ledger>> ledgers_;  // id is the position + 1
  bool down_ = false;
  unsigned failing_commits_ = 0;
  bool failing_commits_store_ = false;
  unsigned failing_appends_ = 0;
  std::uint64_t commits_ = 0;
};

// Sealed shares in memory, for tests.
class MemoryShares : public ShareStore {
 public:
  Result<void> add_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) override;
  Result<void> keep_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) override;
  Result<std::vector<SealedShare>> shares_for(LedgerId ledger, std::uint32_t recipient) override;
  Result<void> remove_shares(LedgerId ledger) override;

 private:
  std::mutex mutex_;
  using Way = std::pair<std::uint32_t, std::uint32_t>;  // sender, recipient
  std::map<LedgerId, std::map<Way, std::vector<Bytes>>> shares_;
};

}  // namespace suara::ledger
