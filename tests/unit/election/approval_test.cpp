#include <catch2/catch.hpp>

#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

namespace {

Draft two_members() {
  auto draft = small_draft();
  draft.policies.approval = ApprovalPolicy::two;
  return draft;
}

// Up to the opening; each step that needs two is proposed by ani and taken by budi.
struct Opened : HeldElection {
  Opened() {
    set_up(two_members(), 2);
    must(ProposeStep{Step::seal, ""}, committee);
    must(codec::seal_command(state).value(), budi);
    must(OpenElection{}, committee);
  }
};

}  // namespace

TEST_CASE("under approval by two a step takes a proposal and another member") {
  HeldElection held;
  held.set_up(two_members(), 1);
  const auto seal = codec::seal_command(held.state).value();
  CHECK(refused(held.give(seal, committee)) == ErrorCode::approval_needed);
  held.must(ProposeStep{Step::seal, "Daftar lengkap"}, committee);
  CHECK(refused(held.give(seal, committee)) == ErrorCode::approval_needed);
  CHECK(refused(held.give(seal, administrator)) == ErrorCode::approval_needed);
  CHECK(held.state.summary.proposals.at(Step::seal).reason == "Daftar lengkap");
  held.must(seal, budi);
  CHECK(held.state.summary.proposals.empty());
  held.must(OpenElection{}, committee);  // opening needs one
}

TEST_CASE("an administrator may propose, a member of the committee does it; the same login may not do both") {
  HeldElection held;
  held.set_up(two_members(), 1);
  held.must(ProposeStep{Step::seal, ""}, administrator);
  const auto seal = codec::seal_command(held.state).value();
  CHECK(refused(held.give(seal, Actor{Role::committee, "adi"})) == ErrorCode::approval_needed);
  held.must(seal, committee);
}

TEST_CASE("a proposal to seal is void when the setup changes after it") {
  HeldElection held;
  held.set_up(two_members(), 1);
  const auto void_after = [&](auto&& change) {
    held.must(ProposeStep{Step::seal, ""}, committee);
    change();
    return held.state.summary.proposals.empty();
  };
  CHECK(void_after([&] { held.enrol(1); }));
  CHECK(void_after([&] { held.import_reserve(1); }));
  CHECK(void_after([&] {
    auto draft = two_members();
    draft.description = "Lain";
    held.must(ReviseDraft{draft}, committee);
  }));
  CHECK(void_after([&] { held.must(WithdrawCredentials{"Salah cetak"}, committee); }));
  CHECK(void_after([&] { held.must(RemoveVoter{HeldElection::commitment_of(0), "Pindah"}, committee); }));
  held.must(ProposeStep{Step::seal, ""}, committee);
  held.must(EnrolDevice{"bilik001", "Bilik 1", PlaceId{"tps-1"}}, committee);
  CHECK(held.state.summary.proposals.contains(Step::seal));
}

TEST_CASE("one open proposal a step, in the phase of the step, withdrawn by anyone who may propose") {
  Opened held;
  CHECK(refused(held.give(ProposeStep{Step::seal, ""}, committee)) == ErrorCode::wrong_phase);
  CHECK(refused(held.give(ProposeStep{Step::certify, ""}, committee)) == ErrorCode::wrong_phase);
  held.must(ProposeStep{Step::close, ""}, committee);
  CHECK(refused(held.give(ProposeStep{Step::close, "Lagi"}, budi)) == ErrorCode::conflict);
  held.must(ProposeStep{Step::cancel, "Listrik padam"}, budi);
  held.must(WithdrawProposal{Step::close}, budi);
  CHECK(refused(held.give(WithdrawProposal{Step::close}, budi)) == ErrorCode::conflict);
  CHECK(refused(held.give(CloseElection{}, budi)) == ErrorCode::approval_needed);
}

TEST_CASE("a proposal says why where the step takes something away, and names an entry only for a correction") {
  Opened held;
  CHECK(refused(held.give(ProposeStep{Step::cancel, ""}, committee)) == ErrorCode::malformed);
  CHECK(refused(held.give(ProposeStep{Step::correct, "", Seq{3}}, committee)) == ErrorCode::malformed);
  CHECK(refused(held.give(ProposeStep{Step::correct, "Salah"}, committee)) == ErrorCode::malformed);
  CHECK(refused(held.give(ProposeStep{Step::close, "", Seq{3}}, committee)) == ErrorCode::malformed);
  CHECK(refused(held.give(ProposeStep{Step::close, std::string(501, 'a')}, committee)) == ErrorCode::malformed);
  CHECK(refused(held.give(ProposeStep{Step::correct, "Salah", Seq{held.state.size}}, committee)) ==
        ErrorCode::not_found);
  held.must(ProposeStep{Step::close, std::string(500, 'a')}, committee);
}

