#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/audit/source.hpp"
#include "core/base/result.hpp"
#include "core/log/checkpoint.hpp"

namespace suara::verify {

// Two bundles of one ledger, held against each other by their trees.
struct Comparison {
  enum class Is {
    same,
    first_is_older,   // the second continues it
    second_is_older,  // the first continues it
    fork              // both are signed by the ledger's key, and they tell different histories
  };
  Is is = Is::same;
  log::Checkpoint first, second;
  std::string first_note, second_note;      // as signed; of a fork, the evidence
  std::optional<std::uint64_t> differs_at;  // of a fork: the first entry that differs
};

// Each bundle is judged by its own keys.json, and both must have the ledger's first key in common. Errors: the
// sources', those of LogReader; wrong_election (two ledgers, or no key in common).
Result<Comparison> compare(audit::Source& first, audit::Source& second);

std::string comparison_text(const Comparison& comparison);
std::string comparison_json(const Comparison& comparison);

}  // namespace suara::verify
