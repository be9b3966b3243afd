#include "projections/turnout/queries.hpp"

#include "ledger/mariadb/connection.hpp"
#include "projections/snapshot.hpp"

namespace suara::projections::turnout {
namespace {

using ledger::mariadb::Connection;

Result<void> read(Connection& connection, LedgerId ledger, Turnout& out) {
  const auto places = connection.query(
      "SELECT place, name, voters, voted FROM turnout_places WHERE ledger_id = ? ORDER BY position", {ledger});
  if (!places) return fail(places.error());
  for (const auto row : *places) {
    out.places.push_back({PlaceId{std::string(row.text(0))}, std::string(row.text(1)), row.u64(2), row.u64(3)});
    out.voters += row.u64(2);
  }
  const auto hours = connection.query(
      "SELECT hour, SUM(voted), SUM(ballots) FROM turnout_hours WHERE ledger_id = ? GROUP BY hour ORDER BY hour",
      {ledger});
  if (!hours) return fail(hours.error());
  for (const auto row : *hours) {
    out.hours.push_back({Timestamp{row.i64(0)}, row.u64(1), row.u64(2)});
    out.voted += row.u64(1);
    out.ballots += row.u64(2);
  }
  return {};
}

}  // namespace

Result<Turnout> read_turnout(ledger::mariadb::Pool& pool, LedgerId ledger) {
  Turnout out;
  auto done = read_snapshot(pool, "turnout", ledger, [&](Connection& connection, const AsOf& as_of) {
    out.as_of = as_of;
    return read(connection, ledger, out);
  });
  if (!done) return fail(std::move(done).error());
  return out;
}

}  // namespace suara::projections::turnout
