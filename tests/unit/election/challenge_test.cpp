#include <catch2/catch.hpp>

#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

TEST_CASE("a challenged ballot is recorded, never counts, and can never be cast") {
  HeldElection held;
  held.open(small_draft(), 2);
  const auto tested = held.ballot_of(0, 0);
  held.must(HeldElection::challenge(tested), voter);
  CHECK(held.state.challenged.contains(tested.verified.ballot().tracker));
  CHECK(held.state.ballots == 0);
  CHECK(held.state.last_ballot.empty());
  CHECK(held.state.trackers.empty());
  CHECK(held.state.ciphertexts.size() == 2);
  const auto cast = held.give(tested, voter);
  REQUIRE(!cast);
  CHECK(cast.error().code == ErrorCode::conflict);
  CHECK(cast.error().detail.find("was challenged") != std::string::npos);

  const auto counted = held.ballot_of(0, 1);
  held.must(counted, voter);
  CHECK(refused(held.give(HeldElection::challenge(counted), voter)) == ErrorCode::conflict);
  held.finish();
  CHECK(held.state.summary.result->counts == ballot::Counts{{0, 1}});
}

TEST_CASE("the same challenge again is answered with the first entry, after the close too") {
  HeldElection held;
  held.open(small_draft(), 1);
  const auto challenge = HeldElection::challenge(held.ballot_of(0, 0));
  held.must(challenge, voter);
  const Seq seq = held.recorded.back().seq;
  CHECK(held.must(challenge, voter).repeats == seq);
  CHECK(held.state.challenges.begin()->second == 1);
  held.must(CloseElection{}, committee);
  CHECK(held.must(challenge, voter).repeats == seq);
  CHECK(refused(held.give(HeldElection::challenge(held.ballot_of(0, 1)), voter)) == ErrorCode::wrong_phase);
}

TEST_CASE("a challenged ballot passes the checks of a castable one") {
  HeldElection held, other;
  held.open(small_draft(), 1);
  other.open(small_draft(), 1);
  CHECK(refused(held.give(HeldElection::challenge(other.ballot_of(0, 0)), voter)) == ErrorCode::wrong_election);
  const auto stranger = crypto::SecretScalar::random();
  CHECK(refused(held.give(HeldElection::challenge(held.ballot_by(stranger, 0)), voter)) ==
        ErrorCode::unknown_credential);
  const auto tested = held.ballot_of(0, 0);
  held.must(HeldElection::challenge(tested), voter);
  // The same ciphertexts, signed again: cast or challenged, they are used up.
  BallotCast copied{tested.ballot, tested.verified.ballot()};
  copied.parsed.tracker.bytes[0] ^= 1;
  const auto judged = [&](const Event& event) {
    return refused(check_legal(held.state, {Seq{held.state.size}, held.now, voter, event}));
  };
  CHECK(judged(copied) == ErrorCode::repeated_ciphertext);
  CHECK(judged(BallotChallenged{copied.ballot, copied.parsed}) == ErrorCode::repeated_ciphertext);
  CHECK(judged(BallotChallenged{tested.ballot, tested.verified.ballot()}) == ErrorCode::conflict);
  CHECK(judged(BallotCast{tested.ballot, tested.verified.ballot()}) == ErrorCode::conflict);
}

TEST_CASE("a credential may challenge ten ballots and then still cast") {
  HeldElection held;
  held.open(small_draft(), 2);
  for (std::uint32_t i = 0; i < max_challenges; ++i) {
    held.must(HeldElection::challenge(held.ballot_of(0, i % 2)), voter);
  }
  CHECK(refused(held.give(HeldElection::challenge(held.ballot_of(0, 0)), voter)) == ErrorCode::conflict);
  held.must(HeldElection::challenge(held.ballot_of(1, 0)), voter);
  held.must(held.ballot_of(0, 0), voter);
}

TEST_CASE("challenges leave live batches alone") {
  HeldElection held;
  held.open(small_draft(TallyPolicy::live), 2);
  held.must(HeldElection::challenge(held.ballot_of(0, 0)), voter);
  held.must(HeldElection::challenge(held.ballot_of(1, 0)), voter);
  CHECK(held.state.live_batch.voters() == 0);
  held.must(held.ballot_of(0, 0), voter);
  const auto last = held.state.last_cast;
  held.must(held.ballot_of(1, 1), voter);
  held.must(HeldElection::challenge(held.ballot_of(1, 0)), voter);
  CHECK(held.state.last_cast.value == last.value + 1);
  held.must(held.live_tally(), service);
  CHECK(held.state.summary.live->counts == ballot::Counts{{1, 1}});
}

TEST_CASE("a ballot may be challenged after voting, also where one vote is all there is") {
  auto draft = small_draft();
  draft.policies.revote = RevotePolicy::refused;
  HeldElection held;
  held.open(draft, 1);
  held.must(held.ballot_of(0, 0), voter);
  held.must(HeldElection::challenge(held.ballot_of(0, 1)), voter);
  CHECK(refused(held.give(held.ballot_of(0, 1), voter)) == ErrorCode::already_voted);
}
