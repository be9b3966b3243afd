#pragma once
#include <map>
#include <mutex>

#include "ledger/roll_store.hpp"

namespace suara::ledger {

// The roll in memory, for tests, with faults on demand.
class MemoryRoll : public RollStore {
 public:
  Result<RollImport> add_voters(LedgerId ledger, const std::vector<VoterRow>& rows, Seq from,
                                const Clock& clock) override;
  Result<std::vector<RollImport>> imports(LedgerId ledger) override;
  Result<void> keep_import(LedgerId ledger, const RollImport& import) override;
  Result<void> drop_import(LedgerId ledger, const RollImport& import) override;
  Result<RollPage> page(LedgerId ledger, const RollQuery& query) override;
  Result<std::optional<VoterRow>> find(LedgerId ledger, const VoterId& id) override;
  Result<std::vector<ClassCount>> classes(LedgerId ledger) override;
  Result<void> note_change(LedgerId ledger, const VoterChange& change) override;
  Result<std::vector<VoterChange>> changes(LedgerId ledger) override;
  Result<void> apply_change(LedgerId ledger, const VoterChange& change) override;
  Result<void> drop_change(LedgerId ledger, const VoterChange& change) override;
  Result<std::uint64_t> erase(LedgerId ledger, const std::optional<VoterId>& id, const Erasure& erasure) override;

  void fail_next_applies(unsigned count);  // unavailable, and nothing is done

 private:
  struct Roll {
    bool shows(const VoterId& id) const;
    std::map<VoterId, VoterRow> voters;
    std::map<VoterId, Hash> imported_with;  // the first of their import
    std::map<Hash, RollImport> imports;
    std::map<std::pair<Hash, bool>, VoterChange> changes;
  };
  std::mutex mutex_;
  std::map<LedgerId, Roll> rolls_;
  unsigned failing_applies_ = 0;
};

}  // namespace suara::ledger
