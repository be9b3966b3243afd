#include "core/ballot/verify.hpp"

#include <catch2/catch.hpp>

#include "core/codec/belenios.hpp"
#include "tests/support/sample_ballot.hpp"

using namespace suara;
using namespace suara::ballot;
using crypto::SecretScalar;
using test::make_ballot;
using test::make_election;
using test::make_question;
using test::resigned;

namespace {

struct VerifyFixture {
  test::SampleElection sample = make_election({make_question(4, 1, 1)});
  const Election& election = sample.election;
  SecretScalar secret = SecretScalar::random();
  Ballot ballot = make_ballot(election, secret, {{0, 1, 0, 0}});
};

std::optional<ErrorCode> refusal(const Election& election, Ballot ballot) {
  const auto result = verify(election, std::move(ballot));
  if (result) return std::nullopt;
  CHECK_FALSE(result.error().detail.empty());
  return result.error().code;
}

}  // namespace

TEST_CASE_METHOD(VerifyFixture, "a good ballot verifies and is handed on unchanged") {
  const auto verified = verify(election, ballot);
  REQUIRE(verified);
  CHECK(verified->ballot().tracker == ballot.tracker);
  CHECK(verified->ballot().answers == ballot.answers);
}

TEST_CASE_METHOD(VerifyFixture, "a ballot of another election is refused") {
  const auto other = make_election({make_question(4, 1, 1)}, 1, "ucSijHEHGk8LHH");
  CHECK(refusal(other.election, ballot) == ErrorCode::wrong_election);
  // The right uuid with another election's fingerprint, and the other way round.
  const auto changed = make_election({make_question(4, 1, 1)});
  CHECK(refusal(changed.election, ballot) == ErrorCode::wrong_election);
  auto moved = ballot;
  moved.election_uuid = other.election.uuid;
  CHECK(refusal(election, resigned(moved, secret)) == ErrorCode::wrong_election);
  moved = ballot;
  moved.election_hash = other.election.fingerprint;
  CHECK(refusal(election, resigned(moved, secret)) == ErrorCode::wrong_election);
}

TEST_CASE_METHOD(VerifyFixture, "a proof made for another election's fingerprint is refused") {
  // The whole ballot is relabelled and signed again, so that only the proofs can tell.
  const auto other = make_election({make_question(4, 1, 1)});
  auto elsewhere = other.election;
  elsewhere.public_key = election.public_key;
  auto copied = make_ballot(elsewhere, secret, {{0, 1, 0, 0}});
  copied.election_hash = election.fingerprint;
  CHECK(refusal(election, resigned(copied, secret)) == ErrorCode::invalid_proof);
}

TEST_CASE_METHOD(VerifyFixture, "choices outside the election's rules cannot be encrypted") {
  for (const auto& choices : std::vector<std::vector<std::vector<unsigned>>>{{{1, 1, 0, 0}},
                                                                             {{0, 0, 0, 0}},
                                                                             {{0, 2, 0, 0}},
                                                                             {{1, 0, 0}},
                                                                             {{1, 0, 0, 0, 0}},
                                                                             {},
                                                                             {{1, 0, 0, 0}, {1, 0, 0, 0}}}) {
    const auto encrypted = encrypt(election, secret, choices);
    REQUIRE_FALSE(encrypted);
    CHECK(encrypted.error().code == ErrorCode::wrong_choices);
  }
}

TEST_CASE_METHOD(VerifyFixture, "a ballot of another shape is refused") {
  auto shaped = ballot;
  shaped.answers.push_back(ballot.answers[0]);
  CHECK(refusal(election, resigned(shaped, secret)) == ErrorCode::wrong_choices);
  shaped = ballot;
  shaped.answers.clear();
  CHECK(refusal(election, resigned(shaped, secret)) == ErrorCode::wrong_choices);
  shaped = ballot;
  shaped.answers[0].choices.pop_back();
  CHECK(refusal(election, resigned(shaped, secret)) == ErrorCode::wrong_choices);
  shaped = ballot;
  shaped.answers[0].individual_proofs.pop_back();
  CHECK(refusal(election, resigned(shaped, secret)) == ErrorCode::wrong_choices);
  shaped = ballot;
  shaped.answers[0].individual_proofs[2].pop_back();
  CHECK(refusal(election, resigned(shaped, secret)) == ErrorCode::wrong_choices);
  shaped = ballot;
  shaped.answers[0].overall_proof.clear();
  CHECK(refusal(election, resigned(shaped, secret)) == ErrorCode::wrong_choices);
  shaped = ballot;
  shaped.answers[0].overall_proof.push_back(ballot.answers[0].overall_proof[0]);
  CHECK(refusal(election, resigned(shaped, secret)) == ErrorCode::wrong_choices);
}

TEST_CASE_METHOD(VerifyFixture, "too many marks cannot be passed off with proofs of a laxer election") {
  // The same key and questions, but up to 4 marks: each choice is honest, the overall proof has the wrong range.
  auto lax = election;
  lax.questions[0].max = 2;
  auto stuffed = make_ballot(lax, secret, {{1, 1, 0, 0}});
  CHECK(refusal(election, stuffed) == ErrorCode::wrong_choices);
  stuffed.answers[0].overall_proof.pop_back();
  CHECK(refusal(election, resigned(stuffed, secret)) == ErrorCode::invalid_proof);
  // Exactly two marks, proved as such: the proof has the right shape and the wrong number.
  lax.questions[0].min = 2;
  CHECK(refusal(election, make_ballot(lax, secret, {{1, 1, 0, 0}})) == ErrorCode::invalid_proof);
}

TEST_CASE_METHOD(VerifyFixture, "a ciphertext that stands twice in one ballot is refused") {
  auto doubled = ballot;
  doubled.answers[0].choices[1] = doubled.answers[0].choices[0];
  CHECK(refusal(election, resigned(doubled, secret)) == ErrorCode::repeated_ciphertext);
}

TEST_CASE_METHOD(VerifyFixture, "another voter's ballot cannot be cast under one's own credential") {
  const auto thief = SecretScalar::random();
  auto stolen = ballot;
  stolen.credential = crypto::g_pow(thief.expose());
  CHECK(refusal(election, resigned(stolen, thief)) == ErrorCode::invalid_proof);
}

TEST_CASE_METHOD(VerifyFixture, "the signature must be of these bytes by this credential") {
  auto forged = resigned(ballot, SecretScalar::random());
  CHECK(refusal(election, forged) == ErrorCode::invalid_signature);
  const auto second = make_ballot(election, secret, {{0, 1, 0, 0}});
  forged = ballot;
  forged.signature = second.signature;
  CHECK(refusal(election, codec::read_ballot(codec::write_ballot(forged)).value()) == ErrorCode::invalid_signature);
  // A signature under the identity "credential" would verify for anyone who makes it.
  forged = ballot;
  forged.credential = Element::identity();
  forged.signature.hash = forged.unsigned_hash;
  CHECK(refusal(election, forged) == ErrorCode::invalid_signature);
}

TEST_CASE("several questions are checked each against its own rules") {
  const auto sample = make_election({make_question(3, 0, 2), make_question(2, 1, 2), make_question(1, 0, 0)});
  const auto secret = SecretScalar::random();
  const auto ballot = make_ballot(sample.election, secret, {{0, 0, 0}, {1, 1}, {0}});
  CHECK(verify(sample.election, ballot));
  auto swapped = ballot;
  std::swap(swapped.answers[0].overall_proof[0], swapped.answers[0].overall_proof[1]);
  CHECK(refusal(sample.election, resigned(swapped, secret)) == ErrorCode::invalid_proof);
}
