#include <catch2/catch.hpp>
#include <functional>
#include <set>
#include <stdexcept>

#include "core/ballot/tally.hpp"
#include "core/ballot/threshold.hpp"
#include "core/ballot/trustee.hpp"
#include "core/codec/belenios.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "tests/support/refused.hpp"
#include "tests/support/sample_ballot.hpp"
#include "tests/support/sample_ceremony.hpp"

using namespace suara;
using namespace suara::ballot;
using crypto::SecretBytes;
using test::hold_ceremony;
using test::refused;

namespace {

CeremonyTrustee trustee_of(std::uint8_t byte, const std::string& uuid, std::uint32_t threshold) {
  return {SecretBytes::copy_of(Bytes(CeremonyTrustee::seed_size, byte)), ElectionUuid{uuid}, threshold};
}

std::string sha256_hex(const std::string& text) { return crypto::to_hex(crypto::sha256(text).view()); }

// A 2 of 3 ceremony, held once: its tests change copies of what it published.
const test::SampleCeremony& two_of_three() {
  static const auto ceremony = hold_ceremony(2, 3);
  return ceremony;
}

std::optional<ErrorCode> changed(const std::function<void(ThresholdParameters&)>& change) {
  auto parameters = two_of_three().parameters;
  change(parameters);
  return refused(verify_threshold(parameters));
}

void spoil(Proof& proof) { proof.response = proof.response + Scalar::from_u64(1); }

}  // namespace

// The pages derive the same from the same seed: web/test/ceremony.test.ts has these values too.
TEST_CASE("what a trustee publishes follows from its seed and the election") {
  const std::string uuid = "ucSijHEHGk8LHG";
  const auto trustee = trustee_of(7, uuid, 2);
  const auto certificate = trustee.certificate();
  CHECK(certificate.verification.to_text() == "0a504ad89b54dc1d0a5718081ef1c5bb3025781759e1e71f97b75f0992c30757");
  CHECK(certificate.encryption.to_text() == "71deea7f3e3f1b1d49388850fdd8fb46c0368994fa854f048697c9c9eece6363");
  CHECK(sha256_hex(codec::write_certificate(certificate)) ==
        "3674b9537d29d6599147a6159a26a97f98d9f68a0f910cc09cd9f9c58490278d");
  CHECK(sha256_hex(codec::write_coefexps(trustee.coefexps())) ==
        "aaea6d227664544ef906544049b921ea7439ec50878c89ee627be99fa01d9d7e");
  CHECK(trustee_of(7, "ucSijHEHGk8LHH", 2).certificate().verification != certificate.verification);
  CHECK(trustee_of(8, uuid, 2).certificate().verification != certificate.verification);
  CHECK_THROWS_AS(CeremonyTrustee(SecretBytes(31), ElectionUuid{uuid}, 2), std::invalid_argument);
}

TEST_CASE("what a ceremony publishes verifies and reads back") {
  for (const auto& [needed, trustees] : {std::pair{1u, 1u}, {1u, 3u}, {2u, 2u}, {3u, 5u}}) {
    INFO(needed << " of " << trustees);
    const auto ceremony = hold_ceremony(needed, trustees);
    CHECK(verify_threshold(ceremony.parameters));
    const std::string text = codec::write_trustees({ceremony.parameters});
    const auto read = codec::read_trustees(text).value();
    CHECK(verify_trustees(read));
    CHECK(codec::write_trustees(read) == text);
    CHECK(combine_keys(read) == threshold_key(ceremony.parameters));
    for (std::uint32_t j = 1; j <= trustees; ++j) {
      CHECK(owner_key(read, j) == crypto::g_pow(ceremony.secrets[j - 1].expose()));
      CHECK(expected_verification_key(ceremony.parameters.coefexps, j) == owner_key(read, j));
    }
  }
}

