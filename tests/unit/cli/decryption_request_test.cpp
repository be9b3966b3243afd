#include "tools/cli/decryption_request.hpp"

#include <catch2/catch.hpp>

#include "core/ballot/tally.hpp"
#include "core/codec/belenios.hpp"
#include "core/codec/json_reader.hpp"
#include "tests/support/sample_ballot.hpp"
#include "tests/support/sample_ceremony.hpp"

using namespace suara;
using Catch::Matchers::Contains;
using cli::check_decryption_request;

namespace {

struct Asked {
  test::SampleElection sample = test::make_election({test::make_question(3, 1, 1)}, 2);
  cli::DecryptionRequest request;

  Asked() {
    request.election = sample.election;
    request.shown_fingerprint = sample.election.fingerprint;
    for (const auto& trustee : sample.trustees) request.trustees.push_back(trustee.public_key);
    request.tally = ballot::TallyAccumulator(sample.election.questions).tally();
  }
  auto check(std::size_t trustee = 1) const {
    return check_decryption_request(request, sample.election.uuid.str(),
                                    sample.trustees[trustee].public_key.public_key);
  }
};

}  // namespace

TEST_CASE("a sound request names the trustee's number") {
  const Asked asked;
  CHECK(asked.check(0) == 1u);
  CHECK(asked.check(1) == 2u);
}

TEST_CASE("an unsound request is refused before anything is decrypted") {
  Asked asked;
  std::string complaint;
  SECTION("another election") {
    asked.request.election.uuid = ElectionUuid{"11111111111111"};
    complaint = "another election";
  }
  SECTION("another fingerprint") {
    asked.request.shown_fingerprint = "AAAA";
    complaint = "another fingerprint";
  }
  SECTION("a key without its proof") {
    std::get<ballot::TrusteePublicKey>(asked.request.trustees[0]).pok.response = crypto::Scalar::zero();
    complaint = "proof that it holds its secret key";
  }
  SECTION("a trustee left out") {
    asked.request.trustees.erase(asked.request.trustees.begin());
    complaint = "is not the product of its trustees' keys";
  }
  SECTION("a tally of another shape") {
    asked.request.tally[0].pop_back();
    complaint = "shape";
  }
  SECTION("decrypted already") {
    asked.request.submitted = {2};
    complaint = "decrypted already";
  }
  const auto checked = asked.check();
  REQUIRE(!checked);
  CHECK(checked.error().exit == cli::ExitCode::refused);
  CHECK_THAT(checked.error().message, Contains(complaint));
}

TEST_CASE("a threshold trustee decrypts as long as its group needs one more") {
  auto sample = test::make_election({test::make_question(3, 1, 1)}, 1);
  const auto ceremony = test::hold_ceremony(2, 3);
  cli::DecryptionRequest request;
  request.trustees = sample.published;
  request.trustees.emplace_back(ceremony.parameters);
  request.election = sample.election;
  request.election.public_key = ballot::combine_keys(request.trustees);
  request.shown_fingerprint = request.election.fingerprint;
  request.tally = ballot::TallyAccumulator(sample.election.questions).tally();
  const auto check = [&](std::size_t member) {
    return check_decryption_request(request, request.election.uuid.str(),
                                    crypto::g_pow(ceremony.secrets[member].expose()));
  };
  CHECK(check(0) == 2u);
  CHECK(check(2) == 4u);
  request.submitted = {2};
  CHECK(check(2) == 4u);
  request.submitted = {2, 3};
  const auto late = check(2);
  REQUIRE(!late);
  CHECK(late.error().code == "conflict");
  CHECK_THAT(late.error().message, Contains("of this group"));
  CHECK(check_decryption_request(request, request.election.uuid.str(), sample.trustees[0].public_key.public_key) == 1u);
}

TEST_CASE("a key of nobody's is refused") {
  const Asked asked;
  const auto stranger = ballot::generate_trustee_key();
  const auto checked =
      check_decryption_request(asked.request, asked.sample.election.uuid.str(), stranger.public_key.public_key);
  REQUIRE(!checked);
  CHECK(checked.error().code == "not_found");
}

TEST_CASE("the submitted decryption carries both proofs, and they verify") {
  const Asked asked;
  const auto body = cli::decryption_body(asked.request, 2, asked.sample.trustees[1].secret);
  const auto document = codec::JsonDocument::parse(body, "body");
  REQUIRE(document);
  const auto partial = codec::read_partial_decryption(*document->root().member("partial_decryption")->text());
  const auto strong = codec::read_strong_proofs(*document->root().member("strong_proofs")->text());
  REQUIRE(partial);
  REQUIRE(strong);
  CHECK(*document->root().member("owner")->uint() == 2);
  const auto& key = asked.sample.trustees[1].public_key.public_key;
  CHECK(ballot::verify_partial_decryption(asked.request.tally, *partial, key, asked.sample.election.fingerprint));
  CHECK(ballot::verify_strong_proofs(asked.request.tally, *partial, *strong, key, asked.sample.election.fingerprint));
}
