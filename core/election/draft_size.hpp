#pragma once
#include <cstddef>

#include "core/election/types.hpp"

// How many bytes a draft needs, itself and in what follows from it: nothing may be drafted that later makes an entry
// beyond an entry's bound, when it is too late to change anything. Upper bounds, a little above what is written.
namespace suara::election {

std::size_t draft_size(const Draft& draft);       // ElectionDrafted
std::size_t sealed_size(const Draft& draft);      // ElectionSealed
std::size_t ballot_size(const Draft& draft);      // BallotCast; no smaller than TallyComputed and TallyDecrypted
std::size_t live_tally_size(const Draft& draft);  // LiveTallyPublished

}  // namespace suara::election
