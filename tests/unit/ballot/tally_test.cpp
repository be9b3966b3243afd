#include "core/ballot/tally.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "core/codec/belenios.hpp"
#include "tests/support/sample_ballot.hpp"

using namespace suara;
using namespace suara::ballot;
using crypto::SecretScalar;
using test::make_election;
using test::make_question;

namespace {

struct TallyFixture {
  test::SampleElection sample = make_election({make_question(3, 0, 1)}, 2);
  const Election& election = sample.election;
  TallyAccumulator tally{election.questions};

  std::vector<Answer> cast(std::vector<unsigned> choices) {
    return encrypt(election, SecretScalar::random(), {choices}).value().answers;
  }
  std::vector<Decryption> decryptions() {
    std::vector<Decryption> out;
    for (const auto& trustee : sample.trustees)
      out.push_back(decrypt(tally.tally(), trustee.secret, election.fingerprint));
    return out;
  }
  Counts counts() {
    std::vector<PartialDecryption> partials;
    for (auto& decryption : decryptions()) partials.push_back(std::move(decryption.partial));
    return decrypt_counts(tally.tally(), sample.published, test::by_owner(std::move(partials)), tally.total_weight())
        .value();
  }
  Result<void> plain(const Decryption& d, std::size_t trustee) {
    return verify_partial_decryption(tally.tally(), d.partial, sample.trustees[trustee].public_key.public_key,
                                     election.fingerprint);
  }
  Result<void> strong(const Decryption& d, std::size_t trustee) {
    return verify_strong_proofs(tally.tally(), d.partial, d.strong_proofs,
                                sample.trustees[trustee].public_key.public_key, election.fingerprint);
  }
};

}  // namespace

TEST_CASE_METHOD(TallyFixture, "an empty tally is all identity, decrypts to zero and its proofs verify") {
  const auto sums = tally.tally();
  for (const auto& count : sums[0]) {
    CHECK(count.alpha.is_identity());
    CHECK(count.beta.is_identity());
  }
  CHECK(counts() == Counts{{0, 0, 0}});
  for (std::size_t i = 0; i < 2; ++i) {
    const auto d = decrypt(tally.tally(), sample.trustees[i].secret, election.fingerprint);
    CHECK(d.partial.factors[0][0].is_identity());
    CHECK(plain(d, i));
    CHECK(strong(d, i));
  }
  const auto text = codec::write_encrypted_tally(tally.tally());
  CHECK(codec::read_encrypted_tally(text).value() == tally.tally());
}

TEST_CASE_METHOD(TallyFixture, "a re-vote that removes the only ballot brings the tally back to the identity") {
  const auto first = cast({0, 1, 0});
  tally.add(first);
  CHECK(counts() == Counts{{0, 1, 0}});
  tally.remove(first);
  CHECK(tally.tally()[0][1].alpha.is_identity());
  CHECK(tally.num_tallied() == 0);
  CHECK(tally.total_weight() == 0);
  CHECK(counts() == Counts{{0, 0, 0}});
  tally.add(cast({0, 0, 1}));
  CHECK(counts() == Counts{{0, 0, 1}});
  CHECK_THROWS_AS(tally.remove(first, 2), std::invalid_argument);
}

TEST_CASE_METHOD(TallyFixture, "weights multiply the marks") {
  const auto heavy = cast({1, 0, 0});
  tally.add(heavy, 5);
  tally.add(cast({0, 1, 0}), 1);
  tally.add(cast({0, 0, 0}), 3);
  CHECK(tally.num_tallied() == 3);
  CHECK(tally.total_weight() == 9);
  CHECK(counts() == Counts{{5, 1, 0}});
  tally.remove(heavy, 5);
  CHECK(counts() == Counts{{0, 1, 0}});
}

TEST_CASE_METHOD(TallyFixture, "a ballot encrypted with randomness 0 has identities and counts all the same") {
  // beta/g^m is the identity for m = 1: every step of the arithmetic meets it.
  Answer bare;
  bare.choices = {{Element::identity(), Element::generator()}, {}, {}};
  tally.add({bare});
  tally.add(cast({1, 0, 0}));
  CHECK(counts() == Counts{{2, 0, 0}});
}

TEST_CASE_METHOD(TallyFixture, "a ballot of another shape is a bug, not a vote") {
  CHECK_THROWS_AS(tally.add({}), std::invalid_argument);
  CHECK_THROWS_AS(tally.add({Answer{}}), std::invalid_argument);
}

