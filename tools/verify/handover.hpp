#pragma once
#include <span>

#include "tools/verify/log_reader.hpp"

namespace suara::verify {

// The log of a bundle, judged by the keys that its own keys.json lists, oldest first, at least one. Where there are
// more, its entries must hand the ledger over from the first to each next (all of them are read for it). Errors: those
// of LogReader::open; integrity (other keys are listed than handed over), invalid_signature (a former key signed).
Result<LogReader> open_with_listed_keys(audit::Source& source, std::span<const log::VerifierKey> listed);

}  // namespace suara::verify
