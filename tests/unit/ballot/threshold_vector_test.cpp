#include <catch2/catch.hpp>
#include <map>

#include "core/ballot/credential.hpp"
#include "core/ballot/tally.hpp"
#include "core/ballot/threshold.hpp"
#include "core/ballot/trustee.hpp"
#include "core/ballot/verify.hpp"
#include "core/crypto/hash.hpp"
#include "tests/unit/ballot/archive_reader.hpp"

// An election that belenios-tool 2.1 made and accepts: blank votes, weights, one mandatory trustee and 2 of 3 others.
using namespace suara;
using namespace suara::ballot;
using codec::BelEventType;
using test::VectorElection;

namespace {

const VectorElection& vote() { return VectorElection::threshold(); }

const ThresholdParameters& group() { return std::get<ThresholdParameters>(vote().trustees.at(1)); }

std::map<Element, std::uint64_t> weights() {
  std::map<Element, std::uint64_t> out;
  for (const auto& credential : vote().credentials) out.emplace(credential.key, credential.weight);
  return out;
}

// The last ballot of each credential, with its weight.
TallyAccumulator counted() {
  TallyAccumulator tally(vote().election.questions);
  std::map<Element, Ballot> last;
  for (const auto json : vote().payloads(BelEventType::ballot)) {
    auto ballot = codec::read_ballot(json).value();
    const auto weight = weights().at(ballot.credential);
    if (const auto held = last.find(ballot.credential); held != last.end()) {
      tally.remove(held->second.answers, weight);
      last.erase(held);
    }
    tally.add(ballot.answers, weight);
    last.emplace(ballot.credential, std::move(ballot));
  }
  return tally;
}

std::map<std::uint32_t, PartialDecryption> partials() {
  std::map<std::uint32_t, PartialDecryption> out;
  for (const auto json : vote().payloads(BelEventType::partial_decryption)) {
    const auto owned = codec::read_owned_partial_decryption(json).value();
    out.emplace(owned.owner, codec::read_partial_decryption(vote().archive.data.at(owned.payload)).value());
  }
  return out;
}

}  // namespace

TEST_CASE("the independent ceremony verifies: certificates, commitments, verification keys, the election's key") {
  REQUIRE(vote().trustees.size() == 2);
  CHECK(group().threshold == 2);
  REQUIRE(group().certs.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(verify_certificate(group().certs[i]));
    CHECK(verify_coefexps(group().coefexps[i], group().certs[i].verification, 2));
    const auto& key = group().verification_keys[i];
    CHECK(verify_trustee_key(key));
    CHECK(key.public_key == expected_verification_key(group().coefexps, static_cast<std::uint32_t>(i + 1)));
  }
  CHECK(verify_threshold(group()));
  CHECK(verify_trustees(vote().trustees));
  CHECK(combine_keys(vote().trustees) == vote().election.public_key);
  CHECK(count_owners(vote().trustees) == 4);
  CHECK(owner_key(vote().trustees, 1) == std::get<TrusteePublicKey>(vote().trustees[0]).public_key);
  CHECK(owner_key(vote().trustees, 4) == group().verification_keys[2].public_key);
  CHECK_FALSE(owner_key(vote().trustees, 0));
  CHECK_FALSE(owner_key(vote().trustees, 5));
}

TEST_CASE("the files of the independent ceremony are those of its trustees text") {
  const auto certs = test::vector_lines("threshold/ceremony/certs.jsons");
  REQUIRE(certs.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(codec::write_certificate(codec::read_certificate(certs[i]).value()) == certs[i]);
    CHECK(codec::write_certificate(group().certs[i]) == certs[i]);
    const auto coefexps = codec::write_coefexps(group().coefexps[i]);
    CHECK(codec::write_coefexps(codec::read_coefexps(coefexps).value()) == coefexps);
  }
}

TEST_CASE("every ballot of the independent election verifies, blank votes included") {
  const auto ballots = vote().payloads(BelEventType::ballot);
  REQUIRE(ballots.size() == 7);
  for (const auto json : ballots) {
    const auto ballot = codec::read_ballot(json).value();
    CHECK(ballot.answers[0].blank_proof.size() == 2);
    CHECK(ballot.answers[1].blank_proof.empty());
    const auto verified = verify(vote().election, ballot);
    INFO((verified ? "" : verified.error().detail));
    CHECK(verified);
    CHECK(weights().contains(ballot.credential));
  }
}

TEST_CASE("the encrypted tally is the weighted product, and its counts are the votes that were cast") {
  const auto tally = counted();
  const auto sized = codec::read_sized_tally(vote().payloads(BelEventType::encrypted_tally).at(0)).value();
  CHECK(tally.num_tallied() == 6);
  CHECK(tally.num_tallied() == sized.num_tallied);
  CHECK(tally.total_weight() == 21);
  CHECK(tally.total_weight() == sized.total_weight);
  CHECK(codec::write_encrypted_tally(tally.tally()) == vote().archive.data.at(sized.encrypted_tally));

  const auto all = partials();
  REQUIRE(all.size() == 3);
  for (const auto& [owner, partial] : all) {
    const Element key = owner_key(vote().trustees, owner).value();
    CHECK(verify_partial_decryption(tally.tally(), partial, key, vote().election.fingerprint));
    const Element other = owner_key(vote().trustees, owner % 4 + 1).value();
    CHECK_FALSE(verify_partial_decryption(tally.tally(), partial, other, vote().election.fingerprint));
  }
  const auto counts = decrypt_counts(tally.tally(), vote().trustees, all, tally.total_weight()).value();
  CHECK(counts == Counts{{6, 4, 10, 5, 4}, {12, 9, 14}});
  CHECK(codec::write_result(counts) == vote().payloads(BelEventType::result).at(0));
}

TEST_CASE("one of the two threshold trustees alone does not open the independent tally") {
  const auto tally = counted();
  auto too_few = partials();
  const auto last = too_few.rbegin()->first;
  too_few.erase(last);
  const auto none = decrypt_counts(tally.tally(), vote().trustees, too_few, 21);
  REQUIRE_FALSE(none);
  CHECK(none.error().code == ErrorCode::conflict);
  const auto needed = still_needed(vote().trustees, {1, 2});
  CHECK(needed.mandatory.empty());
  REQUIRE(needed.groups.size() == 1);
  CHECK(needed.groups[0].absent == std::vector<std::uint32_t>{3, 4});
  CHECK(needed.groups[0].missing == 1);
  CHECK_FALSE(needed.nothing());
  CHECK(still_needed(vote().trustees, {1, 2, 4}).nothing());
  CHECK(still_needed(vote().trustees, {2, 3, 4}).mandatory == std::vector<std::uint32_t>{1});
}

TEST_CASE("what is read of the threshold election is written back byte for byte") {
  const auto text = [&](const Hash& hash) { return std::string(vote().archive.data.at(hash)); };
  CHECK(codec::write_election(vote().election) == text(vote().setup.election));
  CHECK(codec::write_trustees(vote().trustees) == text(vote().setup.trustees));
  CHECK(codec::write_public_credentials(vote().credentials) == text(vote().setup.credentials));
  for (const auto json : vote().payloads(BelEventType::ballot)) {
    CHECK(codec::write_ballot(codec::read_ballot(json).value()) == json);
  }
}
