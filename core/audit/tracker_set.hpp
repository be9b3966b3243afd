#pragma once
#include <unordered_map>

#include "core/audit/findings.hpp"

namespace suara::audit {

// Every ballot's tracker with its entry, kept apart from the election's own state: two voters who were given one
// receipt could not tell that one ballot stands for both.
class TrackerSet {
 public:
  // The SHA-256 of the ballot's text.
  void take(Seq entry, const Hash& tracker, Findings& findings);

 private:
  std::unordered_map<Hash, Seq> seen_;
};

}  // namespace suara::audit
