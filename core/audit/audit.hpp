#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/audit/report.hpp"
#include "core/audit/source.hpp"

// Verifies a whole ledger from its published bytes: nothing is believed that can be computed. Memory grows with the
// number of ballots (about 1 KB each), not with the bytes of the ledger.
namespace suara::audit {

using Task = std::function<void(std::size_t)>;
inline void one_by_one(std::size_t n, const Task& task) {
  for (std::size_t i = 0; i < n; ++i) task(i);
}

struct Options {
  std::optional<std::string> pinned_key;  // verifier key text
  // Runs task(0) .. task(n-1), in any order, possibly at once, and returns when all are done. Core starts no threads.
  std::function<void(std::size_t n, const Task& task)> parallel = one_by_one;
  // What an audit of this ledger left behind (saved_state.hpp); empty: all is looked at.
  std::string_view go_on_from{};
  // Takes what this audit leaves behind, where it found no fault; null: nothing is kept.
  std::string* leave_behind = nullptr;
  // Told now and then how many of `size` entries are done.
  std::function<void(std::uint64_t done, std::uint64_t size)> progress;
};

// Errors: only where there is nothing to judge: no checkpoint or keys.json can be read at all (not_found, malformed,
// too_large, unavailable), or the pinned key is not a verifier key (malformed), or what the audit shall go on from is
// no saved state of this ledger (malformed, integrity, wrong_election). Everything else is in the report.
Result<Report> audit_bundle(Source& source, const Options& options);

}  // namespace suara::audit
