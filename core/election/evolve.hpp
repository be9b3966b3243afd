#pragma once
#include "core/election/state.hpp"

namespace suara::election {

// Folds one recorded event in. Trusts that it was legal when recorded; legality of a foreign ledger is check_legal's.
void evolve(State& state, const Recorded& recorded);

// For the auditor: is this event legal after this state (phase, role, roll, order, policy)? Everything that
// decide() would have refused, judged from the event alone. Does not repeat the proofs of ballots.
Result<void> check_legal(const State& state, const Recorded& recorded);

}  // namespace suara::election
