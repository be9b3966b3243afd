#include <catch2/catch.hpp>

#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

namespace {

OpenLedger opened_with(std::vector<Appointment> appointments) {
  auto command = HeldElection{}.open_ledger(two_place_draft());
  command.appointments = std::move(appointments);
  return command;
}

}  // namespace

TEST_CASE("a member of the committee who drafts is appointed first, and once") {
  HeldElection held;
  held.must(opened_with({{"rudi", Role::registrar}, {"ani", Role::committee}}), committee);
  REQUIRE(held.recorded.size() == 4);
  CHECK(std::get<OfficialAppointed>(held.recorded[2].event).appointment == Appointment{"ani", Role::committee});
  CHECK(std::get<OfficialAppointed>(held.recorded[3].event).appointment == Appointment{"rudi", Role::registrar});
  CHECK(held.state.summary.officials.size() == 2);
}

TEST_CASE("an administrator who drafts is not appointed; without appointments staff act as before") {
  HeldElection held;
  held.must(opened_with({}), administrator);
  CHECK(held.recorded.size() == 2);
  CHECK(!held.state.summary.appoints);
  held.must(held.new_trustee_key(), trustee);
  held.enrol(1);
}

TEST_CASE("appointments that break a rule open no ledger") {
  HeldElection held;
  const auto refused_with = [&](std::vector<Appointment> list) {
    const auto code = refused(held.give(opened_with(std::move(list)), administrator));
    CHECK(held.state.size == 0);
    return code;
  };
  CHECK(refused_with({{"rudi", Role::registrar}, {"rudi", Role::registrar}}) == ErrorCode::conflict);
  CHECK(refused_with({{"Rudi", Role::registrar}}) == ErrorCode::malformed);
  CHECK(refused_with({{"ola", Role::officer}}) == ErrorCode::malformed);
  CHECK(refused_with({{"rudi", Role::registrar, tps1}}) == ErrorCode::malformed);
  CHECK(refused_with({{"ola", Role::officer, PlaceId{"tps-9"}}}) == ErrorCode::not_found);
  for (const Role role : {Role::administrator, Role::service, Role::voter, Role::anyone}) {
    CHECK(refused_with({{"adi", role}}) == ErrorCode::malformed);
  }
}

TEST_CASE("from the first appointment on everybody but an administrator must hold the role") {
  HeldElection held;
  held.must(opened_with({}), committee);
  const EnrolVoters enrol{{{HeldElection::commitment_of(0), tps1}}};
  CHECK(refused(held.give(enrol, registrar)) == ErrorCode::not_permitted);
  CHECK(refused(held.give(held.new_trustee_key(), trustee)) == ErrorCode::not_permitted);
  CHECK(refused(held.give(NoteIncident{"Ribut", {}}, supervisor)) == ErrorCode::not_permitted);
  CHECK(refused(held.give(enrol, budi)) == ErrorCode::not_permitted);
  held.must(AppointOfficial{{"rudi", Role::registrar}}, administrator);
  held.must(enrol, registrar);
  held.must(AppointOfficial{{"rudi", Role::trustee}}, committee);  // another role of the same login
  held.must(held.new_trustee_key(), Actor{Role::trustee, "rudi"});
  held.must(EnrolVoters{{{HeldElection::commitment_of(1), tps1}}}, administrator);
}

TEST_CASE("a revocation takes effect at once and needs a reason") {
  HeldElection held;
  held.must(opened_with({{"rudi", Role::registrar}}), committee);
  const Appointment rudi{"rudi", Role::registrar};
  CHECK(refused(held.give(RevokeOfficial{rudi, ""}, committee)) == ErrorCode::malformed);
  CHECK(refused(held.give(RevokeOfficial{rudi, "dua\nbaris"}, committee)) == ErrorCode::malformed);
  held.must(RevokeOfficial{rudi, "Pindah sekolah"}, committee);
  CHECK(refused(held.give(EnrolVoters{{{HeldElection::commitment_of(0), tps1}}}, registrar)) ==
        ErrorCode::not_permitted);
  CHECK(refused(held.give(RevokeOfficial{rudi, "Lagi"}, committee)) == ErrorCode::conflict);
  held.must(AppointOfficial{rudi}, committee);
  CHECK(refused(held.give(AppointOfficial{rudi}, committee)) == ErrorCode::conflict);
}

TEST_CASE("the last member of the committee stays") {
  HeldElection held;
  held.must(opened_with({}), committee);
  const RevokeOfficial ani{{"ani", Role::committee}, "Sakit"};
  CHECK(refused(held.give(ani, administrator)) == ErrorCode::conflict);
  held.must(AppointOfficial{{"budi", Role::committee}}, committee);
  held.must(ani, budi);
  CHECK(refused(held.give(RevokeOfficial{{"budi", Role::committee}, "Sakit"}, administrator)) == ErrorCode::conflict);
}

TEST_CASE("the first appointment in an older ledger does not shut out the member who makes it") {
  HeldElection held;
  held.draft(two_place_draft());
  held.must(AppointOfficial{{"rudi", Role::registrar}}, committee);
  CHECK(holds_role(held.state.summary, "ani", Role::committee));
  CHECK(holds_role(held.state.summary, "rudi", Role::registrar));
  held.must(AppointOfficial{{"budi", Role::committee}}, committee);
}

TEST_CASE("an officer acts at the place of the appointment and nowhere else") {
  HeldElection held;
  held.must(opened_with({}), administrator);
  CHECK(refused(held.give(EnrolDevice{"bilik001", "Bilik 1", tps1}, officer)) == ErrorCode::not_permitted);
  held.must(AppointOfficial{{"ola", Role::officer, tps1}}, administrator);
  held.must(EnrolDevice{"bilik001", "Bilik 1", tps1}, officer);
  CHECK(refused(held.give(EnrolDevice{"bilik002", "Bilik 2", PlaceId{"tps-2"}}, officer)) == ErrorCode::not_permitted);
  held.must(EnrolDevice{"bilik002", "Bilik 2", PlaceId{"tps-2"}}, administrator);
  CHECK(refused(held.give(RevokeDevice{"bilik002", "Rusak"}, officer)) == ErrorCode::not_permitted);
  held.must(RevokeDevice{"bilik001", "Rusak"}, officer);
  held.must(NoteIncident{"Listrik padam", {Seq{0}}}, officer);
}

TEST_CASE("nobody is appointed once the election is over") {
  HeldElection held;
  held.open(small_draft(), 1);
  held.finish();
  CHECK(refused(held.give(AppointOfficial{{"rudi", Role::registrar}}, administrator)) == ErrorCode::wrong_phase);
}
