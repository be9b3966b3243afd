#include "projections/turnout/queries.hpp"

#include "ledger/mariadb/connection.hpp"
#include "projections/snapshot.hpp"

namespace suara::projections::turnout {
namespace {

using ledger::mariadb::Connection;

Result<void> read(Connection& connection, LedgerId ledger, Turnout& out) {
  const auto places = connection.query(
      "SELECT place, name, voters, verified, attended, voted FROM turnout_places "
      "WHERE ledger_id = ? AND draft_rank IS NOT NULL ORDER BY draft_rank",
      {ledger});
  if (!places) return fail(places.error());
  for (const auto row : *places) {
    out.places.push_back(
        {PlaceId{std::string(row.text(0))}, std::string(row.text(1)), row.u64(2), row.u64(3), row.u64(4), row.u64(5)});
    out.voters += row.u64(2);
    out.attended += row.u64(4);
  }
  // The hour of an attendance that was corrected away may have nothing left.
  const auto hours = connection.query(
      "SELECT hour, SUM(verified), SUM(voted), SUM(ballots) FROM turnout_hours WHERE ledger_id = ? GROUP BY hour "
      "HAVING SUM(verified) + SUM(ballots) > 0 ORDER BY hour",
      {ledger});
  if (!hours) return fail(hours.error());
  for (const auto row : *hours) {
    out.hours.push_back({Timestamp{row.i64(0)}, row.u64(1), row.u64(2), row.u64(3)});
    out.verified += row.u64(1);
    out.voted += row.u64(2);
    out.ballots += row.u64(3);
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

Result<std::vector<PlacedAlert>> read_alerts(ledger::mariadb::Pool& pool, LedgerId ledger) {
  std::vector<PlacedAlert> out;
  auto done = read_snapshot(pool, "turnout", ledger, [&](Connection& connection, const AsOf&) -> Result<void> {
    const auto rows = connection.query(
        "SELECT a.kind, a.position, a.since, a.seq, a.figure, a.measure, p.place FROM turnout_alerts a "
        "LEFT JOIN turnout_places p ON p.ledger_id = a.ledger_id AND p.position = a.position "
        "WHERE a.ledger_id = ? ORDER BY a.seq DESC LIMIT ?",
        {ledger, max_alerts});
    if (!rows) return fail(rows.error());
    for (const auto row : *rows) {
      const auto kind = alert_kind(row.u64(0));
      if (!kind) return fail(kind.error());
      PlacedAlert alert{{*kind, static_cast<std::uint32_t>(row.u64(1)), Timestamp{row.i64(2)}},
                        {Seq{row.u64(3)}, row.u64(4), row.u64(5)},
                        std::nullopt};
      if (!row.is_null(6)) alert.place = PlaceId{std::string(row.text(6))};
      out.push_back(std::move(alert));
    }
    return {};
  });
  if (!done) return fail(std::move(done).error());
  return out;
}

}  // namespace suara::projections::turnout
