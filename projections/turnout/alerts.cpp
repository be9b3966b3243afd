#include "projections/turnout/alerts.hpp"

#include <algorithm>

namespace suara::projections::turnout {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::uint64_t remembered_pauses = 16;  // of the running mean

}  // namespace

Result<AlertKind> alert_kind(std::uint64_t stored) {
  if (stored >= 1 && stored <= static_cast<std::uint64_t>(AlertKind::over_roll)) return static_cast<AlertKind>(stored);
  return fail(ErrorCode::integrity, "A stored alert is of a kind that is not known.");
}

std::optional<std::pair<AlertKey, Alert>> count_ballot(Pace& pace, std::uint32_t place, Seq seq, Timestamp time) {
  const Timestamp minute{time.ms - time.ms % minute_ms};
  if (minute != pace.minute) {
    if (pace.ballots > 0) ++pace.minutes;
    pace.earlier += pace.ballots;
    pace.minute = minute;
    pace.ballots = 0;
  }
  ++pace.ballots;
  const bool unusual = pace.minutes >= burst_minutes && pace.ballots * pace.minutes > burst_factor * pace.earlier;
  if (pace.ballots < least_burst || !unusual) return std::nullopt;
  const std::uint64_t usual = (pace.earlier + pace.minutes - 1) / pace.minutes;
  return std::pair{AlertKey{AlertKind::burst, place, minute}, Alert{seq, pace.ballots, usual}};
}

std::optional<std::pair<AlertKey, Alert>> count_entry(Rhythm& rhythm, Seq seq, Timestamp time, bool by_voter) {
  const auto pause = static_cast<std::uint64_t>(std::max<std::int64_t>(time.ms - rhythm.last.ms, 0));
  const bool still = by_voter && time == rhythm.last;
  rhythm.same_time = still ? rhythm.same_time + 1 : by_voter ? 1 : 0;
  rhythm.last = time;
  if (rhythm.same_time >= still_entries) {
    return std::pair{AlertKey{AlertKind::clock_still, no_place, time}, Alert{seq, rhythm.same_time, still_entries}};
  }
  const std::uint64_t usual = rhythm.usual_pause;
  const bool gap = pause >= static_cast<std::uint64_t>(least_gap_ms) && rhythm.pauses >= gap_pauses &&
                   pause > gap_factor * std::max<std::uint64_t>(usual, 1000);
  if (gap) return std::pair{AlertKey{AlertKind::clock_gap, no_place, time}, Alert{seq, pause / 1000, usual / 1000}};
  const std::uint64_t weight = std::min(++rhythm.pauses, remembered_pauses);
  rhythm.usual_pause = (usual * (weight - 1) + pause) / weight;
  return std::nullopt;
}

}  // namespace suara::projections::turnout