TEST_CASE("every group of enough trustees decrypts, beside the mandatory ones, and no smaller one") {
  const std::uint32_t needed = 2, size = 4;
  const auto ceremony = hold_ceremony(needed, size);
  const auto first = generate_trustee_key(), last = generate_trustee_key();
  const Trustees trustees{first.public_key, ceremony.parameters, last.public_key};
  REQUIRE(verify_trustees(trustees));
  CHECK(count_owners(trustees) == 6);
  auto election = test::make_election({test::make_question(3, 0, 3)}).election;
  election.public_key = combine_keys(trustees);
  CHECK(verify_election_key(election, trustees));
  TallyAccumulator tally(election.questions);
  for (const auto& marks : {std::vector{1u, 0u, 1u}, {1u, 1u, 0u}}) {
    tally.add(encrypt(election, crypto::SecretScalar::random(), {marks}).value().answers, 3);
  }
  std::map<std::uint32_t, PartialDecryption> all;
  const auto submit = [&](std::uint32_t owner, const crypto::SecretScalar& secret) {
    const auto d = decrypt(tally.tally(), secret, election.fingerprint);
    const Element key = owner_key(trustees, owner).value();
    CHECK(verify_partial_decryption(tally.tally(), d.partial, key, election.fingerprint));
    CHECK(verify_strong_proofs(tally.tally(), d.partial, d.strong_proofs, key, election.fingerprint));
    all.emplace(owner, d.partial);
  };
  submit(1, first.secret);
  for (std::uint32_t j = 0; j < size; ++j) submit(2 + j, ceremony.secrets[j]);
  submit(6, last.secret);

  for (unsigned chosen = 0; chosen < 64; ++chosen) {
    std::map<std::uint32_t, PartialDecryption> some;
    std::set<std::uint32_t> owners;
    for (std::uint32_t owner = 1; owner <= 6; ++owner) {
      if (chosen >> (owner - 1) & 1) {
        some.emplace(owner, all.at(owner));
        owners.insert(owner);
      }
    }
    const auto of_group = owners.size() - owners.count(1) - owners.count(6);
    const bool enough = owners.contains(1) && owners.contains(6) && of_group >= needed;
    INFO("owners " << chosen);
    const auto counts = decrypt_counts(tally.tally(), trustees, some, tally.total_weight());
    REQUIRE(counts.has_value() == enough);
    CHECK(still_needed(trustees, owners).nothing() == enough);
    if (enough) {
      CHECK(*counts == Counts{{6, 3, 3}});
    } else {
      CHECK(refused(counts) == ErrorCode::conflict);
    }
  }
  const auto needs = still_needed(trustees, {1, 4});
  CHECK(needs.mandatory == std::vector<std::uint32_t>{6});
  REQUIRE(needs.groups.size() == 1);
  CHECK(needs.groups[0].absent == std::vector<std::uint32_t>{2, 3, 5});
  CHECK(needs.groups[0].missing == 1);
}

TEST_CASE("a tally of nothing is decrypted by threshold trustees too") {
  const auto& ceremony = two_of_three();
  TallyAccumulator tally({test::make_question(2, 0, 1)});
  std::map<std::uint32_t, PartialDecryption> some;
  for (const std::uint32_t owner : {1u, 3u}) {
    some.emplace(owner, decrypt(tally.tally(), ceremony.secrets[owner - 1], "phi").partial);
  }
  CHECK(decrypt_counts(tally.tally(), {ceremony.parameters}, some, 0).value() == Counts{{0, 0}});
}

TEST_CASE("a share that is wrong, of another, or damaged is found and names its sender") {
  const auto& ceremony = two_of_three();
  const auto& coefexps = ceremony.parameters.coefexps;
  const auto complaint = [&](std::vector<Bytes> sealed, std::uint32_t self = 2) {
    const auto collected = ceremony.trustees[self - 1].collect(self, coefexps, sealed);
    REQUIRE_FALSE(collected);
    CHECK(collected.error().code == ErrorCode::invalid_proof);
    return collected.error().detail;
  };
  const auto& good = ceremony.sealed[1];
  REQUIRE(ceremony.trustees[1].collect(2, coefexps, good));
  for (const auto& share : good) CHECK(share.size() == CeremonyTrustee::sealed_share_size);

  auto sealed = good;
  sealed[2] = ceremony.trustees[2].sealed_share(1, ceremony.parameters.certs[1].encryption);  // f(1), not f(2)
  CHECK_THAT(complaint(sealed), Catch::Contains("from trustee 3 is not the one"));
  sealed = good;
  sealed[0] = ceremony.sealed[0][0];  // sealed to trustee 1
  CHECK_THAT(complaint(sealed), Catch::Contains("from trustee 1 does not open"));
  sealed = good;
  sealed[0][40] ^= 1;
  CHECK_THAT(complaint(sealed), Catch::Contains("from trustee 1 does not open"));
  sealed = good;
  sealed[1].clear();
  CHECK_THAT(complaint(sealed), Catch::Contains("from trustee 2 does not open"));
  sealed = good;
  std::swap(sealed[0], sealed[1]);
  CHECK_THAT(complaint(sealed), Catch::Contains("from trustee 1 is not the one"));
  CHECK_THAT(complaint(good, 1), Catch::Contains("from trustee 1 does not open"));
  CHECK(refused(ceremony.trustees[0].collect(4, coefexps, good)) == ErrorCode::wrong_choices);
  CHECK(refused(ceremony.trustees[0].collect(1, coefexps, std::span(good).first(2))) == ErrorCode::wrong_choices);
}

