#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "projections/as_of.hpp"
#include "projections/live_tally/fold.hpp"

namespace suara::ledger::mariadb {
class Pool;
}

namespace suara::projections::live_tally {

std::string_view status_name(TallyStatus status);

// `accepted` and `counted` go with the counts where there are counts, else with `as_of`.
struct Tally {
  AsOf as_of;
  TallyStatus status = TallyStatus::none;
  std::optional<Seq> through;           // the last ballot that the counts include
  std::uint64_t accepted = 0;           // ballots accepted up to it
  std::uint64_t counted = 0;            // ballots that count, one a voter
  std::optional<std::uint64_t> weight;  // of those in the counts
  std::vector<Contest> contests;        // in the draft's order; counts are null while there are none
  bool operator==(const Tally&) const = default;
};

// All from one moment. Errors: unavailable, internal.
Result<Tally> read_tally(ledger::mariadb::Pool& pool, LedgerId ledger);

}  // namespace suara::projections::live_tally
