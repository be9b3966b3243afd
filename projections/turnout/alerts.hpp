#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"

// What a supervisor should look at. An alert accuses nobody: each has innocent causes too.
namespace suara::projections::turnout {

// burst: far more ballots in a minute than usual at a place; over_attendance: more voters of a place have voted than
// were marked as present there; over_roll: more were marked as present, or signed in, than are on its roll; clock_gap:
// a long pause between entries that came quickly (the clock may have been set forward); clock_still: many entries in a
// row at the same moment (the clock was set back). The numbers are stored.
enum class AlertKind : std::uint8_t { burst = 1, over_attendance = 2, clock_gap = 3, clock_still = 4, over_roll = 5 };

Result<AlertKind> alert_kind(std::uint64_t stored);  // error: integrity

constexpr std::uint32_t no_place = UINT32_MAX;

struct AlertKey {
  AlertKind kind = AlertKind::burst;
  std::uint32_t place = no_place;  // its number
  Timestamp since;
  auto operator<=>(const AlertKey&) const = default;
};

struct Alert {
  Seq seq;                    // of the entry it began with
  std::uint64_t figure = 0;   // what was seen
  std::uint64_t measure = 0;  // what it is held against
  bool operator==(const Alert&) const = default;
};

using Alerts = std::map<AlertKey, Alert>;

// The pace of ballots at a place, in minutes of the clock that had a ballot.
struct Pace {
  Timestamp minute;           // the last
  std::uint64_t ballots = 0;  // in it
  std::uint64_t minutes = 0;  // before it
  std::uint64_t earlier = 0;  // ballots in those
  bool operator==(const Pace&) const = default;
};

// A burst: at least so many ballots in a minute, and so many times the mean of at least so many earlier minutes.
constexpr std::uint64_t least_burst = 20;
constexpr std::uint64_t burst_factor = 5;
constexpr std::uint64_t burst_minutes = 5;

// Counts a ballot; the burst that it belongs to, where it is one.
std::optional<std::pair<AlertKey, Alert>> count_ballot(Pace& pace, std::uint32_t place, Seq seq, Timestamp time);

// The pace of a ledger's entries while voting is open.
struct Rhythm {
  Timestamp last;                 // of the last entry
  std::uint64_t pauses = 0;       // between entries so far
  std::uint64_t usual_pause = 0;  // a running mean, in milliseconds
  std::uint64_t same_time = 0;    // voters' entries in a row at `last`
  bool operator==(const Rhythm&) const = default;
};

// A gap: at least so long, and so many times the usual pause of at least so many.
constexpr std::int64_t least_gap_ms = 600'000;
constexpr std::uint64_t gap_factor = 30;
constexpr std::uint64_t gap_pauses = 20;
// Entries of voters in a row with one time. The service takes some thirty in a millisecond at most.
constexpr std::uint64_t still_entries = 64;

// Counts an entry; the jump of the clock that shows in it. `by_voter`: a ballot or an attendance, each from a command of
// its own, so that the clock was looked at for each.
std::optional<std::pair<AlertKey, Alert>> count_entry(Rhythm& rhythm, Seq seq, Timestamp time, bool by_voter);

}  // namespace suara::projections::turnout
