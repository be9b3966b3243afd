#include "tools/verify/challenge.hpp"

#include <catch2/catch.hpp>

#include "core/codec/belenios.hpp"
#include "core/codec/opening.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "tests/support/sample_ballot.hpp"

using namespace suara;
using Catch::Matchers::Contains;

namespace {

ballot::Question with_blank(ballot::Question question) {
  question.blank = true;
  return question;
}

struct Fixture {
  test::SampleElection sample =
      test::make_election({with_blank(test::make_question(2, 1, 1)), test::make_question(3, 0, 3)});
  crypto::SecretScalar secret = crypto::SecretScalar::random();
  codec::OpeningFile opening;

  Fixture() { fill({{0, 0, 1}, {1, 0, 1}}); }

  void fill(const std::vector<std::vector<unsigned>>& marks) {
    auto made = ballot::encrypt_openable(sample.election, secret, marks).value();
    const auto hash = crypto::sha256(codec::write_ballot_unsigned(made.ballot));
    made.ballot.signature = ballot::sign(crypto::to_base64_unpadded(hash.view()), secret);
    opening.election = codec::write_election(sample.election);
    opening.ballot = codec::write_ballot(made.ballot);
    opening.randomness.clear();
    for (const auto& question : made.randomness) {
      auto& row = opening.randomness.emplace_back();
      for (const auto& scalar : question) row.push_back(scalar.expose());
    }
  }
  Result<verify::Challenge> open() const { return verify::open_challenge(codec::write_opening(opening)); }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a challenged ballot shows what it held") {
  const auto opened = open();
  REQUIRE(opened);
  CHECK(opened->tracker == crypto::to_base64_unpadded(crypto::sha256(opening.ballot).view()));
  CHECK(opened->fingerprint == sample.election.fingerprint);
  const auto json = verify::challenge_json(*opened);
  CHECK_THAT(json, Contains(R"("opens":true)") && Contains(R"("blank":false,"answers":["b"])") &&
                       Contains(R"("blank":false,"answers":["a","c"])"));
  CHECK_THAT(verify::challenge_text(*opened), Contains("held: b\n") && Contains("held: a\n") && !Contains("blank"));
}

TEST_CASE_METHOD(Fixture, "a blank vote and a question without a mark are told apart") {
  fill({{1, 0, 0}, {0, 0, 0}});
  const auto opened = open();
  REQUIRE(opened);
  CHECK_THAT(verify::challenge_text(*opened), Contains("held: a blank vote") && Contains("held: no mark"));
  CHECK_THAT(verify::challenge_json(*opened), Contains(R"("blank":true,"answers":[])"));
}

TEST_CASE_METHOD(Fixture, "a file whose content does not hold is refused as false, not as unreadable") {
  SECTION("other randomness") { opening.randomness[0][1] = crypto::Scalar::from_u64(5); }
  SECTION("a ballot of another election") {
    auto other = sample.election;
    other.name += "!";
    opening.election = codec::write_election(other);
  }
  SECTION("a ballot that its voter did not sign") {
    auto ballot = codec::read_ballot(opening.ballot).value();
    ballot.signature.proof.response = crypto::Scalar::from_u64(5);
    opening.ballot = codec::write_ballot(ballot);
  }
  const auto opened = open();
  REQUIRE(!opened);
  CHECK(!verify::is_unreadable(opened.error().code));
}

TEST_CASE("what is no opening file is unreadable") {
  const std::string file = GENERATE(values<std::string>({"", "{}", "[1]", R"({"version":2})"}));
  const auto opened = verify::open_challenge(file);
  REQUIRE(!opened);
  CHECK(verify::is_unreadable(opened.error().code));
}
