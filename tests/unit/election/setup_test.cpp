#include <catch2/catch.hpp>

#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

namespace {

HeldElection drafted(Draft draft = small_draft()) {
  HeldElection held;
  held.draft(draft);
  return held;
}

EnrolVoters two_voters() {
  return {{{HeldElection::commitment_of(0), PlaceId{"tps-1"}}, {HeldElection::commitment_of(1), PlaceId{"tps-1"}}}};
}

std::vector<ballot::PublicCredential> some_credentials(std::size_t count) {
  std::vector<ballot::PublicCredential> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back({crypto::g_pow(crypto::Scalar::from_u64(i + 2)), 1});
  return out;
}

ImportCredentials at_place(std::vector<ballot::PublicCredential> credentials, const std::string& place = "tps-1") {
  return {{{PlaceId{place}, std::move(credentials)}}};
}

}  // namespace

TEST_CASE("opening a ledger records its key and the draft") {
  HeldElection held;
  const auto decision = held.must(held.open_ledger(small_draft()), committee);
  REQUIRE(decision.events.size() == 3);
  CHECK(type_name(decision.events[0]) == "LedgerOpened");
  CHECK(type_name(decision.events[1]) == "ElectionDrafted");
  CHECK(type_name(decision.events[2]) == "OfficialAppointed");
  CHECK(held.state.summary.draft == small_draft());
  CHECK(held.state.summary.phase == Phase::draft);
}

TEST_CASE("a ledger is opened once, with a good uuid and draft") {
  HeldElection held;
  auto command = held.open_ledger(small_draft());
  command.uuid.value = "short";
  CHECK(refused(held.give(command, committee)) == ErrorCode::malformed);
  command.uuid.value = "0OIl0OIl0OIl0OIl";
  CHECK(refused(held.give(command, committee)) == ErrorCode::malformed);
  command = held.open_ledger(small_draft());
  command.key.clear();
  CHECK(refused(held.give(command, committee)) == ErrorCode::malformed);
  command = held.open_ledger(small_draft());
  command.draft.name.clear();
  CHECK(refused(held.give(command, committee)) == ErrorCode::invalid_draft);
  CHECK(held.state.size == 0);

  held.draft(small_draft());
  CHECK(refused(held.give(held.open_ledger(small_draft()), committee)) == ErrorCode::conflict);
}

TEST_CASE("nothing but opening is possible on an empty ledger") {
  HeldElection held;
  CHECK(refused(held.give(two_voters(), registrar)) == ErrorCode::wrong_phase);
  CHECK(refused(held.give(OpenElection{}, committee)) == ErrorCode::wrong_phase);
  CHECK(refused(held.give(CertifyResult{}, committee)) == ErrorCode::wrong_phase);
}

TEST_CASE("a trustee's key is numbered in the order of publication") {
  auto draft = small_draft();
  draft.trustees = 2;
  auto held = drafted(draft);
  held.must(held.new_trustee_key(), trustee);
  held.must(held.new_trustee_key(), committee);
  CHECK(held.state.summary.trustees[0].trustee == 1);
  CHECK(held.state.summary.trustees[1].trustee == 2);
  CHECK(refused(held.give(held.new_trustee_key(), trustee)) == ErrorCode::conflict);
}

TEST_CASE("a trustee's key is refused with a wrong proof, as the identity, and twice") {
  auto draft = small_draft();
  draft.trustees = 3;
  auto held = drafted(draft);
  auto wrong = held.new_trustee_key();
  wrong.key.pok.response = wrong.key.pok.response + crypto::Scalar::from_u64(1);
  CHECK(refused(held.give(wrong, trustee)) == ErrorCode::invalid_proof);
  wrong.key.public_key = ballot::Element::identity();
  CHECK(refused(held.give(wrong, trustee)) == ErrorCode::invalid_point);
  const auto good = held.new_trustee_key();
  held.must(good, trustee);
  CHECK(refused(held.give(good, trustee)) == ErrorCode::conflict);
}

TEST_CASE("who holds the key is the tally policy's matter") {
  auto live = drafted(small_draft(TallyPolicy::live));
  const auto key = live.new_trustee_key();
  CHECK(refused(live.give(key, trustee)) == ErrorCode::not_permitted);
  CHECK(refused(live.give(key, committee)) == ErrorCode::not_permitted);
  live.must(key, service);
  auto sealed = drafted();
  CHECK(refused(sealed.give(sealed.new_trustee_key(), service)) == ErrorCode::not_permitted);
}

