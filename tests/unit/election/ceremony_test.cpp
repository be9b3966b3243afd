#include <catch2/catch.hpp>

#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

namespace {

HeldElection drafted() {
  HeldElection held;
  held.draft(rich_draft());
  return held;
}

HeldElection certified() {
  auto held = drafted();
  for (int i = 0; i < 3; ++i) held.must(held.new_certificate(), trustee);
  return held;
}

HeldElection with_coefexps() {
  auto held = certified();
  for (std::uint32_t j = 1; j <= 3; ++j) held.must(held.coefexps_of(j), trustee);
  return held;
}

crypto::Scalar more(const crypto::Scalar& value) { return value + crypto::Scalar::from_u64(1); }

}  // namespace

TEST_CASE("the key ceremony goes from certificates to coefexps to confirmations") {
  auto held = drafted();
  CHECK(ceremony_step(held.state.summary) == CeremonyStep::certificates);
  held.must(held.new_certificate(), Actor{Role::trustee, "sri"});
  held.must(held.new_certificate(), committee);
  CHECK(ceremony_step(held.state.summary) == CeremonyStep::certificates);
  held.must(held.new_certificate(), trustee);
  CHECK(ceremony_step(held.state.summary) == CeremonyStep::coefexps);
  for (const std::uint32_t j : {3u, 1u, 2u}) held.must(held.coefexps_of(j), trustee);
  CHECK(ceremony_step(held.state.summary) == CeremonyStep::confirmations);
  for (const std::uint32_t j : {2u, 3u, 1u}) held.must(held.confirmation_of(j), trustee);
  CHECK(ceremony_step(held.state.summary) == CeremonyStep::done);
  REQUIRE(held.state.summary.ceremony.size() == 3);
  CHECK(held.state.summary.ceremony[0].by.text() == "trustee:sri");
  CHECK(held.state.summary.ceremony[1].certificate.trustee == 2);
}

TEST_CASE("the ceremony's key is part of the election's") {
  HeldElection held;
  held.set_up(rich_draft(), 1);
  held.seal();
  const auto& sealed = *held.state.summary.sealed;
  REQUIRE(sealed.parsed_trustees.size() == 2);
  const auto& single = std::get<ballot::TrusteePublicKey>(sealed.parsed_trustees[0]);
  const auto& group = std::get<ballot::ThresholdParameters>(sealed.parsed_trustees[1]);
  CHECK(group.threshold == 2);
  CHECK(sealed.parsed_election.public_key == single.public_key * ballot::threshold_key(group));
  CHECK(codec::write_trustees(codec::read_trustees(sealed.trustees).value()) == sealed.trustees);
  CHECK(owner_name(held.state.summary, 1) == "trustee 1 (trustee:tuti)");
  CHECK(owner_name(held.state.summary, 4) == "trustee 4 (trustee:tuti)");
  CHECK(owner_actor(held.state.summary, 5) == nullptr);
  CHECK(owner_actor(held.state.summary, 0) == nullptr);
}

TEST_CASE("an election without a threshold has no ceremony") {
  auto other = certified();
  HeldElection held;
  held.draft(small_draft());
  CHECK(ceremony_step(held.state.summary) == std::nullopt);
  CHECK(refused(held.give(other.new_certificate(), trustee)) == ErrorCode::conflict);
  CHECK(refused(held.give(other.coefexps_of(1), trustee)) == ErrorCode::conflict);
  CHECK(refused(held.give(ConfirmShare{1, "", {}}, trustee)) == ErrorCode::conflict);
  CHECK(refused(held.give(RestartCeremony{"Salah"}, committee)) == ErrorCode::conflict);
}

TEST_CASE("only threshold trustees means no key of one's own") {
  auto draft = rich_draft();
  draft.trustees = 0;
  HeldElection held;
  held.draft(draft);
  CHECK(refused(held.give(held.new_trustee_key(), trustee)) == ErrorCode::conflict);
  held.trustees.clear();
  held.run_ceremony();
  held.enrol(1);
  held.seal();
  CHECK(held.state.summary.sealed->parsed_trustees.size() == 1);
}

