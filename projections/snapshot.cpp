#include "projections/snapshot.hpp"

#include "ledger/mariadb/connection.hpp"
#include "ledger/mariadb/pool.hpp"

namespace suara::projections {
namespace {

Result<AsOf> read_as_of(ledger::mariadb::Connection& connection, std::string_view projection, LedgerId ledger) {
  AsOf as_of;
  const auto position = connection.query(
      "SELECT next_seq FROM projection_positions WHERE projection = ? AND ledger_id = ?", {projection, ledger});
  if (!position) return fail(position.error());
  if (position->empty() || (*position)[0].u64(0) == 0) return as_of;
  as_of.entries = (*position)[0].u64(0);
  const auto time =
      connection.query("SELECT time FROM entries WHERE ledger_id = ? AND seq = ?", {ledger, as_of.entries - 1});
  if (!time) return fail(time.error());
  if (!time->empty()) as_of.time = Timestamp{(*time)[0].i64(0)};
  return as_of;
}

}  // namespace

Result<void> read_snapshot(ledger::mariadb::Pool& pool, std::string_view projection, LedgerId ledger,
                           const SnapshotReader& read) {
  auto connection = pool.acquire();
  if (!connection) return fail(std::move(connection).error());
  auto transaction = ledger::mariadb::Transaction::begin(**connection);
  if (!transaction) return fail(std::move(transaction).error());
  const auto as_of = read_as_of(**connection, projection, ledger);
  if (!as_of) return fail(as_of.error());
  return read(**connection, *as_of);
}

}  // namespace suara::projections
