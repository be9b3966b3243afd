#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "core/election/action.hpp"
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
          ReviseDraft{},
          PublishTrusteeKey{},
          PublishCertificate{},
          PublishCoefexps{},
          ConfirmShare{},
          RestartCeremony{},
          EnrolVoters{},
          CorrectVoter{},
          RemoveVoter{},
          ImportCredentials{},
          ImportReserve{},
          WithdrawCredentials{},
          ReplaceCredential{},
          SealElection{},
          OpenElection{},
          VerifyVoter{},
          VerifyAtPlace{},
          ballot,
          HeldElection::challenge(ballot),
          PublishLiveTally{},
          CloseElection{},
          ComputeTally{},
          SubmitDecryption{},
          PublishResult{},
          CertifyResult{},
          AppointOfficial{},
          RevokeOfficial{},
          ProposeStep{},
          WithdrawProposal{},
          CancelElection{},
          RecordCorrection{},
          ExtendVoting{},
          EnrolDevice{},
          RevokeDevice{},
          NoteIncident{},
          RotateKey{}};
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
    {"OpenElection", {"administrator", "committee", "service"}},
    {"VerifyVoter", {"voter"}},
    {"CastBallot", {"voter"}},
    {"ChallengeBallot", {"voter"}},
    {"PublishLiveTally", {"service"}},
    {"CloseElection", {"administrator", "committee", "service"}},
    {"ComputeTally", {"service"}},
    {"SubmitDecryption", {"trustee", "committee", "service"}},
    {"PublishResult", {"administrator", "committee"}},
    {"CertifyResult", {"administrator", "committee"}},
    {"ReviseDraft", {"administrator", "committee"}},
    {"CorrectVoter", {"registrar", "committee", "administrator"}},
    {"RemoveVoter", {"registrar", "committee", "administrator"}},
    {"ImportReserve", {"registrar", "committee", "administrator"}},
    {"WithdrawCredentials", {"registrar", "committee", "administrator"}},
    {"ReplaceCredential", {"registrar", "committee", "administrator"}},
    {"VerifyAtPlace", {"officer", "committee"}},
    {"AppointOfficial", {"administrator", "committee"}},
    {"RevokeOfficial", {"administrator", "committee"}},
    {"ProposeStep", {"administrator", "committee"}},
    {"WithdrawProposal", {"administrator", "committee"}},
    {"CancelElection", {"administrator", "committee"}},
    {"RecordCorrection", {"administrator", "committee"}},
    {"ExtendVoting", {"administrator", "committee"}},
    {"EnrolDevice", {"committee", "administrator", "officer"}},
    {"RevokeDevice", {"committee", "administrator", "officer"}},
    {"NoteIncident", {"supervisor", "witness", "committee", "administrator", "officer"}},
    {"RotateKey", {"administrator", "committee"}},
};

}  // namespace

TEST_CASE("each role may give exactly the commands of the table, and decide agrees") {
  const auto commands = every_command();
  REQUIRE(commands.size() == std::variant_size_v<Command>);
  REQUIRE(expected.size() == commands.size());
  HeldElection held;
  held.draft(small_draft());
  held.must(AppointOfficial{{"ola", Role::officer, PlaceId{"tps-1"}}}, administrator);
  held.must(AppointOfficial{{"ani", Role::committee}}, administrator);
  for (const auto& [login, role] :
       {std::pair{"rudi", Role::registrar}, std::pair{"tuti", Role::trustee}, std::pair{"sari", Role::supervisor},
        std::pair{"wati", Role::witness}, std::pair{"aula", Role::auditor}}) {
    held.must(AppointOfficial{{login, role}}, administrator);
  }
  for (const auto& command : commands) {
    for (const auto& actor : {service, administrator, committee, registrar, trustee, supervisor, officer, witness,
                              auditor, voter, anyone}) {
      CAPTURE(command_name(command), actor.text());
      const bool may = expected.at(command_name(command)).contains(role_name(actor.role));
      CHECK(permitted(actor.role, command) == may);
      const auto roles = roles_of(action_of(command));
      CHECK((std::find(roles.begin(), roles.end(), actor.role) != roles.end()) == may);
      if (!may) CHECK(refused(held.decide(command, actor)) == ErrorCode::not_permitted);
    }
  }
}

TEST_CASE("before there is an election the role is asked first") {
  const auto commands = every_command();
  const State empty;
  for (const auto& command : commands) {
    for (const auto& actor :
         {service, administrator, committee, registrar, trustee, supervisor, witness, auditor, voter, anyone}) {
      CAPTURE(command_name(command), actor.text());
      const bool may = expected.at(command_name(command)).contains(role_name(actor.role));
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
