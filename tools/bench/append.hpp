#pragma once
#include "tools/bench/election.hpp"
#include "tools/bench/walls.hpp"

namespace suara::bench {

// Signs in every voter of the election once: one command, one signed event each, counted when it is durable.
void measure_append(ledger::CommandHandler& handler, const OpenElection& election, const Wall& sign,
                    const Wall& insert);

}  // namespace suara::bench
