#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "projections/as_of.hpp"

namespace suara::ledger::mariadb {
class Pool;
}

namespace suara::projections::live_tally {

// none: nothing is counted yet; sealed: the policy shows no counts before the close; preliminary: a live tally;
// tallied: the published result; certified: the same, certified.
enum class TallyStatus : std::uint8_t { none, sealed, preliminary, tallied, certified };
std::string_view status_name(TallyStatus status);

struct CandidateCount {
  std::uint32_t number = 0;
  std::string name;
  std::optional<std::uint64_t> count;
  bool operator==(const CandidateCount&) const = default;
};

struct ContestCount {
  std::string question;
  std::vector<CandidateCount> candidates;  // in the draft's order
  bool operator==(const ContestCount&) const = default;
};

// `accepted` and `counted` go with the counts where there are counts, else with `as_of`.
struct Tally {
  AsOf as_of;
  TallyStatus status = TallyStatus::none;
  std::optional<Seq> through;  // the last ballot that the counts include
  std::uint64_t accepted = 0;  // ballots accepted up to it
  std::uint64_t counted = 0;   // ballots that count, one a voter
  std::vector<ContestCount> contests;
  bool operator==(const Tally&) const = default;
};

// All from one moment. Errors: unavailable, internal.
Result<Tally> read_tally(ledger::mariadb::Pool& pool, LedgerId ledger);

}  // namespace suara::projections::live_tally
