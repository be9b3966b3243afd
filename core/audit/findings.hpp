#pragma once
#include <string>

#include "core/audit/report.hpp"

namespace suara::audit {

// Collects what the checks find: counts, and of each check the first fault.
class Findings {
 public:
  Findings();
  void count(Check check, std::uint64_t n = 1) { at(check).count += n; }
  void fault(Check check, std::optional<Seq> entry, std::string what);
  void does_not_apply(Check check) { at(check).applies = false; }
  bool clean(Check check) const { return checks_[static_cast<std::size_t>(check)].faults == 0; }
  std::vector<CheckResult> take() { return std::move(checks_); }

 private:
  CheckResult& at(Check check) { return checks_[static_cast<std::size_t>(check)]; }
  std::vector<CheckResult> checks_;
};

}  // namespace suara::audit
