#pragma once
#include <functional>

#include "ledger/mariadb/pool.hpp"
#include "ledger/roll_store.hpp"

namespace suara::ledger::mariadb {

// The roll in MariaDB (schema/sql/022, 024, 040, 041, 043 to 045).
class MariaRoll : public RollStore {
 public:
  explicit MariaRoll(const Config& config, std::size_t connections = 4);

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

 private:
  // What leaves rows out that no entry may enrol, as a part of a WHERE; empty where there are none, lest it cost time.
  Result<std::string> only_settled(LedgerId ledger);
  Result<Rows> query(std::string_view sql, Values values);
  // What `work` does on one connection: all of it or nothing.
  Result<void> together(const std::function<Result<void>(Connection&)>& work);
  Pool pool_;
};

}  // namespace suara::ledger::mariadb