TEST_CASE("a certificate's signature verifies, and its keys are new") {
  auto held = drafted();
  auto first = held.new_certificate();
  auto wrong = first;
  wrong.parsed.message.signature.response = more(wrong.parsed.message.signature.response);
  CHECK(refused(held.give(wrong, trustee)) == ErrorCode::invalid_proof);
  auto identity = first;
  identity.parsed.encryption = ballot::Element::identity();
  CHECK(refused(held.give(identity, trustee)) == ErrorCode::invalid_point);
  auto same = first;
  same.parsed.encryption = same.parsed.verification;
  CHECK(refused(held.give(same, trustee)) == ErrorCode::conflict);
  held.must(first, trustee);
  CHECK(refused(held.give(first, trustee)) == ErrorCode::conflict);
  auto crossed = held.new_certificate();
  crossed.parsed.verification = first.parsed.encryption;
  CHECK(refused(held.give(crossed, trustee)) == ErrorCode::conflict);
  held.must(held.new_certificate(), trustee);
  held.must(held.new_certificate(), trustee);
  CHECK(refused(held.give(held.new_certificate(), trustee)) == ErrorCode::conflict);
}

TEST_CASE("coefexps wait for all certificates and are the ones committed to") {
  auto held = drafted();
  held.must(held.new_certificate(), trustee);
  CHECK(refused(held.give(held.coefexps_of(1), trustee)) == ErrorCode::conflict);
  held.must(held.new_certificate(), trustee);
  held.must(held.new_certificate(), trustee);
  auto good = held.coefexps_of(1);
  auto other = good;
  other.trustee = 2;
  CHECK(refused(held.give(other, trustee)) == ErrorCode::conflict);
  other.trustee = 4;
  CHECK(refused(held.give(other, trustee)) == ErrorCode::not_found);
  other.trustee = 0;
  CHECK(refused(held.give(other, trustee)) == ErrorCode::not_found);
  auto fewer = good;
  fewer.shares.pop_back();
  CHECK(refused(held.give(fewer, trustee)) == ErrorCode::wrong_choices);
  auto unsigned_ = good;
  unsigned_.parsed.message.signature.challenge = more(unsigned_.parsed.message.signature.challenge);
  CHECK(refused(held.give(unsigned_, trustee)) == ErrorCode::invalid_proof);
  auto longer = good;
  longer.parsed.elements.push_back(ballot::Element::generator());
  CHECK(refused(held.give(longer, trustee)) == ErrorCode::wrong_choices);
  held.must(good, trustee);
  CHECK(refused(held.give(good, trustee)) == ErrorCode::conflict);
}

TEST_CASE("a share is confirmed once, with the key that the coefexps give") {
  auto early = certified();
  CHECK(refused(early.give(ConfirmShare{1, "", {}}, trustee)) == ErrorCode::conflict);
  auto held = with_coefexps();
  const auto mine = held.confirmation_of(1);
  auto stolen = mine;
  stolen.trustee = 2;
  CHECK(refused(held.give(stolen, trustee)) == ErrorCode::invalid_proof);
  auto unproven = mine;
  unproven.parsed.pok.response = more(unproven.parsed.pok.response);
  CHECK(refused(held.give(unproven, trustee)) == ErrorCode::invalid_proof);
  held.must(mine, trustee);
  CHECK(refused(held.give(mine, trustee)) == ErrorCode::conflict);
}

TEST_CASE("a restart forgets the whole ceremony, and nothing else") {
  auto held = drafted();
  held.must(held.new_trustee_key(), trustee);
  CHECK(refused(held.give(RestartCeremony{"Belum mulai"}, committee)) == ErrorCode::conflict);
  const auto first = held.new_certificate();
  held.must(first, trustee);
  CHECK(refused(held.give(RestartCeremony{""}, committee)) == ErrorCode::malformed);
  CHECK(refused(held.give(RestartCeremony{"  "}, committee)) == ErrorCode::malformed);
  CHECK(refused(held.give(RestartCeremony{"a\nb"}, committee)) == ErrorCode::malformed);
  CHECK(refused(held.give(RestartCeremony{std::string(501, 'x')}, committee)) == ErrorCode::malformed);
  CHECK(refused(held.give(RestartCeremony{"Salah"}, trustee)) == ErrorCode::not_permitted);
  std::string wide;
  for (int i = 0; i < 500; ++i) wide += "\xc3\xa9";  // 500 characters, 1000 bytes
  held.must(RestartCeremony{wide}, administrator);
  CHECK(held.state.summary.ceremony.empty());
  CHECK(held.state.summary.trustees.size() == 1);
  CHECK(refused(held.give(first, trustee)) == ErrorCode::conflict);  // its polynomial may be known
  held.run_ceremony();
  CHECK(ceremony_step(held.state.summary) == CeremonyStep::done);
  held.must(RestartCeremony{"Kunci seorang wali hilang"}, committee);
  held.trustees.clear();
  held.run_ceremony();
  held.enrol(1);
  held.seal();
  CHECK(refused(held.give(RestartCeremony{"Terlambat"}, committee)) == ErrorCode::wrong_phase);
}

