#include <catch2/catch.hpp>
#include <functional>

#include "core/ballot/tally.hpp"
#include "core/ballot/verify.hpp"
#include "core/codec/belenios.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/sample_ballot.hpp"

using namespace suara;
using namespace suara::ballot;
using crypto::SecretScalar;
using test::refused;

namespace {

using Marks = std::vector<std::vector<unsigned>>;

Question with_blank(std::size_t answers, std::uint32_t min, std::uint32_t max) {
  auto question = test::make_question(answers, min, max);
  question.blank = true;
  return question;
}

struct BlankFixture {
  test::SampleElection sample = test::make_election({with_blank(3, 1, 2), test::make_question(2, 0, 1)});
  const Election& election = sample.election;
  SecretScalar secret = SecretScalar::random();

  Ballot made(const Marks& marks) { return test::make_ballot(election, secret, marks); }
  std::optional<ErrorCode> encrypts(const Marks& marks) { return refused(encrypt(election, secret, marks)); }
  std::optional<ErrorCode> changed(const Marks& marks, const std::function<void(Ballot&)>& change) {
    Ballot ballot = made(marks);
    change(ballot);
    return refused(verify(election, test::resigned(std::move(ballot), secret)));
  }
};

const Marks blank{{1, 0, 0, 0}, {0, 0}};
const Marks one{{0, 0, 1, 0}, {1, 0}};
const Marks two{{0, 1, 1, 0}, {0, 1}};

}  // namespace

TEST_CASE_METHOD(BlankFixture, "blank votes and others verify") {
  for (const auto& marks : {blank, one, two}) {
    const auto ballot = made(marks);
    CHECK(ballot.answers[0].choices.size() == 4);
    CHECK(ballot.answers[0].overall_proof.size() == 3);
    CHECK(ballot.answers[0].blank_proof.size() == 2);
    CHECK(ballot.answers[1].blank_proof.empty());
    CHECK(verify(election, ballot));
  }
}

TEST_CASE_METHOD(BlankFixture, "a blank vote takes no mark beside it, and a ballot without one its number of marks") {
  CHECK(encrypts({{1, 1, 0, 0}, {0, 0}}) == ErrorCode::wrong_choices);
  CHECK(encrypts({{0, 0, 0, 0}, {0, 0}}) == ErrorCode::wrong_choices);
  CHECK(encrypts({{0, 1, 1, 1}, {0, 0}}) == ErrorCode::wrong_choices);
  CHECK(encrypts({{0, 2, 0, 0}, {0, 0}}) == ErrorCode::wrong_choices);
  CHECK(encrypts({{1, 0, 0}, {0, 0}}) == ErrorCode::wrong_choices);
  CHECK(encrypts({{1, 0, 0, 0}, {1, 0, 0}}) == ErrorCode::wrong_choices);
  CHECK_FALSE(encrypts(blank));
}

TEST_CASE("a question that may be left empty tells that from a blank vote") {
  const auto sample = test::make_election({with_blank(2, 0, 2)});
  for (const Marks& marks : {Marks{{0, 0, 0}}, {{1, 0, 0}}, {{0, 1, 1}}}) {
    CHECK(verify(sample.election, test::make_ballot(sample.election, SecretScalar::random(), marks)));
  }
}

TEST_CASE_METHOD(BlankFixture, "each proof about a blank vote is looked at") {
  for (const auto& marks : {blank, one, two}) {
    for (std::size_t j = 0; j < 3; ++j) {
      for (Scalar Proof::*part : {&Proof::challenge, &Proof::response}) {
        const auto spoil = [&](Proof& proof) { proof.*part = proof.*part + Scalar::from_u64(1); };
        CHECK(changed(marks, [&](Ballot& b) { spoil(b.answers[0].overall_proof[j]); }) == ErrorCode::invalid_proof);
        if (j == 2) continue;
        CHECK(changed(marks, [&](Ballot& b) { spoil(b.answers[0].blank_proof[j]); }) == ErrorCode::invalid_proof);
        CHECK(changed(marks, [&](Ballot& b) { spoil(b.answers[0].individual_proofs[0][j]); }) ==
              ErrorCode::invalid_proof);
      }
    }
  }
}

TEST_CASE_METHOD(BlankFixture, "proofs about a blank vote have their shape, and stand only where it is allowed") {
  CHECK(changed(one, [](Ballot& b) { b.answers[0].blank_proof.clear(); }) == ErrorCode::wrong_choices);
  CHECK(changed(one, [](Ballot& b) { b.answers[0].blank_proof.pop_back(); }) == ErrorCode::wrong_choices);
  CHECK(changed(one, [](Ballot& b) { b.answers[1].blank_proof = b.answers[0].blank_proof; }) ==
        ErrorCode::wrong_choices);
  CHECK(changed(one, [](Ballot& b) { b.answers[0].overall_proof.pop_back(); }) == ErrorCode::wrong_choices);
  CHECK(changed(one, [](Ballot& b) {
          b.answers[0].choices.pop_back();
          b.answers[0].individual_proofs.pop_back();
        }) == ErrorCode::wrong_choices);
}

// Each half is proved honestly for itself; what is false is that they belong to one answer.
TEST_CASE_METHOD(BlankFixture, "the proofs of one answer do not serve another") {
  const auto other = made(two);
  CHECK(changed(one, [&](Ballot& b) { b.answers[0].blank_proof = other.answers[0].blank_proof; }) ==
        ErrorCode::invalid_proof);
  CHECK(changed(one, [&](Ballot& b) { b.answers[0].overall_proof = other.answers[0].overall_proof; }) ==
        ErrorCode::invalid_proof);
  CHECK(changed(one, [&](Ballot& b) {
          b.answers[0].choices[0] = other.answers[0].choices[0];
          b.answers[0].individual_proofs[0] = other.answers[0].individual_proofs[0];
        }) == ErrorCode::invalid_proof);
}

TEST_CASE_METHOD(BlankFixture, "a blank vote is counted by itself, with its voter's weight") {
  TallyAccumulator tally(election.questions);
  tally.add(made(blank).answers, 5);
  tally.add(made(one).answers, 2);
  tally.add(made(two).answers);
  const auto revote = made(one);
  tally.add(revote.answers, 4);
  tally.remove(revote.answers, 4);
  tally.add(made(blank).answers, 4);
  const auto& trustee = sample.trustees[0];
  const auto partial = decrypt(tally.tally(), trustee.secret, election.fingerprint).partial;
  CHECK(decrypt_counts(tally.tally(), sample.published, {{1, partial}}, tally.total_weight()).value() ==
        Counts{{9, 1, 3, 0}, {2, 1}});
  CHECK(tally.total_weight() == 12);
}

TEST_CASE("the mark of blank is written first, after the answers' texts") {
  const auto sample = test::make_election({with_blank(2, 0, 1)});
  const std::string text = codec::write_election(sample.election);
  CHECK_THAT(text, Catch::Contains(R"("answers":["a","b"],"blank":true,"min":0,"max":1,)"));
  CHECK(codec::read_election(text).value().questions == sample.election.questions);
  CHECK(sample.election.questions[0].choices() == 3);
}
