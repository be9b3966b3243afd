#include <catch2/catch.hpp>

#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

TEST_CASE("a draft is revised as long as the election is one; the last one holds") {
  HeldElection held;
  held.draft(small_draft());
  auto draft = two_place_draft();
  draft.name = "Ketua OSIS 2026";
  const auto drafted_at = held.state.summary.drafted_at;
  held.must(ReviseDraft{draft}, committee);
  CHECK(type_name(held.recorded.back().event) == "ElectionDrafted");
  CHECK(held.state.summary.draft == draft);
  CHECK(held.state.summary.drafted_at == drafted_at);
  held.must(held.new_trustee_key(), trustee);
  held.enrol(1);
  held.seal();
  CHECK(held.sealed().name == "Ketua OSIS 2026");
  CHECK(refused(held.give(ReviseDraft{draft}, committee)) == ErrorCode::wrong_phase);
}

TEST_CASE("a revised draft is judged like the first") {
  HeldElection held;
  CHECK(refused(held.give(ReviseDraft{small_draft()}, committee)) == ErrorCode::wrong_phase);
  held.draft(small_draft());
  auto draft = small_draft();
  draft.name.clear();
  CHECK(refused(held.give(ReviseDraft{draft}, committee)) == ErrorCode::invalid_draft);
  CHECK(refused(held.give(ReviseDraft{small_draft()}, registrar)) == ErrorCode::not_permitted);
}

TEST_CASE("a revision of a draft that another revision has replaced is refused") {
  HeldElection held;
  held.draft(small_draft());
  const Seq read = held.state.summary.draft_entry;
  CHECK(type_name(held.recorded.at(read.value).event) == "ElectionDrafted");
  auto mine = small_draft();
  mine.name = "Ketua OSIS 2026";
  held.must(ReviseDraft{small_draft(), read}, committee);
  const Seq later = held.state.summary.draft_entry;
  CHECK(later == held.recorded.back().seq);
  CHECK(refused(held.give(ReviseDraft{mine, read}, committee)) == ErrorCode::draft_changed);
  CHECK(held.state.summary.draft_entry == later);
  held.must(ReviseDraft{mine, later}, committee);
  CHECK(held.state.summary.draft == mine);
}

TEST_CASE("a place with voters or credentials stays in the draft") {
  HeldElection held;
  held.draft(two_place_draft());
  held.must(EnrolVoters{{{HeldElection::commitment_of(0), tps2}}}, registrar);
  CHECK(refused(held.give(ReviseDraft{small_draft()}, committee)) == ErrorCode::conflict);
  held.must(RemoveVoter{HeldElection::commitment_of(0), "Pindah"}, registrar);
  held.must(ReviseDraft{small_draft()}, committee);
}

TEST_CASE("what published keys rest on stays") {
  auto draft = small_draft();
  draft.trustees = 2;
  HeldElection held;
  held.draft(draft);
  auto changed = draft;
  changed.threshold = Threshold{2, 3};
  held.must(ReviseDraft{changed}, committee);  // no key yet
  held.must(held.new_certificate(), trustee);
  CHECK(refused(held.give(ReviseDraft{draft}, committee)) == ErrorCode::conflict);
  held.must(RestartCeremony{"Ulang"}, committee);
  held.must(ReviseDraft{draft}, committee);
  held.must(held.new_trustee_key(), trustee);
  held.must(held.new_trustee_key(), trustee);
  auto live = small_draft(TallyPolicy::live);
  CHECK(refused(held.give(ReviseDraft{live}, committee)) == ErrorCode::conflict);
  auto fewer = draft;
  fewer.trustees = 1;
  CHECK(refused(held.give(ReviseDraft{fewer}, committee)) == ErrorCode::conflict);
  auto more = draft;
  more.trustees = 3;
  held.must(ReviseDraft{more}, committee);
}

TEST_CASE("approval by two is not taken back by one") {
  auto draft = small_draft();
  HeldElection held;
  held.draft(draft);
  draft.policies.approval = ApprovalPolicy::two;
  held.must(ReviseDraft{draft}, committee);
  CHECK(refused(held.give(ReviseDraft{small_draft()}, committee)) == ErrorCode::conflict);
}
