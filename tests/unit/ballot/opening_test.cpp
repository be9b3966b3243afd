#include "core/ballot/opening.hpp"

#include <catch2/catch.hpp>

#include "core/codec/belenios.hpp"
#include "core/codec/opening.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/sample_ballot.hpp"

using namespace suara;
using namespace suara::ballot;
using crypto::SecretScalar;
using test::refused;

namespace {

const MarkTable marks{{0, 1, 0}, {1, 0, 0}};

// A ballot of two questions, the second of which is answered with a blank vote.
struct OpeningFixture {
  test::SampleElection sample;
  codec::OpeningFile opening;

  OpeningFixture() {
    auto second = test::make_question(2, 1, 1);
    second.blank = true;
    sample = test::make_election({test::make_question(3, 0, 1), second});
    const auto secret = SecretScalar::random();
    auto made = encrypt_openable(sample.election, secret, marks).value();
    for (const auto& question : made.randomness) {
      auto& row = opening.randomness.emplace_back();
      for (const auto& r : question) row.push_back(r.expose());
    }
    opening.parsed_ballot = test::resigned(std::move(made.ballot), secret);
    opening.parsed_election = sample.election;
    opening.ballot = codec::write_ballot(opening.parsed_ballot);
    opening.election = codec::write_election(sample.election);
  }
  Result<MarkTable> open() const {
    return open_ballot(opening.parsed_election, opening.parsed_ballot, opening.randomness);
  }
  std::string complaint() const {
    const auto opened = open();
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::invalid_proof);
    return opened.error().detail;
  }
};

std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE_METHOD(OpeningFixture, "a ballot that can be opened is an ordinary one, and opens to what was marked") {
  CHECK(verify(sample.election, opening.parsed_ballot));
  CHECK(open().value() == marks);
}

TEST_CASE_METHOD(OpeningFixture, "any other randomness is refused with its place") {
  auto& r = opening.randomness;
  const auto good = r;
  r[0][2] = r[0][2] + Scalar::from_u64(1);
  CHECK_THAT(complaint(), Catch::Contains("does not open choice 3 of question 1"));
  r = good;
  r[1][0] = Scalar::zero();
  CHECK_THAT(complaint(), Catch::Contains("does not open the blank vote of question 2"));
  r = good;
  std::swap(r[1][1], r[1][2]);
  CHECK_THAT(complaint(), Catch::Contains("does not open choice 1 of question 2"));
}

TEST_CASE_METHOD(OpeningFixture, "a ballot that holds something else than a mark does not open") {
  auto& choice = opening.parsed_ballot.answers[0].choices[1];
  choice.beta = choice.beta * Element::generator();  // g^2
  CHECK_THAT(complaint(), Catch::Contains("choice 2 of question 1"));
  choice.beta = choice.beta / crypto::g_pow(Scalar::from_u64(2));  // g^0: opens, to no mark
  CHECK(open().value() == MarkTable{{0, 0, 0}, {1, 0, 0}});
}

TEST_CASE_METHOD(OpeningFixture, "randomness 0 opens as any other") {
  auto& choice = opening.parsed_ballot.answers[0].choices[0];
  choice = {Element::identity(), Element::generator()};
  opening.randomness[0][0] = Scalar::zero();
  CHECK(open().value()[0][0] == 1);
  choice.beta = Element::identity();
  CHECK(open().value()[0][0] == 0);
}

TEST_CASE_METHOD(OpeningFixture, "randomness of another shape is refused") {
  const auto good = opening;
  opening.randomness[1].pop_back();
  CHECK(refused(open()) == ErrorCode::wrong_choices);
  opening = good;
  opening.randomness.pop_back();
  CHECK(refused(open()) == ErrorCode::wrong_choices);
  opening = good;
  opening.parsed_ballot.answers.pop_back();
  CHECK(refused(open()) == ErrorCode::wrong_choices);
  opening = good;
  opening.parsed_ballot.answers[0].choices.pop_back();
  CHECK(refused(open()) == ErrorCode::wrong_choices);
}

TEST_CASE_METHOD(OpeningFixture, "an opening file is read back, and opens the ballot") {
  const std::string text = codec::write_opening(opening);
  const auto read = codec::read_opening(text).value();
  CHECK(read.election == opening.election);
  CHECK(read.ballot == opening.ballot);
  CHECK(read.randomness == opening.randomness);
  CHECK(read.parsed_ballot.tracker == opening.parsed_ballot.tracker);
  CHECK(read.parsed_election.fingerprint == sample.election.fingerprint);
  CHECK(open_ballot(read.parsed_election, read.parsed_ballot, read.randomness).value() == marks);
  CHECK(codec::read_opening(with(text, ",\"election\"", ",\n \"election\"")));
}

TEST_CASE_METHOD(OpeningFixture, "an opening file that is not whole is refused") {
  const std::string text = codec::write_opening(opening);
  CHECK(refused(codec::read_opening(with(text, "\"version\":1", "\"version\":2"))) == ErrorCode::unsupported);
  CHECK(refused(codec::read_opening(with(text, "\"ballot\"", "\"vote\""))) == ErrorCode::malformed);
  CHECK(refused(codec::read_opening(with(text, "{\\\"version\\\":1", "{\\\"version\\\":2"))) == ErrorCode::unsupported);
  CHECK(refused(codec::read_opening(with(text, "\"randomness\":[[\"", "\"randomness\":[[\"0"))) ==
        ErrorCode::invalid_scalar);
  CHECK(refused(codec::read_opening(with(text, "\"randomness\":[[\"", "\"randomness\":[\"\",[\""))) ==
        ErrorCode::malformed);
  CHECK(refused(codec::read_opening(text + "x")) == ErrorCode::malformed);
  CHECK(refused(codec::read_opening(std::string(codec::max_opening_size + 1, ' '))) == ErrorCode::too_large);
  opening.randomness[0].assign(66, Scalar::zero());
  CHECK(refused(codec::read_opening(codec::write_opening(opening))) == ErrorCode::too_large);
}
