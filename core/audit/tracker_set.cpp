#include "core/audit/tracker_set.hpp"

#include "core/crypto/encoding.hpp"

namespace suara::audit {

void TrackerSet::take(Seq entry, const Hash& tracker, Findings& findings) {
  findings.count(Check::trackers);
  const auto [known, fresh] = seen_.emplace(tracker, entry);
  if (fresh) return;
  findings.fault(Check::trackers, entry,
                 "has the tracker " + crypto::to_base64_unpadded(tracker.view()) + ", as entry " +
                     std::to_string(known->second.value) + " has");
}

}  // namespace suara::audit