TEST_CASE("cancelling and correcting under two say what was proposed") {
  Opened held;
  held.must(ProposeStep{Step::correct, "Salah catat", Seq{3}}, committee);
  CHECK(refused(held.give(RecordCorrection{Seq{4}, ""}, budi)) == ErrorCode::conflict);
  CHECK(refused(held.give(RecordCorrection{Seq{3}, "Lain"}, budi)) == ErrorCode::conflict);
  held.must(RecordCorrection{{}, ""}, budi);
  const auto correction = std::get<CorrectionRecorded>(held.recorded.back().event);
  CHECK(correction.entry == Seq{3});
  CHECK(correction.reason == "Salah catat");
  held.must(ProposeStep{Step::cancel, "Listrik padam"}, committee);
  CHECK(refused(held.give(CancelElection{"Lain"}, budi)) == ErrorCode::conflict);
  held.must(CancelElection{""}, budi);
  CHECK(held.state.summary.cancel_reason == "Listrik padam");
  CHECK(held.state.summary.phase == Phase::cancelled);
}

TEST_CASE("a whole election by two members") {
  Opened held;
  held.must(held.ballot_of(0, 0), voter);
  held.must(ProposeStep{Step::close, ""}, budi);
  held.must(CloseElection{}, committee);
  CHECK(held.state.summary.proposals.empty());
  held.must(codec::tally_command(held.sum()), service);
  held.must(held.decryption(1), trustee);
  held.must(codec::result_command(held.state).value(), committee);
  CHECK(refused(held.give(CertifyResult{}, committee)) == ErrorCode::approval_needed);
  held.must(ProposeStep{Step::certify, ""}, committee);
  held.must(CertifyResult{}, budi);
  CHECK(held.state.summary.phase == Phase::certified);
  CHECK(held.state.summary.proposals.empty());
}

TEST_CASE("under approval by one nothing is proposed") {
  HeldElection held;
  held.set_up(small_draft(), 1);
  CHECK(refused(held.give(ProposeStep{Step::seal, ""}, committee)) == ErrorCode::conflict);
  CHECK(refused(held.give(WithdrawProposal{Step::seal}, committee)) == ErrorCode::conflict);
  held.seal();
}

TEST_CASE("an election is cancelled before its end, with a reason, and nothing but notes follows") {
  HeldElection held;
  held.open(small_draft(), 1);
  CHECK(refused(held.give(CancelElection{""}, committee)) == ErrorCode::malformed);
  held.must(CancelElection{"Banjir"}, committee);
  CHECK(held.state.summary.cancelled_at == held.recorded.back().time);
  CHECK(refused(held.give(held.ballot_of(0, 0), voter)) == ErrorCode::wrong_phase);
  CHECK(refused(held.give(CloseElection{}, committee)) == ErrorCode::wrong_phase);
  CHECK(refused(held.give(CancelElection{"Lagi"}, committee)) == ErrorCode::wrong_phase);
  CHECK(refused(held.give(AppointOfficial{{"rudi", Role::registrar}}, administrator)) == ErrorCode::wrong_phase);
  held.must(NoteIncident{"Dibatalkan karena banjir", {}}, supervisor);
  held.must(RecordCorrection{Seq{1}, "Nama salah eja"}, committee);

  HeldElection certified;
  certified.open(small_draft(), 1);
  certified.finish();
  CHECK(refused(certified.give(CancelElection{"Terlambat"}, committee)) == ErrorCode::wrong_phase);
}

TEST_CASE("a correction names an existing entry and says why") {
  HeldElection held;
  held.draft(small_draft());
  CHECK(refused(held.give(RecordCorrection{Seq{1}, ""}, committee)) == ErrorCode::malformed);
  CHECK(refused(held.give(RecordCorrection{{}, "Salah"}, committee)) == ErrorCode::malformed);
  CHECK(refused(held.give(RecordCorrection{Seq{2}, "Salah"}, committee)) == ErrorCode::not_found);
  held.must(RecordCorrection{Seq{1}, "Salah"}, committee);
  held.must(RecordCorrection{Seq{1}, "Masih salah"}, committee);  // a note may be added to
}
