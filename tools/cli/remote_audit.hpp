#pragma once
#include <string>

#include "core/audit/audit.hpp"
#include "tools/cli/outcome.hpp"
#include "tools/cli/remote_log.hpp"

namespace suara::cli {

// Downloads and verifies the whole ledger at the log's checkpoint. `undone` says what was not done where it does not
// verify: "Nothing was decrypted". Faults: refused ("integrity", naming the first fault); unreachable.
Outcome<audit::Report> verify_ledger(RemoteLog& log, const std::string& undone);

// Why a file of the log could not be had or read.
tl::unexpected<Fault> unreadable(const RemoteLog& log, const Error& error);

}  // namespace suara::cli
