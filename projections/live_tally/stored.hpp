#pragma once
#include "projections/live_tally/fold.hpp"

namespace suara::ledger::mariadb {
class Connection;
}

namespace suara::projections::live_tally {

// What the rows of a ledger say, without the voters; for the fold and for readers alike.
Result<State> read_stored(ledger::mariadb::Connection& connection, LedgerId ledger);

}  // namespace suara::projections::live_tally
