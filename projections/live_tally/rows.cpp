#include "projections/live_tally/rows.hpp"

#include "ledger/mariadb/connection.hpp"
#include "projections/elements.hpp"
#include "projections/folded.hpp"
#include "projections/live_tally/fold.hpp"
#include "projections/live_tally/stored.hpp"

namespace suara::projections::live_tally {
namespace {

using ledger::mariadb::BulkRows;
using ledger::mariadb::Connection;

constexpr std::size_t page = 20'000;

Result<void> write_figures(Connection& connection, LedgerId ledger, const State& state) {
  auto done = connection.run(
      "INSERT INTO live_tally (ledger_id, status, last_cast, ballots, voters, final_weight, through, accepted, "
      "counted, "
      "weight) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE status = VALUES(status), last_cast = "
      "VALUES(last_cast), "
      "ballots = VALUES(ballots), voters = VALUES(voters), final_weight = VALUES(final_weight), "
      "through = VALUES(through), accepted = VALUES(accepted), counted = VALUES(counted), weight = VALUES(weight)",
      {ledger, static_cast<std::uint8_t>(state.status), state.now.through, state.now.accepted, state.now.counted,
       state.now.weight, state.published.through, state.published.accepted, state.published.counted,
       state.published.weight});
  if (!done) return fail(done.error());
  return {};
}

Result<void> write_contests(Connection& connection, LedgerId ledger, const State& state) {
  BulkRows contests(5);
  BulkRows candidates(6);
  for (std::size_t q = 0; q < state.contests.size(); ++q) {
    const Contest& contest = state.contests[q];
    contests.add({ledger, q, contest.question, contest.blank ? 1u : 0u, contest.blank_count});
    for (std::size_t a = 0; a < contest.candidates.size(); ++a) {
      const Candidate& candidate = contest.candidates[a];
      candidates.add({ledger, q, a, candidate.number, candidate.name, candidate.count});
    }
  }
  auto done = connection.run_bulk(
      "INSERT INTO live_tally_contests (ledger_id, contest, question, blank, blank_count) VALUES (?, ?, ?, ?, ?) "
      "ON DUPLICATE KEY UPDATE blank_count = VALUES(blank_count)",
      contests);
  if (!done) return fail(done.error());
  done = connection.run_bulk(
      "INSERT INTO live_tally_candidates (ledger_id, contest, answer, number, name, count) VALUES (?, ?, ?, ?, ?, ?) "
      "ON DUPLICATE KEY UPDATE count = VALUES(count)",
      candidates);
  if (!done) return fail(done.error());
  return {};
}

Result<void> write_changes(Connection& connection, LedgerId ledger, const State& state, const Changes& changes) {
  if (!changes.voters.empty()) {
    BulkRows rows(2);
    for (const auto& credential : changes.voters) rows.add({ledger, ByteView(credential.bytes)});
    auto done = connection.run_bulk("INSERT INTO live_tally_voters (ledger_id, credential) VALUES (?, ?)", rows);
    if (!done) return fail(done.error());
  }
  if (changes.figures)
    if (auto ok = write_figures(connection, ledger, state); !ok) return ok;
  if (changes.redrafted) {
    for (const auto* table : {"live_tally_contests", "live_tally_candidates"}) {
      auto done = connection.run(std::string("DELETE FROM ") + table + " WHERE ledger_id = ?", {ledger});
      if (!done) return fail(std::move(done).error());
    }
  }
  if (changes.contests) return write_contests(connection, ledger, state);
  return {};
}

Result<void> load_voters(Connection& connection, LedgerId ledger, State& state) {
  Bytes after;  // below every credential
  for (;;) {
    const auto rows = connection.query(
        "SELECT credential FROM live_tally_voters WHERE ledger_id = ? AND credential > ? ORDER BY credential LIMIT ?",
        {ledger, after, page});
    if (!rows) return fail(rows.error());
    for (const auto row : *rows) {
      const auto credential = element_of(row.bytes(0));
      if (!credential) return fail(credential.error());
      state.voters.insert(*credential);
      after.assign(credential->bytes.begin(), credential->bytes.end());
    }
    if (rows->size() < page) return {};
  }
}

class LiveTally : public Projection {
 public:
  std::string_view name() const override { return "live_tally"; }
  std::uint32_t version() const override { return live_tally::version; }
  std::vector<std::string_view> tables() const override {
    return {"live_tally", "live_tally_contests", "live_tally_candidates", "live_tally_voters"};
  }
  Result<std::unique_ptr<LedgerFold>> load(Connection& connection, LedgerId ledger) const override {
    auto state = read_stored(connection, ledger);
    if (!state) return fail(state.error());
    if (auto ok = load_voters(connection, ledger, *state); !ok) return fail(ok.error());
    return std::make_unique<Folded<State, Changes, fold, write_changes>>(std::move(*state));
  }
};

}  // namespace

Result<State> read_stored(Connection& connection, LedgerId ledger) {
  State state;
  const auto figures = connection.query(
      "SELECT status, last_cast, ballots, voters, final_weight, through, accepted, counted, weight "
      "FROM live_tally WHERE ledger_id = ?",
      {ledger});
  if (!figures) return fail(figures.error());
  if (figures->empty()) return state;
  const auto row = (*figures)[0];
  if (row.u64(0) > static_cast<std::uint64_t>(TallyStatus::certified))
    return fail(ErrorCode::integrity, "The stored tally has a status that is not known.");
  const auto number = [](const auto& from, std::size_t column) {
    return from.is_null(column) ? std::nullopt : std::optional(from.u64(column));
  };
  const auto seq = [&](std::size_t column) {
    return row.is_null(column) ? std::nullopt : std::optional<Seq>(Seq{row.u64(column)});
  };
  state.status = static_cast<TallyStatus>(row.u64(0));
  state.now = {seq(1), row.u64(2), row.u64(3), number(row, 4)};
  state.published = {seq(5), row.u64(6), row.u64(7), number(row, 8)};

  const auto contests = connection.query(
      "SELECT question, blank, blank_count FROM live_tally_contests WHERE ledger_id = ? ORDER BY contest", {ledger});
  if (!contests) return fail(contests.error());
  for (const auto contest : *contests)
    state.contests.push_back({std::string(contest.text(0)), {}, contest.u64(1) != 0, number(contest, 2)});
  const auto candidates = connection.query(
      "SELECT contest, number, name, count FROM live_tally_candidates WHERE ledger_id = ? ORDER BY contest, answer",
      {ledger});
  if (!candidates) return fail(candidates.error());
  for (const auto candidate : *candidates) {
    if (candidate.u64(0) >= state.contests.size())
      return fail(ErrorCode::integrity, "A stored candidate belongs to no contest.");
    state.contests[candidate.u64(0)].candidates.push_back(
        {static_cast<std::uint32_t>(candidate.u64(1)), std::string(candidate.text(2)), number(candidate, 3)});
  }
  return state;
}

std::unique_ptr<Projection> make_projection() { return std::make_unique<LiveTally>(); }

}  // namespace suara::projections::live_tally
