#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "projections/as_of.hpp"
#include "projections/turnout/alerts.hpp"

namespace suara::ledger::mariadb {
class Pool;
}

namespace suara::projections::turnout {

struct PlaceTurnout {
  PlaceId id;
  std::string name;
  std::uint64_t voters = 0;    // on the roll
  std::uint64_t verified = 0;  // who showed their right to vote: marked by an officer, or signed in online
  std::uint64_t attended = 0;  // of these, marked by an officer
  std::uint64_t voted = 0;     // with a ballot
  bool operator==(const PlaceTurnout&) const = default;
};

struct HourTurnout {
  Timestamp hour;             // its start, UTC
  std::uint64_t verified = 0;
  std::uint64_t voted = 0;    // first ballots in this hour
  std::uint64_t ballots = 0;  // all ballots in this hour
  bool operator==(const HourTurnout&) const = default;
};

struct Turnout {
  AsOf as_of;
  std::uint64_t voters = 0;
  std::uint64_t verified = 0;
  std::uint64_t attended = 0;
  std::uint64_t voted = 0;
  std::uint64_t ballots = 0;
  std::vector<PlaceTurnout> places;  // in the draft's order
  std::vector<HourTurnout> hours;    // in order of time; hours without a ballot and an attendance are absent
  bool operator==(const Turnout&) const = default;
};

// All from one moment. Errors: unavailable, internal.
Result<Turnout> read_turnout(ledger::mariadb::Pool& pool, LedgerId ledger);

// An alert with its place's id, where it is of a place.
struct PlacedAlert {
  AlertKey key;
  Alert alert;
  std::optional<PlaceId> place;
};

constexpr std::size_t max_alerts = 200;

// The latest, newest first. Errors: unavailable, internal, integrity.
Result<std::vector<PlacedAlert>> read_alerts(ledger::mariadb::Pool& pool, LedgerId ledger);

}  // namespace suara::projections::turnout