TEST_CASE("sealing waits for the ceremony and says for whom") {
  const auto missing = [](HeldElection held) {
    held.enrol(1);
    const auto result = held.give(codec::seal_command(held.state).value(), committee);
    REQUIRE(!result);
    CHECK(result.error().code == ErrorCode::conflict);
    REQUIRE(result.error().items.size() == 1);
    return result.error().items.front();
  };
  auto none = drafted();
  CHECK(refused(codec::seal_command(none.state)) == ErrorCode::conflict);
  none.must(none.new_trustee_key(), trustee);
  CHECK(missing(std::move(none)).find("0 of 3 threshold trustees") == 0);
  auto certificates = certified();
  certificates.must(certificates.new_trustee_key(), trustee);
  certificates.must(certificates.coefexps_of(2), trustee);
  CHECK(missing(std::move(certificates)).find("coefexps of trustee 2 (trustee:tuti), trustee 4 (trustee:tuti).") !=
        std::string::npos);
  auto coefexps = with_coefexps();
  coefexps.must(coefexps.new_trustee_key(), trustee);
  coefexps.must(coefexps.confirmation_of(1), trustee);
  coefexps.must(coefexps.confirmation_of(2), trustee);
  CHECK(missing(std::move(coefexps)).find("confirmation of trustee 4 (trustee:tuti).") != std::string::npos);
}

TEST_CASE("another ceremony's texts are not sealed") {
  HeldElection held;
  held.set_up(rich_draft(), 1);
  const auto good = codec::seal_command(held.state).value();
  const auto altered = [&](auto change) {
    auto command = good;
    change(std::get<ballot::ThresholdParameters>(command.parsed_trustees[1]));
    return refused(held.decide(command, committee));
  };
  // Wrong in itself.
  CHECK(altered([](auto& p) { p.threshold = 3; }) == ErrorCode::wrong_choices);
  CHECK(altered([](auto& p) { std::swap(p.certs[0], p.certs[1]); }) == ErrorCode::invalid_proof);
  CHECK(altered([](auto& p) { p.coefexps[0].message.signature = p.coefexps[1].message.signature; }) ==
        ErrorCode::invalid_proof);
  CHECK(altered([](auto& p) { p.verification_keys[2].pok = p.verification_keys[0].pok; }) == ErrorCode::invalid_proof);
  // Good in itself, but not what was recorded.
  CHECK(altered([&](auto& p) { p.verification_keys[2] = held.confirmation_of(3).parsed; }) == ErrorCode::conflict);
  HeldElection other;
  other.set_up(rich_draft(), 1);
  const auto theirs = codec::seal_command(other.state).value();
  CHECK(altered([&](auto& p) { p = std::get<ballot::ThresholdParameters>(theirs.parsed_trustees[1]); }) ==
        ErrorCode::conflict);
  auto without = good;
  without.parsed_trustees.pop_back();
  CHECK(refused(held.decide(without, committee)) == ErrorCode::conflict);
  CHECK(held.decide(good, committee));
}

TEST_CASE("a ceremony message that somebody else recorded is judged by its number too") {
  auto held = drafted();
  const auto command = held.new_certificate();
  const auto judged = [&](std::uint32_t number) {
    return refused(check_legal(
        held.state, {Seq{held.state.size}, held.now, trustee,
                     TrusteeCertificatePublished{number, command.certificate, command.coefexps_hash, command.parsed}}));
  };
  CHECK(judged(0) == ErrorCode::conflict);
  CHECK(judged(2) == ErrorCode::conflict);
  CHECK(judged(1) == std::nullopt);
}
