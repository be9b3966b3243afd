#pragma once
#include <optional>
#include <string>

#include "core/audit/findings.hpp"
#include "core/audit/saved_state.hpp"
#include "core/log/checkpoint.hpp"

namespace suara::audit {

// What this audit saw of the ledger, to be held against what an earlier one saw.
struct Seen {
  const log::Checkpoint& tree;
  const std::string& note;
  bool signed_by_ledger = false;  // by a key that is known to be the ledger's
  std::optional<Hash> root;       // for the size that was seen before; none: unknown
};

// Is this the ledger that the earlier audit saw, grown? A contradiction is called so only where the ledger's key
// signed both sides: a damaged copy proves nothing against who keeps the ledger.
void judge_growth(const SavedPosition& before, const Seen& now, Findings& findings, Report& report);

}  // namespace suara::audit
