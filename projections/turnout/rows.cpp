#include "projections/turnout/rows.hpp"

#include <string>

#include "ledger/mariadb/connection.hpp"
#include "projections/folded.hpp"
#include "projections/turnout/load.hpp"

namespace suara::projections::turnout {
namespace {

using ledger::mariadb::BulkRows;
using ledger::mariadb::Connection;

constexpr std::uint64_t rows_a_step = 20'000;

// Several statements after one another; the first that fails ends it.
template <class... Steps>
Result<void> in_order(Steps&&... steps) {
  Result<void> done;
  (void)((done = steps(), done.has_value()) && ...);
  return done;
}

Result<void> bulk(Connection& connection, std::string_view sql, const BulkRows& rows) {
  if (rows.rows() == 0) return {};
  if (auto done = connection.run_bulk(sql, rows); !done) return fail(std::move(done).error());
  return {};
}

// In statements that each stay short: nobody waits long for the answer of one.
Result<void> clear(Connection& connection, LedgerId ledger, const std::string& table) {
  for (;;) {
    const auto done = connection.run("DELETE FROM " + table + " WHERE ledger_id = ? LIMIT ?", {ledger, rows_a_step});
    if (!done) return fail(done.error());
    if (*done < rows_a_step) return {};
  }
}

Result<void> write_ledger(Connection& connection, LedgerId ledger, const State& state) {
  auto done = connection.run(
      "INSERT INTO turnout_ledgers (ledger_id, stage, at_places, last_time, pauses, usual_pause, same_time) "
      "VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE stage = VALUES(stage), at_places = VALUES(at_places), "
      "last_time = VALUES(last_time), pauses = VALUES(pauses), usual_pause = VALUES(usual_pause), "
      "same_time = VALUES(same_time)",
      {ledger, static_cast<std::uint8_t>(state.stage), state.at_places ? 1u : 0u, state.rhythm.last,
       state.rhythm.pauses, state.rhythm.usual_pause, state.rhythm.same_time});
  if (!done) return fail(std::move(done).error());
  return {};
}

Result<void> write_places(Connection& connection, LedgerId ledger, const State& state, const Changes& changes) {
  BulkRows rows(9);
  for (const auto number : changes.places) {
    const Place& place = state.places[number];
    rows.add({ledger, number, place.id, place.name, place.rank, place.voters, place.verified, place.attended,
              place.voted});
  }
  return bulk(connection,
              "INSERT INTO turnout_places (ledger_id, position, place, name, draft_rank, voters, verified, attended, "
              "voted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE name = VALUES(name), "
              "draft_rank = VALUES(draft_rank), voters = VALUES(voters), verified = VALUES(verified), "
              "attended = VALUES(attended), voted = VALUES(voted)",
              rows);
}

Result<void> write_hours(Connection& connection, LedgerId ledger, const State& state, const Changes& changes) {
  BulkRows rows(6);
  for (const auto& key : changes.hours) {
    const Hour& hour = state.hours.at(key);
    rows.add({ledger, key.first, key.second, hour.verified, hour.voted, hour.ballots});
  }
  return bulk(connection,
              "INSERT INTO turnout_hours (ledger_id, hour, position, verified, voted, ballots) "
              "VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE verified = VALUES(verified), voted = VALUES(voted), "
              "ballots = VALUES(ballots)",
              rows);
}

Result<void> write_credentials(Connection& connection, LedgerId ledger, const State& state, const Changes& changes) {
  BulkRows imported(3), voted(2);
  for (const auto& credential : changes.imported)
    imported.add({ledger, ByteView(credential.bytes), state.credentials.at(credential).place});
  for (const auto& credential : changes.voted) voted.add({ledger, ByteView(credential.bytes)});
  return in_order(
      [&]() -> Result<void> {
        if (!changes.withdrawn) return {};
        return clear(connection, ledger, "turnout_credentials");
      },
      [&] {
        return bulk(connection,
                    "INSERT INTO turnout_credentials (ledger_id, credential, position, voted) VALUES (?, ?, ?, 0)",
                    imported);
      },
      [&] {
        return bulk(connection, "UPDATE turnout_credentials SET voted = 1 WHERE ledger_id = ? AND credential = ?",
                    voted);
      });
}

Result<void> write_voters(Connection& connection, LedgerId ledger, const State& state, const Changes& changes) {
  BulkRows gone(2), there(3);
  for (const Hash& voter : changes.voters) {
    const auto known = state.voters.find(voter);
    if (known == state.voters.end()) {
      gone.add({ledger, voter});
    } else {
      there.add({ledger, voter, known->second});
    }
  }
  return in_order(
      [&]() -> Result<void> {
        if (!changes.sealed) return {};
        return clear(connection, ledger, "turnout_voters");
      },
      [&] {
        return bulk(connection, "DELETE FROM turnout_voters WHERE ledger_id = ? AND commitment = ?", gone);
      },
      [&] {
        return bulk(connection,
                    "INSERT INTO turnout_voters (ledger_id, commitment, position) VALUES (?, ?, ?) "
                    "ON DUPLICATE KEY UPDATE position = VALUES(position)",
                    there);
      });
}

Result<void> write_attendance(Connection& connection, LedgerId ledger, const State& state, const Changes& changes) {
  BulkRows gone(2), there(5);
  for (const Seq seq : changes.attendance) {
    const auto marked = state.attendance.find(seq);
    if (marked == state.attendance.end()) {
      gone.add({ledger, seq});
    } else {
      there.add({ledger, seq, marked->second.voter, marked->second.time, marked->second.place});
    }
  }
  return in_order([&] { return bulk(connection, "DELETE FROM attendance WHERE ledger_id = ? AND seq = ?", gone); },
                  [&] {
                    return bulk(connection,
                                "INSERT INTO attendance (ledger_id, seq, commitment, time, position) "
                                "VALUES (?, ?, ?, ?, ?)",
                                there);
                  });
}

Result<void> write_paces(Connection& connection, LedgerId ledger, const State& state, const Changes& changes) {
  BulkRows rows(6);
  for (const auto place : changes.paces) {
    const Pace& pace = state.paces.at(place);
    rows.add({ledger, place, pace.minute, pace.ballots, pace.minutes, pace.earlier});
  }
  return bulk(connection,
              "INSERT INTO turnout_paces (ledger_id, position, minute, ballots, minutes, earlier) "
              "VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE minute = VALUES(minute), ballots = VALUES(ballots), "
              "minutes = VALUES(minutes), earlier = VALUES(earlier)",
              rows);
}

Result<void> write_alerts(Connection& connection, LedgerId ledger, const State& state, const Changes& changes) {
  BulkRows gone(4), there(7);
  for (const AlertKey& key : changes.alerts) {
    const auto kind = static_cast<std::uint8_t>(key.kind);
    const auto alert = state.alerts.find(key);
    if (alert == state.alerts.end()) {
      gone.add({ledger, kind, key.place, key.since});
    } else {
      there.add({ledger, kind, key.place, key.since, alert->second.seq, alert->second.figure, alert->second.measure});
    }
  }
  return in_order(
      [&] {
        return bulk(connection,
                    "DELETE FROM turnout_alerts WHERE ledger_id = ? AND kind = ? AND position = ? AND since = ?", gone);
      },
      [&] {
        return bulk(connection,
                    "INSERT INTO turnout_alerts (ledger_id, kind, position, since, seq, figure, measure) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE figure = VALUES(figure), "
                    "measure = VALUES(measure)",
                    there);
      });
}

Result<void> write_changes(Connection& connection, LedgerId ledger, const State& state, const Changes& changes) {
  return in_order(
      [&]() -> Result<void> { return changes.ledger ? write_ledger(connection, ledger, state) : Result<void>{}; },
      [&] { return write_places(connection, ledger, state, changes); },
      [&] { return write_hours(connection, ledger, state, changes); },
      [&] { return write_credentials(connection, ledger, state, changes); },
      [&] { return write_voters(connection, ledger, state, changes); },
      [&] { return write_attendance(connection, ledger, state, changes); },
      [&] { return write_paces(connection, ledger, state, changes); },
      [&] { return write_alerts(connection, ledger, state, changes); });
}

class TurnoutProjection : public Projection {
 public:
  std::string_view name() const override { return "turnout"; }
  std::uint32_t version() const override { return turnout::version; }
  std::vector<std::string_view> tables() const override {
    return {"turnout_ledgers", "turnout_places", "turnout_hours", "turnout_credentials",
            "turnout_voters",  "turnout_paces",  "turnout_alerts", "attendance"};
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
