#include "core/audit/growth.hpp"

namespace suara::audit {

void judge_growth(const SavedPosition& before, const Seen& now, Findings& findings, Report& report) {
  using Kind = Report::Contradiction::Kind;
  const std::string known = "a ledger of " + std::to_string(before.size) + " entries was verified before";
  const bool shorter = before.size > now.tree.size;
  if (shorter) {
    findings.fault(Check::tree, std::nullopt, known + "; this one is shorter: entries were taken away");
  } else if (now.root && *now.root != before.root) {
    findings.fault(Check::tree, std::nullopt,
                   known + "; this one tells another history" + (now.signed_by_ledger ? ": two were signed" : ""));
  } else {
    return;
  }
  if (now.signed_by_ledger) report.contradiction = {shorter ? Kind::rollback : Kind::fork, before.note, now.note};
}

}  // namespace suara::audit
