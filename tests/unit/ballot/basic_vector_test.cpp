#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "core/ballot/credential.hpp"
#include "core/ballot/tally.hpp"
#include "core/ballot/trustee.hpp"
#include "core/ballot/verify.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "tests/unit/ballot/archive_reader.hpp"

// The whole of an election that belenios-tool 2.1 made and accepts, verified by our code.
using namespace suara;
using namespace suara::ballot;
using codec::BelEventType;
using test::BasicElection;

namespace {

std::vector<VerifiedBallot> verified_ballots() {
  const auto& basic = BasicElection::get();
  std::vector<VerifiedBallot> out;
  for (const auto json : basic.payloads(BelEventType::ballot)) {
    out.push_back(verify(basic.election, codec::read_ballot(json).value()).value());
  }
  return out;
}

// The last ballot of each credential.
TallyAccumulator counted(const std::vector<VerifiedBallot>& ballots) {
  TallyAccumulator tally(BasicElection::get().election.questions);
  std::map<Element, const Ballot*> last;
  for (const auto& verified : ballots) {
    auto& held = last[verified.ballot().credential];
    if (held) tally.remove(held->answers);
    held = &verified.ballot();
    tally.add(held->answers);
  }
  return tally;
}

std::vector<crypto::SecretScalar> trustee_secrets() {
  std::vector<crypto::SecretScalar> out;
  for (const auto& line : test::vector_lines("basic/trustee_private_keys.json")) {
    const auto first = line.find('"'), last = line.rfind('"');
    if (first == std::string::npos) continue;
    out.push_back(crypto::SecretScalar::from_decimal(line.substr(first + 1, last - first - 1)).value());
  }
  return out;
}

}  // namespace

TEST_CASE("the setup of the independent election verifies") {
  const auto& basic = BasicElection::get();
  CHECK(basic.election.name == "Ketua OSIS 2026");
  CHECK(basic.election.uuid.str() == "ucSijHEHGk8LHG");
  CHECK(basic.election.questions.at(0).answers.at(3) == "Gita & Hadi");
  REQUIRE(basic.trustees.size() == 3);
  CHECK(verify_trustees(basic.trustees));
  CHECK(combine_keys(basic.trustees) == basic.election.public_key);
  CHECK(basic.credentials.size() == 12);
}

TEST_CASE("secret credentials and trustees' secrets give the public ones") {
  const auto& basic = BasicElection::get();
  for (const auto& line : test::vector_lines("basic/creds.lst")) {
    const std::string code = line.substr(line.find(' ') + 1);  // theirs are used as written, with dashes
    const Element key = public_credential(credential_secret(code, basic.election.uuid));
    CHECK(std::any_of(basic.credentials.begin(), basic.credentials.end(), [&](const auto& c) { return c.key == key; }));
  }
  const auto secrets = trustee_secrets();
  REQUIRE(secrets.size() == basic.trustees.size());
  for (std::size_t i = 0; i < secrets.size(); ++i) {
    CHECK(trustee_public_key(secrets[i]).public_key == owner_key(basic.trustees, static_cast<std::uint32_t>(i + 1)));
  }
}

TEST_CASE("every ballot of the independent election verifies") {
  const auto& basic = BasicElection::get();
  const auto ballots = verified_ballots();
  REQUIRE(ballots.size() == 10);
  for (const auto& verified : ballots) {
    const auto& credential = verified.ballot().credential;
    CHECK(std::any_of(basic.credentials.begin(), basic.credentials.end(),
                      [&](const auto& c) { return c.key == credential; }));
  }
  const auto payload = basic.payloads(BelEventType::ballot).front();
  CHECK(ballots[0].ballot().tracker == crypto::sha256(payload));
}

TEST_CASE("the encrypted tally is the product of each credential's last ballot") {
  const auto& basic = BasicElection::get();
  const auto sized = codec::read_sized_tally(basic.payloads(BelEventType::encrypted_tally).at(0)).value();
  const auto tally = counted(verified_ballots());
  CHECK(tally.num_tallied() == sized.num_tallied);
  CHECK(tally.total_weight() == sized.total_weight);
  CHECK(codec::write_encrypted_tally(tally.tally()) == basic.archive.data.at(sized.encrypted_tally));
}

TEST_CASE("the decryption proofs verify and give the result") {
  const auto& basic = BasicElection::get();
  const auto tally = counted(verified_ballots());
  std::map<std::uint32_t, PartialDecryption> partials;
  for (const auto json : basic.payloads(BelEventType::partial_decryption)) {
    const auto owned = codec::read_owned_partial_decryption(json).value();
    auto partial = codec::read_partial_decryption(basic.archive.data.at(owned.payload)).value();
    const Element key = owner_key(basic.trustees, owned.owner).value();
    CHECK(verify_partial_decryption(tally.tally(), partial, key, basic.election.fingerprint));
    const Element other = owner_key(basic.trustees, owned.owner % 3 + 1).value();
    CHECK(verify_partial_decryption(tally.tally(), partial, other, basic.election.fingerprint).error().code ==
          ErrorCode::invalid_proof);
    partials.emplace(owned.owner, std::move(partial));
  }
  const auto counts = decrypt_counts(tally.tally(), basic.trustees, partials, tally.total_weight()).value();
  CHECK(counts == Counts{{1, 5, 2, 1}});
  CHECK(codec::write_result(counts) == basic.payloads(BelEventType::result).at(0));
  CHECK(codec::read_result(basic.payloads(BelEventType::result).at(0)).value() == counts);
}

TEST_CASE("a trustee's own decryption of the independent tally gives the published factors") {
  const auto& basic = BasicElection::get();
  const auto tally = counted(verified_ballots());
  const auto secrets = trustee_secrets();
  const auto owners = basic.payloads(BelEventType::partial_decryption);
  REQUIRE(owners.size() == secrets.size());
  for (std::size_t i = 0; i < secrets.size(); ++i) {
    const auto owned = codec::read_owned_partial_decryption(owners[i]).value();
    const auto published = codec::read_partial_decryption(basic.archive.data.at(owned.payload)).value();
    const auto own = decrypt(tally.tally(), secrets.at(owned.owner - 1), basic.election.fingerprint);
    CHECK(own.partial.factors == published.factors);
    const Element key = owner_key(basic.trustees, owned.owner).value();
    CHECK(verify_partial_decryption(tally.tally(), own.partial, key, basic.election.fingerprint));
    CHECK(verify_strong_proofs(tally.tally(), own.partial, own.strong_proofs, key, basic.election.fingerprint));
  }
}

TEST_CASE("what is read is written back byte for byte") {
  const auto& basic = BasicElection::get();
  const auto text = [&](const Hash& hash) { return std::string(basic.archive.data.at(hash)); };
  CHECK(codec::write_election(basic.election) == text(basic.setup.election));
  CHECK(codec::write_trustees(basic.trustees) == text(basic.setup.trustees));
  CHECK(codec::write_public_credentials(basic.credentials) == text(basic.setup.credentials));
  for (const auto json : basic.payloads(BelEventType::ballot)) {
    const auto ballot = codec::read_ballot(json).value();
    CHECK(codec::write_ballot(ballot) == json);
    CHECK(crypto::to_base64_unpadded(crypto::sha256(codec::write_ballot_unsigned(ballot)).view()) ==
          ballot.signature.hash);
  }
}
