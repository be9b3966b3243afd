#pragma once
#include <string_view>
#include <unordered_map>

#include "core/audit/findings.hpp"

namespace suara::audit {

// Every ballot's tracker with its entry, kept apart from the election's own state: two voters who were given one
// receipt could not tell that one ballot stands for both.
class TrackerSet {
 public:
  void take(Seq entry, std::string_view ballot, Findings& findings);

 private:
  std::unordered_map<Hash, Seq> seen_;
};

}  // namespace suara::audit
