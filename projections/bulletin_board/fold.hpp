#pragma once
#include <unordered_map>
#include <vector>

#include "projections/fact.hpp"

// The bulletin board: every accepted ballot, and which of them a later one replaced or were challenged.
namespace suara::projections::bulletin_board {

constexpr std::uint32_t version = 2;  // raise it when the rows mean something else

struct Accepted {
  Seq seq;
  Timestamp time;
  Hash tracker;
  ballot::Element credential;
  bool challenged = false;  // never counts, and replaces nothing
  bool operator==(const Accepted&) const = default;
};

struct Replaced {
  Seq seq;
  Seq by;
  bool operator==(const Replaced&) const = default;
};

// To be written in this order: what is accepted, then what is replaced.
struct Changes {
  std::vector<Accepted> accepted;
  std::vector<Replaced> replaced;
};

struct State {
  std::unordered_map<ballot::Element, Seq> last;  // cast ballot of each credential
};

void fold(State& state, const Fact& fact, Changes& changes);

}  // namespace suara::projections::bulletin_board
