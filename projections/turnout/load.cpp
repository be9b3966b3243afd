#include "projections/turnout/load.hpp"

#include "ledger/mariadb/connection.hpp"
#include "projections/elements.hpp"

namespace suara::projections::turnout {
namespace {

using ledger::mariadb::Connection;

constexpr std::size_t page = 20'000;

std::uint32_t number(std::uint64_t value) { return static_cast<std::uint32_t>(value); }

Result<void> load_ledger(Connection& connection, LedgerId ledger, State& state) {
  const auto rows = connection.query(
      "SELECT stage, at_places, last_time, pauses, usual_pause, same_time FROM turnout_ledgers WHERE ledger_id = ?",
      {ledger});
  if (!rows) return fail(rows.error());
  if (rows->empty()) return {};
  const auto row = (*rows)[0];
  if (row.u64(0) > static_cast<std::uint64_t>(Stage::over))
    return fail(ErrorCode::integrity, "The stored turnout has a stage that is not known.");
  state.stage = static_cast<Stage>(row.u64(0));
  state.at_places = row.u64(1) != 0;
  state.rhythm = {Timestamp{row.i64(2)}, row.u64(3), row.u64(4), row.u64(5)};
  return {};
}

Result<void> load_places(Connection& connection, LedgerId ledger, State& state) {
  const auto rows = connection.query(
      "SELECT place, name, draft_rank, voters, verified, attended, voted FROM turnout_places "
      "WHERE ledger_id = ? ORDER BY position",
      {ledger});
  if (!rows) return fail(rows.error());
  for (const auto row : *rows) {
    const auto rank = row.is_null(2) ? std::nullopt : std::optional(number(row.u64(2)));
    state.places.push_back(
        {PlaceId{std::string(row.text(0))}, std::string(row.text(1)), rank, row.u64(3), row.u64(4), row.u64(5),
         row.u64(6)});
  }
  return {};
}

Result<void> load_hours(Connection& connection, LedgerId ledger, State& state) {
  const auto rows = connection.query(
      "SELECT hour, position, verified, voted, ballots FROM turnout_hours WHERE ledger_id = ?", {ledger});
  if (!rows) return fail(rows.error());
  for (const auto row : *rows)
    state.hours[{Timestamp{row.i64(0)}, number(row.u64(1))}] = {row.u64(2), row.u64(3), row.u64(4)};
  return {};
}

Result<void> load_credentials(Connection& connection, LedgerId ledger, State& state) {
  Bytes after;  // below every credential
  for (;;) {
    const auto rows = connection.query(
        "SELECT credential, position, voted FROM turnout_credentials WHERE ledger_id = ? AND credential > ? "
        "ORDER BY credential LIMIT ?",
        {ledger, after, page});
    if (!rows) return fail(rows.error());
    for (const auto row : *rows) {
      const auto credential = element_of(row.bytes(0));
      if (!credential) return fail(credential.error());
      state.credentials[*credential] = {number(row.u64(1)), row.u64(2) != 0};
      after.assign(credential->bytes.begin(), credential->bytes.end());
    }
    if (rows->size() < page) return {};
  }
}

Result<void> load_voters(Connection& connection, LedgerId ledger, State& state) {
  Bytes after;  // below every commitment
  for (;;) {
    const auto rows = connection.query(
        "SELECT commitment, position FROM turnout_voters WHERE ledger_id = ? AND commitment > ? "
        "ORDER BY commitment LIMIT ?",
        {ledger, after, page});
    if (!rows) return fail(rows.error());
    for (const auto row : *rows) {
      const auto voter = row.hash(0);
      if (!voter) return fail(voter.error());
      state.voters[*voter] = number(row.u64(1));
      after.assign(voter->bytes.begin(), voter->bytes.end());
    }
    if (rows->size() < page) return {};
  }
}

Result<void> load_attendance(Connection& connection, LedgerId ledger, State& state) {
  std::uint64_t from = 0;
  for (;;) {
    const auto rows = connection.query(
        "SELECT seq, commitment, time, position FROM attendance WHERE ledger_id = ? AND seq >= ? ORDER BY seq LIMIT ?",
        {ledger, from, page});
    if (!rows) return fail(rows.error());
    for (const auto row : *rows) {
      const auto voter = row.hash(1);
      if (!voter) return fail(voter.error());
      state.attendance[Seq{row.u64(0)}] = {*voter, Timestamp{row.i64(2)}, number(row.u64(3))};
      from = row.u64(0) + 1;
    }
    if (rows->size() < page) return {};
  }
}

Result<void> load_paces(Connection& connection, LedgerId ledger, State& state) {
  const auto rows = connection.query(
      "SELECT position, minute, ballots, minutes, earlier FROM turnout_paces WHERE ledger_id = ?", {ledger});
  if (!rows) return fail(rows.error());
  for (const auto row : *rows)
    state.paces[number(row.u64(0))] = {Timestamp{row.i64(1)}, row.u64(2), row.u64(3), row.u64(4)};
  return {};
}

Result<void> load_alerts(Connection& connection, LedgerId ledger, State& state) {
  const auto rows = connection.query(
      "SELECT kind, position, since, seq, figure, measure FROM turnout_alerts WHERE ledger_id = ?", {ledger});
  if (!rows) return fail(rows.error());
  for (const auto row : *rows) {
    const auto kind = alert_kind(row.u64(0));
    if (!kind) return fail(kind.error());
    const AlertKey key{*kind, number(row.u64(1)), Timestamp{row.i64(2)}};
    state.alerts[key] = {Seq{row.u64(3)}, row.u64(4), row.u64(5)};
  }
  return {};
}

}  // namespace

Result<State> load_state(Connection& connection, LedgerId ledger) {
  State state;
  for (const auto load : {load_ledger, load_places, load_hours, load_credentials, load_voters, load_attendance,
                          load_paces, load_alerts}) {
    if (auto ok = load(connection, ledger, state); !ok) return fail(std::move(ok).error());
  }
  return state;
}

}  // namespace suara::projections::turnout
