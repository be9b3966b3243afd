#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include "core/audit/audit.hpp"
#include "core/audit/saved_state.hpp"
#include "tests/property/election/random_life.hpp"
#include "tests/support/paper_ledger.hpp"

using namespace suara;
using namespace suara::test;

namespace {

election::Draft any_draft() {
  using namespace election;
  auto draft = small_draft(*rc::gen::element(TallyPolicy::live, TallyPolicy::sealed));
  draft.places.push_back({PlaceId{"tps-2"}, "TPS 2"});
  draft.policies.revote = *rc::gen::element(RevotePolicy::last_counts, RevotePolicy::refused);
  draft.policies.verification = *rc::gen::element(VerificationPolicy::online, VerificationPolicy::both);
  draft.policies.approval = *rc::gen::element(ApprovalPolicy::single, ApprovalPolicy::two);
  return draft;
}

// Notes before, between and after the steps of an election, so that its ledger is longer than one bundle.
std::vector<election::Recorded> any_ledger(const LedgerSigner& signer) {
  RandomLife life(any_draft(), RandomLife::staff());
  const int steps = any_of(20, 120);
  const int notes_at = any_of(1, steps);
  const int notes = any_of(200, 500);
  for (int i = 0; i < steps; ++i) {
    life.step();
    if (i != notes_at || life.held.state.size == 0) continue;
    // Refused where the supervisor was dismissed: then the ledger stays short.
    for (int n = 0; n < notes; ++n) life.held.give(election::NoteIncident{"Antre", {}}, supervisor);
  }
  auto recorded = life.held.recorded;
  if (recorded.empty()) return recorded;
  std::get<election::LedgerOpened>(recorded.front().event).key = log::verifier_key_text(signer.key());
  return recorded;
}

struct Run {
  audit::Report report;
  std::string left;
};

Run run(MemorySource source, const std::string& earlier = "") {
  Run out;
  audit::Options options;
  options.go_on_from = earlier;
  options.leave_behind = &out.left;
  out.report = audit::audit_bundle(source, options).value();
  return out;
}

void same(const audit::Report& a, const audit::Report& b) {
  for (std::size_t i = 0; i < audit::check_count; ++i) {
    RC_ASSERT(a.checks[i].count == b.checks[i].count);
    RC_ASSERT(a.checks[i].faults == b.checks[i].faults);
  }
  RC_ASSERT(a.phase == b.phase);
  RC_ASSERT(a.ballots == b.ballots);
  RC_ASSERT(a.counted == b.counted);
  RC_ASSERT(a.weight == b.weight);
  RC_ASSERT(a.fingerprint == b.fingerprint);
  RC_ASSERT(a.result == b.result);
  RC_ASSERT(a.notes == b.notes);
}

}  // namespace

TEST_CASE("any ledger cut anywhere") {
  rc::prop("is found by an audit that goes on as by one of the whole", [] {
    const LedgerSigner signer;
    const auto texts = texts_of(any_ledger(signer));
    RC_PRE(texts.size() > 1);
    const auto whole = run(signer.seal(texts));
    RC_ASSERT(whole.report.verified());
    const auto size = any_of<std::size_t>(1, texts.size() + 1);
    const auto cut = texts.begin() + static_cast<std::ptrdiff_t>(size);
    const auto before = run(signer.seal({texts.begin(), cut}));
    RC_ASSERT(before.report.verified());
    const auto after = run(signer.seal(texts), before.left);
    RC_CLASSIFY(after.report.recalled > 0, "recalled something");
    RC_CLASSIFY(after.report.recalled > 0 && after.report.ballots > 0, "recalled in an election with ballots");
    RC_ASSERT(after.report.recalled == size / 256 * 256);
    same(after.report, whole.report);
    RC_ASSERT(after.left == whole.left);
  });
}
