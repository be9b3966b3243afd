#pragma once
#include <string>

#include "core/audit/bel_export.hpp"
#include "tools/cli/api.hpp"

namespace suara::cli {

// Downloads the election's public ledger, holds its entries against the root its checkpoint signs, and writes the
// election as a `.bel` archive into a new file. Faults: refused ("wrong_phase" before the election is sealed,
// "integrity"), unreachable, usage ("file").
Outcome<audit::BelExported> write_bel(Api& api, const std::string& uuid, const std::string& out);

// The same as a command, which tells what it wrote.
Outcome<void> export_belenios(const Settings& settings, const std::string& uuid, const std::string& out);

}  // namespace suara::cli
