#pragma once
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "projections/fact.hpp"

namespace suara::ledger::mariadb {
class Connection;
class Pool;
}  // namespace suara::ledger::mariadb

namespace suara::projections {

// The fold of one ledger: what it must remember between entries, and the changes that it has not written yet.
class LedgerFold {
 public:
  virtual ~LedgerFold() = default;
  virtual void fold(const Fact& fact) = 0;
  // Writes the collected changes and forgets them. Runs inside the runner's transaction.
  virtual Result<void> write(ledger::mariadb::Connection& connection, LedgerId ledger) = 0;
  // Forgets the collected changes: another process has written the same.
  virtual void discard() = 0;
};

// One read model. `tables` are its own, each with a column `ledger_id`; nobody else writes them.
class Projection {
 public:
  virtual ~Projection() = default;
  virtual std::string_view name() const = 0;
  virtual std::uint32_t version() const = 0;  // from 1; another number than the stored one rebuilds the rows
  virtual std::vector<std::string_view> tables() const = 0;
  // A fold that remembers what the rows say.
  virtual Result<std::unique_ptr<LedgerFold>> load(ledger::mariadb::Connection& connection, LedgerId ledger) const = 0;
};

}  // namespace suara::projections
