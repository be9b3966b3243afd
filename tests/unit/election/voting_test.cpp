#include <algorithm>
#include <catch2/catch.hpp>
#include <type_traits>

#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

TEST_CASE("a voter signs in once; the second time is answered with the first entry") {
  HeldElection held;
  held.open(small_draft(), 1);
  const VerifyVoter sign_in{ballot::public_credential(held.voters[0])};
  held.must(sign_in, voter);
  const auto again = held.must(sign_in, voter);
  CHECK(again.events.empty());
  CHECK(again.repeats == held.recorded.back().seq);
  CHECK(refused(held.give(VerifyVoter{ballot::Element::generator()}, voter)) == ErrorCode::unknown_credential);
  held.must(CloseElection{}, committee);
  CHECK(refused(held.give(sign_in, voter)) == ErrorCode::wrong_phase);
}

TEST_CASE("what a sign-in costs does not grow with the roll: a credential is found among few, by its hash") {
  decltype(State::credentials) credentials;
  auto next = ballot::Element::generator();
  for (int i = 0; i < 5000; ++i, next = next * ballot::Element::generator()) credentials[next];
  std::size_t most = 0;
  for (std::size_t i = 0; i < credentials.bucket_count(); ++i) most = std::max(most, credentials.bucket_size(i));
  CHECK(most <= 16);
  STATIC_REQUIRE(std::is_same_v<decltype(State::verified)::hasher, decltype(credentials)::hasher>);
  STATIC_REQUIRE(std::is_same_v<decltype(State::last_ballot)::hasher, decltype(credentials)::hasher>);
}

TEST_CASE("a later ballot counts instead of the earlier under last-counts") {
  HeldElection held;
  held.open(small_draft(), 1);
  held.must(held.ballot_of(0, 0), voter);
  const auto second = held.ballot_of(0, 1);
  held.must(second, voter);
  CHECK(held.state.ballots == 2);
  REQUIRE(held.state.last_ballot.size() == 1);
  CHECK(held.state.last_ballot.begin()->second.tracker == second.verified.ballot().tracker);
  CHECK(held.state.last_cast == held.recorded.back().seq);
}

TEST_CASE("a second ballot is refused under the policy refused, a retry is not") {
  auto draft = small_draft();
  draft.policies.revote = RevotePolicy::refused;
  HeldElection held;
  held.open(draft, 1);
  const auto first = held.ballot_of(0, 0);
  held.must(first, voter);
  CHECK(refused(held.give(held.ballot_of(0, 1), voter)) == ErrorCode::already_voted);
  const auto retry = held.must(first, voter);
  CHECK(retry.events.empty());
  CHECK(retry.repeats == held.state.last_cast);
}

TEST_CASE("a retried ballot gets the same answer after the close, a new one is refused") {
  HeldElection held;
  held.open(small_draft(), 2);
  const auto cast = held.ballot_of(0, 0);
  const auto late = held.ballot_of(1, 0);
  held.must(cast, voter);
  const Seq seq = held.recorded.back().seq;
  held.must(CloseElection{}, committee);
  CHECK(held.must(cast, voter).repeats == seq);
  CHECK(refused(held.give(late, voter)) == ErrorCode::wrong_phase);
}

TEST_CASE("a ballot before the opening is out of phase") {
  HeldElection other;
  other.open(small_draft(), 1);
  HeldElection held;
  held.set_up(small_draft(), 1);
  CHECK(refused(held.give(other.ballot_of(0, 0), voter)) == ErrorCode::wrong_phase);
  held.seal();
  CHECK(refused(held.give(other.ballot_of(0, 0), voter)) == ErrorCode::wrong_phase);
}

TEST_CASE("a ballot of another election or a foreign credential is refused") {
  HeldElection held, other;
  held.open(small_draft(), 1);
  other.open(small_draft(), 1);  // the same uuid, other keys: another fingerprint
  CHECK(refused(held.give(other.ballot_of(0, 0), voter)) == ErrorCode::wrong_election);
  const auto stranger = crypto::SecretScalar::random();
  CHECK(refused(held.give(held.ballot_by(stranger, 0), voter)) == ErrorCode::unknown_credential);
  CHECK(held.state.ballots == 0);
}

TEST_CASE("a ciphertext that stands in the election is refused, whoever brings it") {
  HeldElection held;
  held.open(small_draft(), 2);
  const auto first = held.ballot_of(0, 0);
  held.must(first, voter);
  // A copied choice cannot carry a valid proof for another voter, so it is judged as the auditor does, from the event.
  BallotCast copied{held.ballot_of(1, 1).ballot, held.ballot_of(1, 1).verified.ballot()};
  copied.parsed.answers[0].choices[1] = first.verified.ballot().answers[0].choices[0];
  CHECK(refused(check_legal(held.state, {Seq{held.state.size}, held.now, voter, copied})) ==
        ErrorCode::repeated_ciphertext);
  copied.parsed.answers[0].choices[1] = copied.parsed.answers[0].choices[0];
  CHECK(refused(check_legal(held.state, {Seq{held.state.size}, held.now, voter, copied})) ==
        ErrorCode::repeated_ciphertext);
}

TEST_CASE("opening and closing go forward only") {
  HeldElection held;
  held.set_up(small_draft(), 1);
  CHECK(refused(held.give(OpenElection{}, committee)) == ErrorCode::wrong_phase);
  held.seal();
  CHECK(refused(held.give(CloseElection{}, committee)) == ErrorCode::wrong_phase);
  held.must(OpenElection{}, committee);
  CHECK(refused(held.give(OpenElection{}, committee)) == ErrorCode::wrong_phase);
  held.must(CloseElection{}, committee);
  CHECK(refused(held.give(CloseElection{}, committee)) == ErrorCode::wrong_phase);
  CHECK(refused(held.give(OpenElection{}, committee)) == ErrorCode::wrong_phase);
}

TEST_CASE("a clock that went back is a bug, not a command") {
  HeldElection held;
  held.draft(small_draft());
  held.now.ms -= 1000;
  CHECK_THROWS_AS(held.give(EnrolVoters{}, registrar), std::invalid_argument);
}
