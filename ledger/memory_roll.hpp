#pragma once
#include <map>
#include <mutex>

#include "ledger/roll_store.hpp"

namespace suara::ledger {

// The roll in memory, for tests, with faults on demand.
class MemoryRoll : public RollStore {
 public:
  Result<void> add_voters(LedgerId ledger, const std::vector<VoterRow>& rows) override;
  Result<void> remove_voters(LedgerId ledger, const std::vector<VoterRow>& rows) override;
  Result<RollPage> page(LedgerId ledger, const RollQuery& query) override;
  Result<std::optional<VoterRow>> find(LedgerId ledger, const VoterId& id) override;
  Result<std::vector<ClassCount>> classes(LedgerId ledger) override;
  Result<void> note_change(LedgerId ledger, const VoterChange& change) override;
  Result<std::vector<VoterChange>> changes(LedgerId ledger) override;
  Result<void> apply_change(LedgerId ledger, const VoterChange& change) override;
  Result<void> drop_change(LedgerId ledger, const VoterChange& change) override;

  void fail_next_applies(unsigned count);  // unavailable, and nothing is done

 private:
  struct Roll {
    std::map<VoterId, VoterRow> voters;
    std::map<std::pair<Hash, bool>, VoterChange> changes;
  };
  std::mutex mutex_;
  std::map<LedgerId, Roll> rolls_;
  unsigned failing_applies_ = 0;
};

}  // namespace suara::ledger
