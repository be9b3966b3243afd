#include "core/audit/bel_audit.hpp"

#include "core/audit/bel_pass.hpp"

namespace suara::audit {

bool looks_like_bel(std::string_view bytes) { return bytes.starts_with(std::string_view("BELENIOS\0", 9)); }

Report audit_bel(std::string_view bytes, const Options& options) {
  Findings findings;
  for (const Check check : {Check::keys, Check::checkpoint, Check::signatures, Check::tree, Check::live_tallies,
                            Check::trackers, Check::witnesses}) {
    findings.does_not_apply(check);
  }
  const auto reading = codec::read_bel_leniently(bytes);
  BelPass pass(reading, options, findings);
  pass.run();
  Report report;
  pass.describe(report);
  if (report.phase == election::Phase::closed || report.phase == election::Phase::tallied) {
    report.notes.push_back(
        "The decryption proofs of such an archive leave the ciphertext out: a trustee could have chosen its factors to "
        "fit "
        "them. The election's own ledger carries proofs that exclude this; verify it too.");
  }
  if (!report.result) report.notes.push_back("No result is published yet in this archive.");
  report.checks = findings.take();
  return report;
}

}  // namespace suara::audit