TEST_CASE("nothing of a ceremony can be changed") {
  REQUIRE_FALSE(changed([](auto&) {}));
  CHECK(changed([](auto& p) { spoil(p.certs[0].message.signature); }) == ErrorCode::invalid_proof);
  CHECK(changed([](auto& p) { p.certs[0].encryption = Element::generator(); }) == ErrorCode::invalid_proof);
  CHECK(changed([](auto& p) { p.certs[1].verification = Element::identity(); }) == ErrorCode::invalid_point);
  CHECK(changed([](auto& p) { p.certs[1].encryption = Element::identity(); }) == ErrorCode::invalid_point);
  CHECK(changed([](auto& p) { p.certs[2] = p.certs[0]; }) == ErrorCode::conflict);
  CHECK(changed([](auto& p) { spoil(p.coefexps[2].message.signature); }) == ErrorCode::invalid_proof);
  CHECK(changed([](auto& p) { p.coefexps[2].elements[1] = Element::generator(); }) == ErrorCode::invalid_proof);
  CHECK(changed([](auto& p) { p.coefexps[2].elements[1] = Element::identity(); }) == ErrorCode::invalid_point);
  CHECK(changed([](auto& p) { p.coefexps[2].elements.pop_back(); }) == ErrorCode::wrong_choices);
  CHECK(changed([](auto& p) { std::swap(p.coefexps[0], p.coefexps[1]); }) == ErrorCode::invalid_proof);
  CHECK(changed([](auto& p) { spoil(p.verification_keys[1].pok); }) == ErrorCode::invalid_proof);
  CHECK(changed([](auto& p) { p.verification_keys[1] = generate_trustee_key().public_key; }) ==
        ErrorCode::invalid_proof);
  CHECK(changed([](auto& p) { p.verification_keys.pop_back(); }) == ErrorCode::wrong_choices);
  CHECK(changed([](auto& p) { p.threshold = 0; }) == ErrorCode::wrong_choices);
  CHECK(changed([](auto& p) { p.threshold = 1; }) == ErrorCode::wrong_choices);
  CHECK(changed([](auto& p) { p.threshold = 4; }) == ErrorCode::wrong_choices);
}

TEST_CASE("a complaint about a ceremony names the trustee") {
  auto parameters = two_of_three().parameters;
  spoil(parameters.coefexps[1].message.signature);
  CHECK_THAT(verify_threshold(parameters).error().detail, Catch::Contains("Threshold trustee 2:"));
}

TEST_CASE("no key may stand twice among the trustees, and there must be some") {
  const auto key = generate_trustee_key().public_key;
  const auto& group = two_of_three().parameters;
  CHECK(verify_trustees({key, group}));
  CHECK(refused(verify_trustees({key, key})) == ErrorCode::conflict);
  CHECK(refused(verify_trustees({group, group})) == ErrorCode::conflict);
  CHECK(refused(verify_trustees({})) == ErrorCode::wrong_choices);
  CHECK(refused(verify_trustees({TrusteePublicKey{}})) == ErrorCode::invalid_point);
  auto election = test::make_election({test::make_question(2, 0, 1)}, 2);
  CHECK(verify_election_key(election.election, election.published));
  election.published.pop_back();
  CHECK(refused(verify_election_key(election.election, election.published)) == ErrorCode::conflict);
}

TEST_CASE("a certificate and coefexps have one text") {
  const auto certificate = codec::write_certificate(two_of_three().parameters.certs[0]);
  CHECK(codec::write_certificate(codec::read_certificate(certificate).value()) == certificate);
  const auto with = [](std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
  };
  CHECK(refused(codec::read_certificate(with(certificate, ",", ", "))) == ErrorCode::malformed);
  CHECK(refused(codec::read_certificate(with(certificate, R"(\",\"enc)", R"(\", \"enc)"))) == ErrorCode::malformed);
  CHECK(refused(codec::read_certificate(with(certificate, "encryption", "decryption"))) == ErrorCode::malformed);
  const std::string identity = Element::identity().to_text();
  const auto key = two_of_three().parameters.certs[0].encryption.to_text();
  CHECK(refused(codec::read_certificate(with(certificate, key, identity))) == ErrorCode::invalid_point);
  CHECK(refused(codec::read_certificate(with(certificate, key, std::string(62, '9') + "95"))) ==
        ErrorCode::invalid_point);

  Coefexps long_list = two_of_three().parameters.coefexps[0];
  CHECK(codec::read_coefexps(codec::write_coefexps(long_list)));
  long_list.message.text = coefexps_text(std::vector(64, Element::generator()));
  CHECK(codec::read_coefexps(codec::write_coefexps(long_list)));
  long_list.message.text = coefexps_text(std::vector(65, Element::generator()));
  CHECK(refused(codec::read_coefexps(codec::write_coefexps(long_list))) == ErrorCode::too_large);
  auto many = two_of_three().parameters;
  many.certs.resize(65, many.certs[0]);
  CHECK(refused(codec::read_trustees(codec::write_trustees({many}))) == ErrorCode::too_large);
}
