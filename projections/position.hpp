#pragma once
#include <optional>

#include "projections/projection.hpp"

namespace suara::projections {

// A row of `projection_positions`. Version 0: the rows are being thrown away.
struct Position {
  std::uint32_t version = 0;
  std::uint64_t next_seq = 0;  // entries folded
};

// Locks the row until the transaction ends, so that one process at a time writes a projection of a ledger; makes it
// where it is missing, with `version` and nothing folded. The transaction's first statement.
Result<Position> lock_position(ledger::mariadb::Connection& connection, const Projection& projection, LedgerId ledger);

Result<void> save_position(ledger::mariadb::Connection& connection, const Projection& projection, LedgerId ledger,
                           const Position& position);

// Throws the rows of another version away, in steps that each stay short, and sets the position to zero. Safe where it
// is broken off or done by several processes.
Result<void> clear_rows(ledger::mariadb::Connection& connection, const Projection& projection, LedgerId ledger);

}  // namespace suara::projections
