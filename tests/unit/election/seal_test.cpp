#include <catch2/catch.hpp>

#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

TEST_CASE("sealing records the roll and the election, and ends the draft") {
  HeldElection held;
  held.set_up(small_draft(), 2);
  CHECK(held.state.roll.size() == 2);
  held.seal();
  const Summary& summary = held.state.summary;
  CHECK(summary.phase == Phase::sealed);
  CHECK(summary.roll_sealed->voters == 2);
  CHECK(summary.sealed->parsed_election.public_key == summary.trustees[0].key.public_key);
  CHECK(held.state.roll.empty());
  CHECK(refused(held.give(held.new_trustee_key(), trustee)) == ErrorCode::wrong_phase);
  CHECK(refused(held.give(EnrolVoters{}, registrar)) == ErrorCode::wrong_phase);
  CHECK(refused(held.give(codec::seal_command(held.state).value(), committee)) == ErrorCode::wrong_phase);
}

TEST_CASE("the credentials hash is that of the Belenios public credentials, sorted") {
  HeldElection held;
  held.set_up(small_draft(), 5);
  std::vector<ballot::PublicCredential> list;
  for (const auto& [key, credential] : held.state.credentials) list.push_back({key, credential.weight});
  std::sort(list.begin(), list.end(), [](auto& a, auto& b) { return a.key.to_text() < b.key.to_text(); });
  CHECK(credentials_hash(held.state) == crypto::sha256(codec::write_public_credentials(list)));
  CHECK(credentials_hash(State{}) == crypto::sha256("[]"));

  held.enrol(1, PlaceId{"tps-1"}, 7);  // one weight that is not 1: all are written
  list.clear();
  for (const auto& [key, credential] : held.state.credentials) list.push_back({key, credential.weight});
  std::sort(list.begin(), list.end(), [](auto& a, auto& b) { return a.key.to_text() < b.key.to_text(); });
  const auto text = codec::write_public_credentials(list);
  CHECK(text.find(",7\"") != std::string::npos);
  CHECK(text.find(",1\"") != std::string::npos);
  CHECK(credentials_hash(held.state) == crypto::sha256(text));
}

TEST_CASE("sealing says what is missing") {
  auto draft = small_draft();
  draft.trustees = 2;
  draft.places.push_back({PlaceId{"tps-2"}, "TPS 2"});
  HeldElection held;
  held.draft(draft);
  CHECK(refused(codec::seal_command(held.state)) == ErrorCode::conflict);
  held.must(held.new_trustee_key(), trustee);

  auto result = held.give(codec::seal_command(held.state).value(), committee);
  REQUIRE(!result);
  CHECK(result.error().code == ErrorCode::conflict);
  CHECK(result.error().items.size() == 2);
  CHECK(result.error().items[0].find("1 of 2 trustee keys") == 0);
  CHECK(result.error().items[1].find("No voters") == 0);

  held.must(held.new_trustee_key(), trustee);
  held.enrol(1);
  held.must(EnrolVoters{{{HeldElection::commitment_of(7), PlaceId{"tps-2"}}}}, registrar);
  result = held.give(codec::seal_command(held.state).value(), committee);
  REQUIRE(!result);
  REQUIRE(result.error().items.size() == 1);
  CHECK(result.error().items[0].find("Polling place 'tps-2' has 1 voters and 0 credentials") == 0);
}

TEST_CASE("at each place the credentials weigh what its voters weigh") {
  HeldElection held;
  held.set_up(small_draft(), 1);
  const PlaceId place{"tps-1"};
  held.must(EnrolVoters{{{HeldElection::commitment_of(10), place, 3}, {HeldElection::commitment_of(11), place, 5}}},
            registrar);
  const auto credential = [](std::uint64_t exponent, std::uint64_t weight) {
    return ballot::PublicCredential{crypto::g_pow(crypto::Scalar::from_u64(exponent)), weight};
  };
  const auto import = [&](std::vector<ballot::PublicCredential> list) {
    return held.give(ImportCredentials{{{place, std::move(list)}}}, registrar);
  };
  CHECK(refused(import({credential(2, 4)})) == ErrorCode::conflict);
  CHECK(refused(import({credential(2, 1)})) == ErrorCode::conflict);
  CHECK(refused(import({credential(2, 3), credential(3, 3)})) == ErrorCode::conflict);
  CHECK(refused(import({credential(2, 0)})) == ErrorCode::roll_invalid);
  CHECK(refused(import({credential(2, max_weight + 1)})) == ErrorCode::roll_invalid);
  REQUIRE(import({credential(2, 3)}));
  const auto early = held.give(codec::seal_command(held.state).value(), committee);
  REQUIRE(!early);
  REQUIRE(early.error().items.size() == 1);
  CHECK(early.error().items[0].find("1 voters of weight 5 and 0 credentials of weight 5") != std::string::npos);
  REQUIRE(import({credential(3, 5)}));
  CHECK(held.state.summary.total_weight == 9);
  held.seal();
  CHECK(held.state.weights.empty());
}

