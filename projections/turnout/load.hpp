#pragma once
#include "projections/turnout/fold.hpp"

namespace suara::ledger::mariadb {
class Connection;
}

namespace suara::projections::turnout {

// What the rows of a ledger say. Errors: unavailable, internal, integrity.
Result<State> load_state(ledger::mariadb::Connection& connection, LedgerId ledger);

}  // namespace suara::projections::turnout
