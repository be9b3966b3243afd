#pragma once
#include <string>
#include <vector>

#include "projections/fact.hpp"

// The event feed: what people and the service did to the election. Not what comes by the thousand (ballots, attendance,
// the roll and its credentials, live tallies): figures tell of those.
namespace suara::projections::activity {

constexpr std::uint32_t version = 1;  // raise it when the rows mean something else

struct Told {
  Seq seq;
  std::string type;
  bool operator==(const Told&) const = default;
};

struct State {};

using Changes = std::vector<Told>;

void fold(State& state, const Fact& fact, Changes& changes);

}  // namespace suara::projections::activity
