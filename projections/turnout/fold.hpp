#pragma once
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "projections/fact.hpp"

// Turnout by polling place and hour.
namespace suara::projections::turnout {

constexpr std::uint32_t version = 1;  // raise it when the rows mean something else

struct Place {
  PlaceId id;
  std::string name;
  std::uint64_t voters = 0;
  std::uint64_t voted = 0;
  bool operator==(const Place&) const = default;
};

struct Hour {
  std::uint64_t voted = 0;    // first ballots
  std::uint64_t ballots = 0;  // all ballots
  bool operator==(const Hour&) const = default;
};

// Start of the hour and number of the place.
using HourKey = std::pair<Timestamp, std::uint32_t>;

struct State {
  std::vector<Place> places;  // in the draft's order; the number of a place is its position here
  std::map<HourKey, Hour> hours;
  struct Credential {
    std::uint32_t place = 0;
    bool voted = false;
  };
  std::unordered_map<ballot::Element, Credential> credentials;
};

// Which parts of the state are to be written as they now are.
struct Changes {
  std::set<std::uint32_t> places;
  std::set<HourKey> hours;
  std::vector<ballot::Element> imported;
  std::vector<ballot::Element> voted;  // their first ballot; each once
};

Timestamp hour_of(Timestamp time);

// A ballot of a credential that was never imported is not counted: no such ballot is ever accepted.
void fold(State& state, const Fact& fact, Changes& changes);

}  // namespace suara::projections::turnout