TEST_CASE("the roll's weights are bounded, each and all together") {
  HeldElection held;
  held.draft(small_draft());
  const auto roll = [](std::size_t from, std::size_t count, std::uint64_t weight) {
    EnrolVoters command;
    for (std::size_t i = from; i < from + count; ++i) {
      command.voters.push_back({HeldElection::commitment_of(i), PlaceId{"tps-1"}, weight});
    }
    return command;
  };
  CHECK(refused(held.give(roll(0, 1, 0), registrar)) == ErrorCode::roll_invalid);
  CHECK(refused(held.give(roll(0, 1, max_weight + 1), registrar)) == ErrorCode::roll_invalid);
  held.must(roll(0, 4294, max_weight), registrar);
  CHECK(refused(held.give(roll(5000, 1, max_weight), registrar)) == ErrorCode::roll_invalid);
  held.must(roll(5000, 1, max_total_weight - 4294 * max_weight), registrar);
  CHECK(refused(held.give(roll(5001, 1, 1), registrar)) == ErrorCode::roll_invalid);
}

TEST_CASE("texts that say something else than the state are not sealed") {
  HeldElection held;
  held.set_up(small_draft(), 2);
  const auto good = codec::seal_command(held.state).value();
  const auto altered = [&](auto change) {
    SealElection command = good;
    change(command);
    command.election = codec::write_election(command.parsed_election);
    command.parsed_election.fingerprint = codec::read_election(command.election)->fingerprint;
    const auto result = held.decide(command, committee);
    REQUIRE(!result);
    CHECK(result.error().items.size() == 1);
    return result.error().code;
  };
  CHECK(altered([](auto& c) { c.parsed_election.name = "Lain"; }) == ErrorCode::conflict);
  CHECK(altered([](auto& c) { c.parsed_election.description = "Lain"; }) == ErrorCode::conflict);
  CHECK(altered([](auto& c) { c.parsed_election.administrator = "Lain"; }) == ErrorCode::conflict);
  CHECK(altered([](auto& c) { c.parsed_election.credential_authority = "Lain"; }) == ErrorCode::conflict);
  CHECK(altered([](auto& c) { c.parsed_election.uuid.value += "1"; }) == ErrorCode::conflict);
  CHECK(altered([](auto& c) { c.parsed_election.questions[0].max = 2; }) == ErrorCode::conflict);
  CHECK(altered([](auto& c) { c.parsed_election.public_key = ballot::Element::generator(); }) == ErrorCode::conflict);
  CHECK(altered([](auto& c) { c.credentials_hash.bytes[0] ^= 1; }) == ErrorCode::conflict);
  CHECK(altered([&](auto& c) { c.parsed_trustees[0] = ballot::trustee_public_key(held.trustees[0]); }) ==
        ErrorCode::conflict);  // proved anew, and so not as it was published

  SealElection unproven = good;
  std::get<ballot::TrusteePublicKey>(unproven.parsed_trustees[0]).pok.response = crypto::Scalar::zero();
  CHECK(refused(held.decide(unproven, committee)) == ErrorCode::invalid_proof);

  SealElection other_bytes = good;
  other_bytes.election += " ";
  CHECK(refused(held.decide(other_bytes, committee)) == ErrorCode::integrity);
  CHECK(held.decide(good, committee));
}

TEST_CASE("keys that cancel each other out are not sealed") {
  auto draft = small_draft();
  draft.trustees = 2;
  HeldElection held;
  held.draft(draft);
  const auto secret = crypto::SecretScalar::random();
  const auto minus = crypto::SecretScalar::from_scalar(crypto::Scalar::zero() - secret.expose());
  for (const auto* each : {&secret, &minus}) {
    const auto key = ballot::trustee_public_key(*each);
    held.must(PublishTrusteeKey{codec::write_trustee_public_key(key), key}, trustee);
  }
  held.enrol(1);
  CHECK(refused(held.give(codec::seal_command(held.state).value(), committee)) == ErrorCode::invalid_point);
}
