#pragma once
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

#include "projections/fact.hpp"
#include "projections/turnout/alerts.hpp"

// Turnout by polling place and hour: who showed the right to vote, and who voted; and what is unusual in it.
namespace suara::projections::turnout {

constexpr std::uint32_t version = 3;  // raise it when the rows mean something else

// Its number is its position in State::places and stays, whatever becomes of the draft.
struct Place {
  PlaceId id;
  std::string name;
  std::optional<std::uint32_t> rank;  // in the draft; nothing where it is no longer in it
  std::uint64_t voters = 0;
  std::uint64_t verified = 0;  // marked by an officer, or signed in
  std::uint64_t attended = 0;  // of these, marked by an officer
  std::uint64_t voted = 0;
  bool operator==(const Place&) const = default;
};

struct Hour {
  std::uint64_t verified = 0;
  std::uint64_t voted = 0;    // first ballots
  std::uint64_t ballots = 0;  // all ballots
  bool operator==(const Hour&) const = default;
};

// Start of the hour and number of the place.
using HourKey = std::pair<Timestamp, std::uint32_t>;

enum class Stage : std::uint8_t { draft = 0, sealed = 1, open = 2, over = 3 };

struct Attendance {
  Hash voter;
  Timestamp time;
  std::uint32_t place = 0;
};

struct State {
  Stage stage = Stage::draft;
  bool at_places = false;  // nobody votes without having been marked as present
  std::vector<Place> places;
  std::map<HourKey, Hour> hours;
  struct Credential {
    std::uint32_t place = 0;
    bool voted = false;
  };
  std::unordered_map<ballot::Element, Credential> credentials;  // of the reserve too
  std::unordered_map<Hash, std::uint32_t> voters;               // their place; until the roll is sealed
  std::map<Seq, Attendance> attendance;                         // what officers marked and nobody corrected
  std::map<std::uint32_t, Pace> paces;
  Rhythm rhythm;
  Alerts alerts;
};

// Which parts of the state are to be written as they now are.
struct Changes {
  bool ledger = false;  // stage, at_places, rhythm
  std::set<std::uint32_t> places;
  std::set<HourKey> hours;
  bool withdrawn = false;  // all stored credentials are void; before `imported`
  std::vector<ballot::Element> imported;
  std::vector<ballot::Element> voted;  // their first ballot; each once
  bool sealed = false;     // no voter is needed any more; `voters` holds none
  std::set<Hash> voters;   // there now or no longer
  std::set<Seq> attendance;  // there now or no longer
  std::set<std::uint32_t> paces;
  std::set<AlertKey> alerts;  // there now or no longer
};

Timestamp hour_of(Timestamp time);

// A ballot of a credential that was never imported is not counted: no such ballot is ever accepted.
void fold(State& state, const Fact& fact, Changes& changes);

}  // namespace suara::projections::turnout
