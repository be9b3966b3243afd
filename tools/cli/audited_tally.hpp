#pragma once
#include <cstdint>
#include <string>

#include "tools/cli/api.hpp"
#include "tools/cli/outcome.hpp"

namespace suara::cli {

struct AuditedTally {
  std::string encrypted_tally;  // exact text
  std::string fingerprint;      // of the election as it was sealed
  std::uint64_t counted = 0;    // voters whose ballot is in it
  std::uint64_t entries = 0;    // of the ledger that was verified
  std::string root;             // of its tree, base64: to compare with what others see
};

// The tally in the public ledger of the election, after the whole ledger has been downloaded and verified: it is the
// product of the ballots that count, and of nothing else. Waits some seconds for a checkpoint that covers the tally.
// Faults: refused ("integrity", naming the first fault; "wrong_phase"); unreachable.
Outcome<AuditedTally> audited_tally(Api& api, const std::string& uuid);

}  // namespace suara::cli
