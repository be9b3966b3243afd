#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

namespace {

// VerifiedBallot cannot be made without verifying, so CastBallot is taken from a real election.
std::vector<Command> every_command() {
  HeldElection held;
  held.open(small_draft(), 1);
  const auto ballot = held.ballot_of(0, 0);
  return {OpenLedger{},
          PublishTrusteeKey{},
          PublishCertificate{},
          PublishCoefexps{},
          ConfirmShare{},
          RestartCeremony{},
          EnrolVoters{},
          ImportCredentials{},
          SealElection{},
          OpenElection{},
          VerifyVoter{},
          ballot,
          HeldElection::challenge(ballot),
          PublishLiveTally{},
          CloseElection{},
          ComputeTally{},
          SubmitDecryption{},
          PublishResult{},
          CertifyResult{}};
}

const std::map<std::string_view, std::set<std::string_view>> expected{
    {"OpenLedger", {"administrator", "committee"}},
    {"PublishTrusteeKey", {"trustee", "committee", "service"}},
    {"PublishCertificate", {"trustee", "committee"}},
    {"PublishCoefexps", {"trustee", "committee"}},
    {"ConfirmShare", {"trustee", "committee"}},
    {"RestartCeremony", {"administrator", "committee"}},
    {"EnrolVoters", {"registrar", "committee", "administrator"}},
    {"ImportCredentials", {"registrar", "committee", "administrator"}},
    {"SealElection", {"administrator", "committee"}},
    {"OpenElection", {"administrator", "committee"}},
    {"VerifyVoter", {"voter"}},
    {"CastBallot", {"voter"}},
    {"ChallengeBallot", {"voter"}},
    {"PublishLiveTally", {"service"}},
    {"CloseElection", {"administrator", "committee"}},
    {"ComputeTally", {"service"}},
    {"SubmitDecryption", {"trustee", "committee", "service"}},
    {"PublishResult", {"administrator", "committee"}},
    {"CertifyResult", {"administrator", "committee"}},
};

}  // namespace

TEST_CASE("each role may give exactly the commands of the table, and decide agrees") {
  const auto commands = every_command();
  REQUIRE(commands.size() == std::variant_size_v<Command>);
  REQUIRE(expected.size() == commands.size());
  const State empty;
  for (const auto& command : commands) {
    for (const auto& actor : {service, administrator, committee, registrar, trustee, supervisor, voter, anyone}) {
      CAPTURE(command_name(command), actor.text());
      const bool may = expected.at(command_name(command)).contains(role_name(actor.role));
      CHECK(permitted(actor.role, command) == may);
      const auto code = refused(decide(empty, command, {actor, Timestamp{1}}));
      CHECK((code == ErrorCode::not_permitted) == !may);
    }
  }
}

TEST_CASE("staff act under their login, voters under none") {
  HeldElection held;
  CHECK(refused(held.give(held.open_ledger(small_draft()), Actor{Role::committee, ""})) == ErrorCode::malformed);
  held.open(small_draft(), 1);
  CHECK(refused(held.give(held.ballot_of(0, 0), Actor{Role::voter, "budi"})) == ErrorCode::malformed);
}
