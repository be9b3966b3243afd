#include <catch2/catch.hpp>

#include "core/audit/audit.hpp"
#include "tests/support/held_election.hpp"
#include "tests/support/paper_ledger.hpp"

// Ledgers with weights, a blank vote, a key ceremony and challenged ballots, as a dishonest service would write them.
using namespace suara;
using namespace suara::election;
using namespace suara::test;
using audit::Check;

namespace {

struct RichLedger {
  LedgerSigner signer;
  HeldElection election;

  RichLedger() {
    election.must(signer.open_ledger(rich_draft()), administrator);
    election.must(election.new_trustee_key(), trustee);
    election.run_ceremony();
    election.enrol(1);
    election.enrol(1, PlaceId{"tps-1"}, 4);
    election.seal();
    election.must(OpenElection{}, committee);
    election.must(HeldElection::challenge(election.ballot_of(0, 0)), voter);
    election.must(election.ballot_with(election.voters[0], {{0, 0, 1}, {1, 1, 0, 1}}), voter);
    election.must(election.ballot_with(election.voters[1], {{0, 1, 0}, {0, 0, 0, 0}}), voter);
    election.must(election.ballot_with(election.voters[1], {{1, 0, 0}, {0, 0, 1, 0}}), voter);
    election.finish();
  }
};

const RichLedger& rich_ledger() {
  static const RichLedger one;
  return one;
}

audit::Report audit_rich(const std::vector<Recorded>& recorded) {
  auto source = rich_ledger().signer.seal(texts_of(recorded));
  return audit::audit_bundle(source, {}).value();
}

template <class E>
E& event_in(std::vector<Recorded>& recorded) {
  for (auto& each : recorded) {
    if (auto* event = std::get_if<E>(&each.event)) return *event;
  }
  throw std::logic_error("no such event");
}

// The first fault after a change of the only event of that type.
template <class E>
audit::Fault fault_after(const std::function<void(E&)>& change) {
  auto recorded = rich_ledger().election.recorded;
  change(event_in<E>(recorded));
  const auto report = audit_rich(recorded);
  REQUIRE(!report.verified());
  return *report.first_fault();
}

}  // namespace

TEST_CASE("an election with all kinds of ballots and trustees verifies") {
  const auto report = audit_rich(rich_ledger().election.recorded);
  if (const auto fault = report.first_fault()) FAIL(audit::check_name(fault->check) << ": " << fault->what);
  CHECK(report.ballots == 3);
  CHECK(report.counted == 2);
  CHECK(report.checks[static_cast<std::size_t>(Check::ballots)].count == 4);
  CHECK(report.result == ballot::Counts{{4, 0, 1}, {1, 1, 4, 1}});
}

TEST_CASE("a challenged ballot with a wrong proof is found") {
  const auto fault = fault_after<BallotChallenged>([](BallotChallenged& e) {
    auto& response = e.parsed.answers[0].blank_proof[0].response;
    response = response + crypto::Scalar::from_u64(1);
    e.ballot = codec::write_ballot(e.parsed);
  });
  CHECK(fault.check == Check::ballots);
}

TEST_CASE("a tally that leaves the weights out is found") {
  const auto fault = fault_after<TallyComputed>([](TallyComputed& e) {
    ballot::TallyAccumulator unweighted(rich_ledger().election.sealed().questions);
    std::map<ballot::Element, const ballot::Ballot*> last;
    for (const auto& each : rich_ledger().election.recorded) {
      if (const auto* cast = std::get_if<BallotCast>(&each.event)) last[cast->parsed.credential] = &cast->parsed;
    }
    for (const auto& [credential, ballot] : last) unweighted.add(ballot->answers);
    e = codec::tally_command(unweighted).tally;
    e.sized_tally = codec::write_sized_tally({2, 5, crypto::sha256(e.encrypted_tally)});
  });
  CHECK(fault.check == Check::tally);
}

TEST_CASE("a credential with another weight than its voter's is found when the roll is read") {
  auto recorded = rich_ledger().election.recorded;
  for (auto& each : recorded) {
    if (auto* roll = std::get_if<RollImported>(&each.event); roll && roll->credentials[0].weight == 4) {
      roll->credentials[0].weight = 5;
    }
  }
  const auto report = audit_rich(recorded);
  REQUIRE(!report.verified());
  CHECK(report.first_fault()->check == Check::roll);
}

TEST_CASE("coefexps that were not committed to are found") {
  auto recorded = rich_ledger().election.recorded;
  event_in<TrusteeCertificatePublished>(recorded).coefexps_hash.bytes[3] ^= 1;
  const auto report = audit_rich(recorded);
  REQUIRE(!report.verified());
  const auto fault = report.first_fault();
  REQUIRE(fault->entry);
  CHECK(std::holds_alternative<TrusteeCoefexpsPublished>(recorded.at(fault->entry->value).event));
}