TEST_CASE("voters are enrolled in chunks of at most 400, numbered on") {
  auto held = drafted();
  held.must(two_voters(), registrar);
  EnrolVoters many;
  for (std::size_t i = 10; i < 1010; ++i) many.voters.push_back({HeldElection::commitment_of(i), PlaceId{"tps-1"}});
  const auto decision = held.must(many, registrar);
  REQUIRE(decision.events.size() == 3);
  std::vector<std::size_t> sizes, firsts;
  for (const auto& event : decision.events) {
    sizes.push_back(std::get<VotersEnrolled>(event).voters.size());
    firsts.push_back(std::get<VotersEnrolled>(event).first);
  }
  CHECK(sizes == std::vector<std::size_t>{400, 400, 200});
  CHECK(firsts == std::vector<std::size_t>{2, 402, 802});
  CHECK(held.state.summary.voters == 1002);
  CHECK(held.state.summary.voters_by_place.at(PlaceId{"tps-1"}) == 1002);
}

TEST_CASE("a roll with unknown places or repeats is refused whole, each fault listed") {
  auto held = drafted();
  CHECK(refused(held.give(EnrolVoters{}, registrar)) == ErrorCode::roll_invalid);
  auto roll = two_voters();
  roll.voters.push_back(roll.voters[0]);
  roll.voters.push_back({HeldElection::commitment_of(9), PlaceId{"tps-9"}});
  const auto result = held.give(roll, registrar);
  REQUIRE(!result);
  CHECK(result.error().code == ErrorCode::roll_invalid);
  REQUIRE(result.error().items.size() == 2);
  CHECK(result.error().items[0].find("voter 3") == 0);
  CHECK(result.error().items[1].find("'tps-9'") != std::string::npos);
  CHECK(held.state.summary.voters == 0);

  held.must(two_voters(), registrar);
  CHECK(refused(held.give(two_voters(), registrar)) == ErrorCode::roll_invalid);
}

TEST_CASE("a list of faults is bounded") {
  auto held = drafted();
  EnrolVoters roll;
  for (std::size_t i = 0; i < 250; ++i) roll.voters.push_back({HeldElection::commitment_of(i), PlaceId{"none"}});
  const auto result = held.give(roll, registrar);
  REQUIRE(!result);
  REQUIRE(result.error().items.size() == 101);
  CHECK(result.error().items.back() == "... and 150 more.");
}

TEST_CASE("credentials are recorded sorted by text, in chunks of at most 500") {
  auto held = drafted();
  EnrolVoters many;
  for (std::size_t i = 0; i < 600; ++i) many.voters.push_back({HeldElection::commitment_of(i), PlaceId{"tps-1"}});
  held.must(many, registrar);
  const auto decision = held.must(at_place(some_credentials(600)), registrar);
  REQUIRE(decision.events.size() == 2);
  std::vector<std::string> texts;
  for (const auto& event : decision.events) {
    for (const auto& credential : std::get<RollImported>(event).credentials) texts.push_back(credential.key.to_text());
  }
  CHECK(std::get<RollImported>(decision.events[0]).credentials.size() == 500);
  CHECK(texts.size() == 600);
  CHECK(std::is_sorted(texts.begin(), texts.end()));
}

TEST_CASE("credentials need a known place, room on its roll, and must be distinct") {
  auto draft = small_draft();
  draft.places.push_back({PlaceId{"tps-2"}, "TPS 2"});
  auto held = drafted(draft);
  const auto credentials = some_credentials(3);
  CHECK(refused(held.give(at_place({credentials[0]}), registrar)) == ErrorCode::conflict);
  held.must(two_voters(), registrar);
  held.must(EnrolVoters{{{HeldElection::commitment_of(5), PlaceId{"tps-2"}}}}, registrar);
  CHECK(refused(held.give(at_place(credentials), registrar)) == ErrorCode::conflict);
  CHECK(refused(held.give(at_place({credentials[0]}, "tps-9"), registrar)) == ErrorCode::roll_invalid);
  CHECK(refused(held.give(at_place({}), registrar)) == ErrorCode::roll_invalid);
  CHECK(refused(held.give(ImportCredentials{}, registrar)) == ErrorCode::roll_invalid);
  CHECK(refused(held.give(at_place({credentials[0], credentials[0]}), registrar)) == ErrorCode::roll_invalid);
  CHECK(refused(held.give(at_place({{ballot::Element::identity(), 1}}), registrar)) == ErrorCode::roll_invalid);
  const ImportCredentials shared{{{PlaceId{"tps-1"}, {credentials[0]}}, {PlaceId{"tps-2"}, {credentials[0]}}}};
  CHECK(refused(held.give(shared, registrar)) == ErrorCode::roll_invalid);
  const ImportCredentials doubled{{{PlaceId{"tps-1"}, {credentials[0]}}, {PlaceId{"tps-1"}, {credentials[1]}}}};
  CHECK(refused(held.give(doubled, registrar)) == ErrorCode::roll_invalid);
  CHECK(held.state.credentials.empty());

  held.must(at_place({credentials[0]}), registrar);
  CHECK(refused(held.give(at_place({credentials[0]}, "tps-2"), registrar)) == ErrorCode::roll_invalid);
}
