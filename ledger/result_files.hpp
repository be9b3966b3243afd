#pragma once
#include <string>

#include "core/audit/source.hpp"
#include "core/election/state.hpp"
#include "core/log/checkpoint.hpp"

// The result of an election as tables, with the ledger's position that they stand for.
namespace suara::ledger {

// What a bundle's entries say. The ballots are only counted.
struct BundleContent {
  log::Checkpoint checkpoint;
  election::Summary summary;
  std::uint64_t ballots = 0;  // accepted
};

// The entries must give the root that the checkpoint signs with the bundle's key. Errors: malformed, invalid_signature,
// integrity, the source's.
Result<BundleContent> read_content(audit::Source& bundle);

// Both only where summary.result is set. A row an answer, each with election, status, position, root and fingerprint.
std::string result_csv(const BundleContent& content);
std::string result_json(const BundleContent& content);

}  // namespace suara::ledger
