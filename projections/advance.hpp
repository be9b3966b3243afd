#pragma once
#include <memory>
#include <optional>
#include <string>

#include "projections/batch.hpp"
#include "projections/projection.hpp"

namespace suara::projections {

// One projection of one ledger, on one thread.
class Advance {
 public:
  Advance(const Projection& projection, ledger::mariadb::Pool& pool, LedgerId ledger)
      : projection_(projection), pool_(pool), ledger_(ledger) {}

  // Reads what the rows say, where that is not in memory; throws rows of another version away first.
  // True where that was so: everything is folded anew. Errors: unavailable, internal, integrity.
  Result<bool> load();
  bool loaded() const { return fold_ != nullptr; }
  std::uint64_t position() const { return position_; }
  const Projection& projection() const { return projection_; }

  // Folds facts that begin at position(), and writes changes and position in one transaction. After an error the fold
  // is no longer loaded. What other processes wrote meanwhile is not written again.
  Result<void> apply(const std::vector<Fact>& facts);

 private:
  Result<void> fold_and_write(const std::vector<Fact>& facts);

  const Projection& projection_;
  ledger::mariadb::Pool& pool_;
  const LedgerId ledger_;
  std::unique_ptr<LedgerFold> fold_;
  std::uint64_t position_ = 0;
};

}  // namespace suara::projections
