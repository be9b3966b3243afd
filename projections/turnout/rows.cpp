#include "projections/turnout/rows.hpp"

#include "ledger/mariadb/connection.hpp"
#include "projections/elements.hpp"
#include "projections/folded.hpp"
#include "projections/turnout/fold.hpp"

namespace suara::projections::turnout {
namespace {

using ledger::mariadb::BulkRows;
using ledger::mariadb::Connection;

constexpr std::size_t page = 20'000;

Result<void> write_places(Connection& connection, LedgerId ledger, const State& state, const Changes& changes) {
  BulkRows rows(6);
  for (const auto number : changes.places) {
    const Place& place = state.places[number];
    rows.add({ledger, number, place.id, place.name, place.voters, place.voted});
  }
  auto done = connection.run_bulk(
      "INSERT INTO turnout_places (ledger_id, position, place, name, voters, voted) VALUES (?, ?, ?, ?, ?, ?) "
      "ON DUPLICATE KEY UPDATE voters = VALUES(voters), voted = VALUES(voted)",
      rows);
  if (!done) return fail(done.error());
  return {};
}

Result<void> write_hours(Connection& connection, LedgerId ledger, const State& state, const Changes& changes) {
  BulkRows rows(5);
  for (const auto& key : changes.hours) {
    const Hour& hour = state.hours.at(key);
    rows.add({ledger, key.first, key.second, hour.voted, hour.ballots});
  }
  auto done = connection.run_bulk(
      "INSERT INTO turnout_hours (ledger_id, hour, position, voted, ballots) VALUES (?, ?, ?, ?, ?) "
      "ON DUPLICATE KEY UPDATE voted = VALUES(voted), ballots = VALUES(ballots)",
      rows);
  if (!done) return fail(done.error());
  return {};
}

Result<void> write_credentials(Connection& connection, LedgerId ledger, const State& state, const Changes& changes) {
  if (!changes.imported.empty()) {
    BulkRows rows(3);
    for (const auto& credential : changes.imported)
      rows.add({ledger, ByteView(credential.bytes), state.credentials.at(credential).place});
    auto done = connection.run_bulk(
        "INSERT INTO turnout_credentials (ledger_id, credential, position, voted) VALUES (?, ?, ?, 0)", rows);
    if (!done) return fail(done.error());
  }
  if (!changes.voted.empty()) {
    BulkRows rows(2);
    for (const auto& credential : changes.voted) rows.add({ledger, ByteView(credential.bytes)});
    auto done =
        connection.run_bulk("UPDATE turnout_credentials SET voted = 1 WHERE ledger_id = ? AND credential = ?", rows);
    if (!done) return fail(done.error());
  }
  return {};
}

Result<void> write_changes(Connection& connection, LedgerId ledger, const State& state, const Changes& changes) {
  if (!changes.places.empty())
    if (auto ok = write_places(connection, ledger, state, changes); !ok) return ok;
  if (!changes.hours.empty())
    if (auto ok = write_hours(connection, ledger, state, changes); !ok) return ok;
  return write_credentials(connection, ledger, state, changes);
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
      state.credentials[*credential] = {static_cast<std::uint32_t>(row.u64(1)), row.u64(2) != 0};
      after.assign(credential->bytes.begin(), credential->bytes.end());
    }
    if (rows->size() < page) return {};
  }
}

Result<State> load_state(Connection& connection, LedgerId ledger) {
  State state;
  const auto places = connection.query(
      "SELECT place, name, voters, voted FROM turnout_places WHERE ledger_id = ? ORDER BY position", {ledger});
  if (!places) return fail(places.error());
  for (const auto row : *places)
    state.places.push_back({PlaceId{std::string(row.text(0))}, std::string(row.text(1)), row.u64(2), row.u64(3)});
  const auto hours =
      connection.query("SELECT hour, position, voted, ballots FROM turnout_hours WHERE ledger_id = ?", {ledger});
  if (!hours) return fail(hours.error());
  for (const auto row : *hours)
    state.hours[{Timestamp{row.i64(0)}, static_cast<std::uint32_t>(row.u64(1))}] = {row.u64(2), row.u64(3)};
  if (auto ok = load_credentials(connection, ledger, state); !ok) return fail(ok.error());
  return state;
}

class TurnoutProjection : public Projection {
 public:
  std::string_view name() const override { return "turnout"; }
  std::uint32_t version() const override { return turnout::version; }
  std::vector<std::string_view> tables() const override {
    return {"turnout_places", "turnout_hours", "turnout_credentials"};
  }
  Result<std::unique_ptr<LedgerFold>> load(Connection& connection, LedgerId ledger) const override {
    auto state = load_state(connection, ledger);
    if (!state) return fail(state.error());
    return std::make_unique<Folded<State, Changes, fold, write_changes>>(std::move(*state));
  }
};

}  // namespace

std::unique_ptr<Projection> make_projection() { return std::make_unique<TurnoutProjection>(); }

}  // namespace suara::projections::turnout
