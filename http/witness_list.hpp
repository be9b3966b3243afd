#pragma once
#include <filesystem>
#include <string_view>
#include <vector>

#include "ledger/witness_turn.hpp"

namespace suara::http {

// The operator's list of witnesses, as the lines of a C2SP tlog-policy that name one:
//   witness <name> <verifier key> <address>
// Spaces or tabs between; empty lines and lines that begin with # are passed over. How many of them are needed is said
// by each election. Errors name the line and what is wrong with it: malformed; too_large (more than 256).
Result<std::vector<ledger::Witness>> parse_witness_list(std::string_view text);

// Errors: not_found (cannot be read), and those above with the file's name before them.
Result<std::vector<ledger::Witness>> read_witness_list(const std::filesystem::path& file);

}  // namespace suara::http
