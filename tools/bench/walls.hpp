#pragma once
#include <string>
#include <vector>

#include "tools/bench/election.hpp"
#include "tools/bench/figure.hpp"
#include "tools/bench/options.hpp"

// What this machine can do at most, each measured bare for about two seconds, printed, and returned to stand beside
// the figure that it bounds.
namespace suara::bench {

struct SignatureWalls {
  Wall sign;  // of a message as long as an entry, on one core
  Wall verify;
};
SignatureWalls measure_signatures();

struct BallotWalls {
  Wall one_core;
  Wall all_cores;
};
// Reading and verifying ballots, as the service does it for each.
BallotWalls measure_ballots(const OpenElection& election, const std::vector<std::string>& ballots);

// Rows as long as an entry into a table with nothing but its key, in a database of its own that is dropped again.
Wall measure_insert(const Options& options);

}  // namespace suara::bench
