#include "core/codec/belenios.hpp"

#include <catch2/catch.hpp>
#include <functional>

#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "tests/support/sample_ballot.hpp"
#include "tests/unit/ballot/archive_reader.hpp"

using namespace suara;
using namespace suara::codec;
using test::BasicElection;

namespace {

std::string basic_text(const Hash& hash) { return std::string(BasicElection::get().archive.data.at(hash)); }

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

template <class T>
ErrorCode refusal_code(const Result<T>& result) {
  REQUIRE_FALSE(result);
  CHECK_FALSE(result.error().detail.empty());
  INFO(result.error().detail);
  return result.error().code;
}

std::string good_ballot() { return std::string(BasicElection::get().payloads(BelEventType::ballot).front()); }

}  // namespace

TEST_CASE("an election that is not handled is refused by name") {
  const std::string good = basic_text(BasicElection::get().setup.election);
  const auto read = [&](const std::string& from, const std::string& to) {
    return refusal_code(read_election(replaced(good, from, to)));
  };
  CHECK(read("\"version\":1", "\"version\":2") == ErrorCode::unsupported);
  CHECK(read("Ed25519", "BELENIOS-2048") == ErrorCode::unsupported);
  CHECK(read_election(replaced(good, "],\"min\"", "],\"blank\":true,\"min\""))->questions[0].blank);
  CHECK(read("],\"min\"", "],\"blank\":false,\"min\"") == ErrorCode::malformed);
  CHECK(read("],\"min\":1", "],\"min\":1,\"blank\":true") == ErrorCode::malformed);
  CHECK(read("{\"answers\"", "{\"type\":\"Lists\",\"answers\"") == ErrorCode::unsupported);
  CHECK(read("\"min\":1", "\"min\":2") == ErrorCode::malformed);
  CHECK(read("\"max\":1", "\"max\":5") == ErrorCode::malformed);
  CHECK(read("ucSijHEHGk8LHG", "ucSijHEHGk8LH") == ErrorCode::malformed);
  CHECK(read("ucSijHEHGk8LHG", "ucSijHEHGk8LH0") == ErrorCode::malformed);  // 0 is no base58 character
  CHECK(read("\"public_key\":\"b8", "\"public_key\":\"b9") == ErrorCode::invalid_point);
  CHECK(refusal_code(read_election(replaced(good, BasicElection::get().election.public_key.to_text(),
                                       crypto::Element::identity().to_text()))) == ErrorCode::invalid_point);
}

TEST_CASE("an object in another spelling is refused") {
  const std::string good = basic_text(BasicElection::get().setup.election);
  CHECK(refusal_code(read_election(good + "\n")) == ErrorCode::malformed);
  CHECK(refusal_code(read_election(replaced(good, "\"version\":1,", "\"version\": 1,"))) == ErrorCode::malformed);
  CHECK(refusal_code(read_election(replaced(good, "Ayu & Bima", "Ayu \\u0026 Bima"))) == ErrorCode::malformed);
  CHECK(refusal_code(read_election(replaced(good, "\"version\":1,\"description\":\"Pemilihan Ketua OSIS\"",
                                       "\"description\":\"Pemilihan Ketua OSIS\",\"version\":1"))) ==
        ErrorCode::malformed);
  CHECK(refusal_code(read_election(replaced(good, "{\"version\"", "{\"other\":1,\"version\""))) == ErrorCode::malformed);
}

TEST_CASE("texts of an election keep their bytes") {
  auto election = BasicElection::get().election;
  election.description = "Garis / miring, \"kutip\", \\, é, 🗳, \n tab\t";
  const std::string json = write_election(election);
  CHECK(json.find("Garis / miring, \\\"kutip\\\", \\\\, é, 🗳, \\n tab\\t") != std::string::npos);
  const auto read = read_election(json);
  REQUIRE(read);
  CHECK(read->description == election.description);
  CHECK(read->fingerprint == crypto::to_base64_unpadded(crypto::sha256(json).view()));
}

