#include "core/audit/tracker_set.hpp"

#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"

namespace suara::audit {

void TrackerSet::take(Seq entry, std::string_view ballot, Findings& findings) {
  findings.count(Check::trackers);
  const Hash tracker = crypto::sha256(ballot);
  const auto [known, fresh] = seen_.emplace(tracker, entry);
  if (fresh) return;
  findings.fault(Check::trackers, entry,
                 "has the tracker " + crypto::to_base64_unpadded(tracker.view()) + ", as entry " +
                     std::to_string(known->second.value) + " has");
}

}  // namespace suara::audit