TEST_CASE_METHOD(TallyFixture, "a wrong factor is refused by both proofs and gives no count") {
  tally.add(cast({0, 1, 0}));
  auto d = decryptions();
  CHECK(plain(d[0], 0));
  CHECK(strong(d[0], 0));
  const Element good = d[0].partial.factors[0][1];
  d[0].partial.factors[0][1] = good * Element::generator();
  CHECK(plain(d[0], 0).error().code == ErrorCode::invalid_proof);
  CHECK(strong(d[0], 0).error().code == ErrorCode::invalid_proof);
  d[0].partial.factors[0][1] = crypto::g_pow(crypto::Scalar::random());
  const auto none = decrypt_counts(tally.tally(), sample.published, test::by_owner({d[0].partial, d[1].partial}), 1);
  REQUIRE_FALSE(none);
  CHECK(none.error().code == ErrorCode::invalid_proof);
}

// Version 1's challenge does not hash alpha and the factor, so a trustee can choose both commitments first, learn the
// challenge, and solve for a factor that fits. The strong proof exists against exactly this.
TEST_CASE_METHOD(TallyFixture, "a factor made to fit version 1's proof is refused by the strong one") {
  tally.add(cast({0, 1, 0}));
  const auto& secret = sample.trustees[0].secret.expose();
  auto d = decrypt(tally.tally(), sample.trustees[0].secret, election.fingerprint);
  const Element alpha = tally.tally()[0][1].alpha;
  const Element key = sample.trustees[0].public_key.public_key;
  const Scalar w = Scalar::random();
  const Element a = crypto::g_pow(w), b = crypto::g_pow(Scalar::random());
  const Scalar challenge = crypto::hash_to_scalar("decrypt|" + election.fingerprint + "|" + key.to_text() + "|" +
                                                  a.to_text() + "," + b.to_text());
  const Scalar response = w - secret * challenge;
  const Element spoilt = crypto::pow(b / crypto::pow(alpha, response), invert(challenge));
  REQUIRE(spoilt != d.partial.factors[0][1]);
  d.partial.factors[0][1] = spoilt;
  d.partial.proofs[0][1] = {challenge, response};
  CHECK(plain(d, 0));
  CHECK(strong(d, 0).error().code == ErrorCode::invalid_proof);
}

TEST_CASE_METHOD(TallyFixture, "decryption proofs hold for one trustee, one election and one shape") {
  tally.add(cast({1, 0, 0}));
  auto d = decryptions();
  CHECK(plain(d[0], 1).error().code == ErrorCode::invalid_proof);
  CHECK(strong(d[0], 1).error().code == ErrorCode::invalid_proof);
  const Element key = sample.trustees[0].public_key.public_key;
  CHECK_FALSE(verify_partial_decryption(tally.tally(), d[0].partial, key, "another election"));
  CHECK_FALSE(verify_strong_proofs(tally.tally(), d[0].partial, d[0].strong_proofs, key, "another election"));
  auto fewer = d[0];
  fewer.partial.factors[0].pop_back();
  CHECK(plain(fewer, 0).error().code == ErrorCode::wrong_choices);
  CHECK(decrypt_counts(tally.tally(), sample.published, test::by_owner({fewer.partial}), 1).error().code ==
        ErrorCode::wrong_choices);
  fewer = d[0];
  fewer.strong_proofs.clear();
  CHECK(strong(fewer, 0).error().code == ErrorCode::wrong_choices);
}

TEST_CASE_METHOD(TallyFixture, "a trustee's key comes with proof that its secret is held") {
  auto key = sample.trustees[0].public_key;
  CHECK(verify_trustee_key(key));
  // Cancels the first trustee's key: what the proof of knowledge is against.
  TrusteePublicKey rogue{key.pok, Element::generator() / key.public_key};
  CHECK(verify_trustee_key(rogue).error().code == ErrorCode::invalid_proof);
  key.public_key = Element::identity();
  CHECK(verify_trustee_key(key).error().code == ErrorCode::invalid_proof);
  CHECK(combine_keys({sample.trustees[0].public_key, sample.trustees[1].public_key}) == election.public_key);
}

TEST_CASE("counts are found up to the total weight and not beyond") {
  const Scalar r = Scalar::from_u64(77);
  for (const std::uint64_t bound : {0u, 1u, 2u, 3u, 8u, 9u, 10u, 1000u}) {
    for (std::uint64_t count = 0; count <= bound + 2; count += bound > 10 ? 37 : 1) {
      const EncryptedTally tally{{{crypto::g_pow(r), crypto::g_pow(r + Scalar::from_u64(count))}}};
      const PartialDecryption partial{{{crypto::g_pow(r)}}, {}};
      const auto counts = decrypt_counts(tally, {TrusteePublicKey{}}, {{1, partial}}, bound);
      INFO(count << " of " << bound);
      REQUIRE(counts.has_value() == (count <= bound));
      if (counts) CHECK(*counts == Counts{{count}});
    }
  }
  CHECK(decrypt_counts({}, {}, {}, std::uint64_t{1} << 33).error().code == ErrorCode::unsupported);
}
