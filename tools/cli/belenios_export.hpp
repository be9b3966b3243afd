#pragma once
#include <string>

#include "tools/cli/outcome.hpp"
#include "tools/cli/program.hpp"

namespace suara::cli {

// Downloads the election's public ledger, holds its entries against the root its checkpoint signs, and writes the
// election as a `.bel` archive into a new file. Faults: refused ("wrong_phase" before the election is sealed,
// "integrity"), unreachable, usage ("file").
Outcome<void> export_belenios(const Settings& settings, const std::string& uuid, const std::string& out);

}  // namespace suara::cli
