#pragma once
#include <span>
#include <unordered_map>

#include "core/base/bytes.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace suara::ledger::mariadb {
class Pool;
}

namespace suara::projections::attendance {

// Where and when an officer marked a voter as present.
struct Attended {
  Seq seq;  // of the VoterVerified
  Timestamp time;
  PlaceId place;
  bool operator==(const Attended&) const = default;
};

// Of these voters those who are marked, by commitment; an attendance that was corrected away does not count. As of the
// projection's position, which may be a moment behind the ledger. Errors: unavailable, internal.
Result<std::unordered_map<Hash, Attended>> attended(ledger::mariadb::Pool& pool, LedgerId ledger,
                                                    std::span<const Hash> commitments);

}  // namespace suara::projections::attendance
