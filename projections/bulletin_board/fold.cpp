#include "projections/bulletin_board/fold.hpp"

namespace suara::projections::bulletin_board {

void fold(State& state, const Fact& fact, Changes& changes) {
  if (const auto* challenge = std::get_if<ChallengeFact>(&fact.what)) {
    changes.accepted.push_back({fact.seq, fact.time, challenge->tracker, challenge->credential, true});
    return;
  }
  const auto* ballot = std::get_if<BallotFact>(&fact.what);
  if (!ballot) return;
  changes.accepted.push_back({fact.seq, fact.time, ballot->tracker, ballot->credential, false});
  const auto [last, first] = state.last.try_emplace(ballot->credential, fact.seq);
  if (first) return;
  changes.replaced.push_back({last->second, fact.seq});
  last->second = fact.seq;
}

}  // namespace suara::projections::bulletin_board
