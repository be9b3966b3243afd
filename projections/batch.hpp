#pragma once
#include <optional>
#include <string>
#include <vector>

#include "projections/fact.hpp"

namespace suara::projections {

// Consecutive entries, decoded once for all projections that stand at the same position.
struct Batch {
  std::vector<Fact> facts;
  std::optional<std::string> stopped;  // why the entry after them cannot be folded
};

// Entries from `from` up to `size`, which the ledger is known to have; at least one fact or a reason.
// Error: unavailable.
Result<Batch> read_batch(ledger::EventStore& store, LedgerId ledger, std::uint64_t from, std::uint64_t size,
                         std::size_t max_entries, std::size_t max_bytes);

}  // namespace suara::projections
