#include "projections/position.hpp"

#include <string>

#include "ledger/mariadb/connection.hpp"

namespace suara::projections {
namespace {

using ledger::mariadb::Connection;
using ledger::mariadb::Transaction;

constexpr std::uint64_t rows_a_step = 20'000;

// One step: true once nothing is left.
Result<bool> clear_some(Connection& connection, const Projection& projection, LedgerId ledger) {
  auto transaction = Transaction::begin(connection);
  if (!transaction) return fail(std::move(transaction).error());
  const auto position = lock_position(connection, projection, ledger);
  if (!position) return fail(position.error());
  if (position->version == projection.version()) return true;
  std::uint64_t deleted = 0;
  for (const auto table : projection.tables()) {
    auto done = connection.run("DELETE FROM " + std::string(table) + " WHERE ledger_id = ? LIMIT ?",
                               {ledger, rows_a_step - deleted});
    if (!done) return fail(std::move(done).error());
    deleted += *done;
    if (deleted == rows_a_step) break;
  }
  const bool cleared = deleted < rows_a_step;
  const Position next{cleared ? projection.version() : 0, 0};
  if (auto ok = save_position(connection, projection, ledger, next); !ok) return fail(ok.error());
  if (auto ok = transaction->commit(); !ok) return fail(ok.error());
  return cleared;
}

}  // namespace

Result<Position> lock_position(Connection& connection, const Projection& projection, LedgerId ledger) {
  const auto read = [&] {
    return connection.query(
        "SELECT version, next_seq FROM projection_positions WHERE projection = ? AND ledger_id = ? FOR UPDATE",
        {projection.name(), ledger});
  };
  auto rows = read();
  if (rows && rows->empty()) {
    auto made = connection.run(
        "INSERT IGNORE INTO projection_positions (projection, ledger_id, version, next_seq) VALUES (?, ?, ?, 0)",
        {projection.name(), ledger, projection.version()});
    if (!made) return fail(std::move(made).error());
    rows = read();
  }
  if (!rows) return fail(std::move(rows).error());
  if (rows->empty()) return fail(ErrorCode::internal, "The position of a projection cannot be recorded.");
  return Position{static_cast<std::uint32_t>((*rows)[0].u64(0)), (*rows)[0].u64(1)};
}

Result<void> save_position(Connection& connection, const Projection& projection, LedgerId ledger,
                           const Position& position) {
  auto done =
      connection.run("UPDATE projection_positions SET version = ?, next_seq = ? WHERE projection = ? AND ledger_id = ?",
                     {position.version, position.next_seq, projection.name(), ledger});
  if (!done) return fail(std::move(done).error());
  return {};
}

Result<void> clear_rows(Connection& connection, const Projection& projection, LedgerId ledger) {
  for (;;) {
    const auto cleared = clear_some(connection, projection, ledger);
    if (!cleared) return fail(cleared.error());
    if (*cleared) return {};
  }
}

}  // namespace suara::projections