TEST_CASE("a ballot in another form is refused and says what is wrong") {
  const std::string good = good_ballot();
  REQUIRE(read_ballot(good));
  CHECK(refusal_code(read_ballot("")) == ErrorCode::malformed);
  CHECK(refusal_code(read_ballot(good.substr(0, good.size() / 2))) == ErrorCode::malformed);
  CHECK(refusal_code(read_ballot(good + " ")) == ErrorCode::malformed);
  CHECK(refusal_code(read_ballot(replaced(good, "ucSij",
                                     "uc\xff"
                                     "ij"))) == ErrorCode::malformed);
  CHECK(refusal_code(read_ballot(std::string(70'000, ' '))) == ErrorCode::too_large);
  CHECK(refusal_code(read_ballot(std::string(60'000, '['))) == ErrorCode::too_large);
  CHECK(refusal_code(read_ballot(replaced(good, "\"alpha\":\"", "\"alpha\":\"f"))) == ErrorCode::invalid_point);
  CHECK(refusal_code(read_ballot(replaced(good, "\"challenge\":\"", "\"challenge\":\"0"))) == ErrorCode::invalid_scalar);
  CHECK(refusal_code(read_ballot(replaced(good, "\"challenge\":\"", "\"challenge\":\"9999"))) == ErrorCode::invalid_scalar);
  CHECK(refusal_code(read_ballot(replaced(good, "\"challenge\":\"", "\"challenge\":\"-"))) == ErrorCode::invalid_scalar);
  CHECK(refusal_code(read_ballot(replaced(good, ",\"overall_proof\"", ",\"blank_proof\":[],\"overall_proof\""))) ==
        ErrorCode::malformed);
  const auto& credential = read_ballot(good)->credential.to_text();
  CHECK(refusal_code(read_ballot(replaced(good, credential, crypto::Element::identity().to_text()))) ==
        ErrorCode::invalid_point);
  const auto error = read_ballot(replaced(good, "\"alpha\":\"", "\"alpha\":\"f")).error();
  CHECK(error.detail.find("answers[0].choices[0].alpha") != std::string::npos);
}

TEST_CASE("elements outside the subgroup are refused where they are read, and only there") {
  // The generator plus the point of order 2: on the curve, of order 2q.
  const std::string outside = std::string(62, '9') + "95";
  const auto alpha = read_ballot(good_ballot())->answers[0].choices[0].alpha.to_text();
  const std::string bad = replaced(good_ballot(), alpha, outside);
  CHECK(refusal_code(read_ballot(bad)) == ErrorCode::invalid_point);
  CHECK(read_trusted_ballot(bad));
  CHECK(refusal_code(read_encrypted_tally("[[{\"alpha\":\"" + outside + "\",\"beta\":\"" + alpha + "\"}]]")) ==
        ErrorCode::invalid_point);
  CHECK(refusal_code(read_public_credentials("[\"" + outside + "\"]")) == ErrorCode::invalid_point);
}

TEST_CASE("a trusted ballot is read as a checked one is") {
  const auto checked = read_ballot(good_ballot()).value();
  const auto trusted = read_trusted_ballot(good_ballot()).value();
  CHECK(trusted.answers == checked.answers);
  CHECK(trusted.tracker == checked.tracker);
  CHECK(trusted.unsigned_hash == checked.unsigned_hash);
  CHECK(trusted.signature == checked.signature);
}

TEST_CASE("the bounds of a ballot hold") {
  const auto many = [](std::size_t questions, std::size_t answers) {
    ballot::Ballot ballot = read_ballot(good_ballot()).value();
    ballot.answers.assign(questions, ballot::Answer{});
    for (auto& answer : ballot.answers) answer.choices.resize(answers);
    return write_ballot(ballot);
  };
  CHECK(read_ballot(many(16, 2)));
  CHECK(read_ballot(many(2, 65)));
  CHECK(refusal_code(read_ballot(many(17, 2))) == ErrorCode::too_large);
  CHECK(refusal_code(read_ballot(many(1, 66))) == ErrorCode::too_large);
}

TEST_CASE("trustees of kinds that are not handled are refused by name") {
  const std::string good = basic_text(BasicElection::get().setup.trustees);
  CHECK(refusal_code(read_trustees(replaced(good, "Single", "Pedersen"))) == ErrorCode::malformed);
  CHECK(refusal_code(read_trustees(replaced(good, "Single", "Multiple"))) == ErrorCode::unsupported);
  CHECK(refusal_code(read_trustees("[]")) == ErrorCode::malformed);
  const auto first = write_trustee_public_key(std::get<ballot::TrusteePublicKey>(BasicElection::get().trustees[0]));
  CHECK(write_trustee_public_key(read_trustee_public_key(first).value()) == first);
  CHECK(refusal_code(read_trustee_public_key("[" + first + "]")) == ErrorCode::malformed);
}

TEST_CASE("public credentials keep their order and weights, and stand once") {
  const auto a = crypto::g_pow(crypto::Scalar::from_u64(3)), b = crypto::g_pow(crypto::Scalar::from_u64(4));
  const std::string text = "[\"" + a.to_text() + ",12\",\"" + b.to_text() + ",1\"]";
  const auto read = read_public_credentials(text).value();
  REQUIRE(read.size() == 2);
  CHECK(read[0].key == a);
  CHECK(read[0].weight == 12);
  CHECK(read[1].weight == 1);
  CHECK(write_public_credentials(read) == text);
  const std::string plain = "[\"" + b.to_text() + "\",\"" + a.to_text() + "\"]";
  CHECK(write_public_credentials(read_public_credentials(plain).value()) == plain);
  CHECK(refusal_code(read_public_credentials(replaced(plain, ",", ", "))) == ErrorCode::malformed);
  CHECK(read_public_credentials("[]")->empty());
  for (const std::string& tail : {std::string(",012"), std::string(","), std::string(",-1"), std::string(",1x"),
                                  std::string(",99999999999999999999"), std::string(" ")}) {
    INFO(tail);
    CHECK_FALSE(read_public_credentials("[\"" + a.to_text() + tail + "\"]"));
  }
  CHECK(refusal_code(read_public_credentials("[\"" + a.to_text() + "\",\"" + a.to_text() + ",2\"]")) ==
        ErrorCode::malformed);
  CHECK(refusal_code(read_public_credentials("[\"" + crypto::Element::identity().to_text() + "\"]")) ==
        ErrorCode::invalid_point);
}

TEST_CASE("decryptions, strong proofs, tallies and results are read as they are written") {
  const auto sample = test::make_election({test::make_question(2, 0, 1), test::make_question(3, 0, 3)});
  const auto ballot = test::make_ballot(sample.election, crypto::SecretScalar::random(), {{0, 1}, {1, 1, 0}});
  const ballot::EncryptedTally tally{ballot.answers[0].choices, ballot.answers[1].choices};
  const auto decryption = ballot::decrypt(tally, sample.trustees[0].secret, sample.election.fingerprint);
  const auto partial = read_partial_decryption(write_partial_decryption(decryption.partial)).value();
  CHECK(partial.factors == decryption.partial.factors);
  CHECK(partial.proofs == decryption.partial.proofs);
  CHECK(read_strong_proofs(write_strong_proofs(decryption.strong_proofs)).value() == decryption.strong_proofs);
  CHECK(read_encrypted_tally(write_encrypted_tally(tally)).value() == tally);
  const SizedTally sized{3, 7, crypto::sha256("x")};
  const auto back = read_sized_tally(write_sized_tally(sized)).value();
  CHECK(back.num_tallied == 3);
  CHECK(back.total_weight == 7);
  CHECK(back.encrypted_tally == sized.encrypted_tally);
  CHECK(write_result({{1, 0}, {5}}) == "{\"result\":[[1,0],[5]]}");
  CHECK(read_result("{\"result\":[[1,0],[5]]}").value() == ballot::Counts{{1, 0}, {5}});
  CHECK(refusal_code(read_result("{\"result\":[[1, 0],[5]]}")) == ErrorCode::malformed);
  CHECK(refusal_code(read_result("{\"result\":[[-1]]}")) == ErrorCode::malformed);
  const auto proof = decryption.partial.proofs[0][0];
  CHECK(read_proof(write_proof(proof)).value() == proof);
}
