#include <catch2/catch.hpp>

#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

namespace {

struct OpenedPlaces : HeldElection {
  explicit OpenedPlaces(VerificationPolicy policy) {
    auto wanted = two_place_draft();
    wanted.policies.verification = policy;
    set_up(wanted, 2);
    enrol(1, tps2);
    seal();
    must(OpenElection{}, committee);
  }
};

}  // namespace

TEST_CASE("an officer marks a voter of the place once; the second attempt tells of the first") {
  OpenedPlaces held(VerificationPolicy::polling_place);
  held.must(AppointOfficial{{"ola", Role::officer, tps1}}, administrator);
  held.must(VerifyAtPlace{HeldElection::commitment_of(0), tps1}, officer);
  const auto& first = held.recorded.back();
  const auto again = held.give(VerifyAtPlace{HeldElection::commitment_of(0), tps1}, officer);
  REQUIRE(refused(again) == ErrorCode::already_verified);
  CHECK(again.error().detail.find("tps-1") != std::string::npos);
  CHECK(again.error().detail.find(format_time(first.time)) != std::string::npos);
  CHECK(again.error().detail.find("entry " + std::to_string(first.seq.value)) != std::string::npos);
  CHECK(refused(check_legal(held.state, {Seq{held.state.size}, held.now, officer, first.event})) ==
        ErrorCode::already_verified);
  CHECK(refused(held.give(VerifyAtPlace{HeldElection::commitment_of(2), tps2}, officer)) == ErrorCode::not_permitted);
  CHECK(refused(held.give(VerifyAtPlace{HeldElection::commitment_of(2), tps1}, officer)) == ErrorCode::conflict);
  CHECK(refused(held.give(VerifyAtPlace{HeldElection::commitment_of(9), tps1}, officer)) == ErrorCode::not_found);
}

TEST_CASE("the committee may mark a voter at any place") {
  OpenedPlaces held(VerificationPolicy::both);
  held.must(VerifyAtPlace{HeldElection::commitment_of(0), tps1}, committee);
  held.must(VerifyAtPlace{HeldElection::commitment_of(2), tps2}, committee);
  CHECK(refused(held.give(VerifyAtPlace{HeldElection::commitment_of(1), tps1}, administrator)) == ErrorCode::not_permitted);
}

TEST_CASE("the policy says who verifies") {
  OpenedPlaces online(VerificationPolicy::online);
  CHECK(online.state.roll.empty());
  CHECK(refused(online.give(VerifyAtPlace{HeldElection::commitment_of(0), tps1}, committee)) == ErrorCode::not_permitted);
  online.must(VerifyVoter{ballot::public_credential(online.voters[0])}, voter);
  OpenedPlaces place(VerificationPolicy::polling_place);
  CHECK(place.state.roll.size() == 3);
  CHECK(refused(place.give(VerifyVoter{ballot::public_credential(place.voters[0])}, voter)) ==
        ErrorCode::not_permitted);
  place.must(place.ballot_of(0, 0), voter);
  OpenedPlaces both(VerificationPolicy::both);
  both.must(VerifyVoter{ballot::public_credential(both.voters[0])}, voter);
  both.must(VerifyAtPlace{HeldElection::commitment_of(0), tps1}, committee);
}

TEST_CASE("a corrected attendance is void: the voter is marked again") {
  OpenedPlaces held(VerificationPolicy::polling_place);
  held.must(VerifyAtPlace{HeldElection::commitment_of(0), tps1}, committee);
  const Seq wrong = held.recorded.back().seq;
  held.must(RecordCorrection{wrong, "Orang yang salah"}, committee);
  CHECK(!held.state.roll.at(HeldElection::commitment_of(0)).attended);
  CHECK(refused(held.give(RecordCorrection{wrong, "Lagi"}, committee)) == ErrorCode::conflict);
  held.must(VerifyAtPlace{HeldElection::commitment_of(0), tps1}, committee);
  CHECK(refused(held.give(VerifyAtPlace{HeldElection::commitment_of(0), tps1}, committee)) == ErrorCode::already_verified);
  held.must(RecordCorrection{held.recorded.back().seq, "Salah lagi"}, committee);
  CHECK(!held.state.roll.at(HeldElection::commitment_of(0)).attended);
}

TEST_CASE("after the close a correction of an attendance is a note") {
  OpenedPlaces held(VerificationPolicy::polling_place);
  held.must(VerifyAtPlace{HeldElection::commitment_of(0), tps1}, committee);
  const Seq entry = held.recorded.back().seq;
  held.must(CloseElection{}, committee);
  held.must(RecordCorrection{entry, "Orang yang salah"}, committee);
  CHECK(held.state.roll.at(HeldElection::commitment_of(0)).attended);
  CHECK(refused(held.give(RecordCorrection{entry, "Lagi"}, committee)) == ErrorCode::conflict);
}

TEST_CASE("a device is enrolled at a place of the draft and revoked once") {
  HeldElection held;
  held.draft(small_draft());
  const auto enrol = [&](EnrolDevice command) { return refused(held.give(command, committee)); };
  for (const auto* id : {"", "bilik01", "bilik0001", "Bilik001", "bilik-01"}) {
    CHECK(enrol({id, "Bilik 1", tps1}) == ErrorCode::malformed);
  }
  CHECK(enrol({"bilik001", "", tps1}) == ErrorCode::malformed);
  CHECK(enrol({"bilik001", "a\nb", tps1}) == ErrorCode::malformed);
  CHECK(enrol({"bilik001", std::string(201, 'a'), tps1}) == ErrorCode::malformed);
  CHECK(enrol({"bilik001", "Bilik 1", tps2}) == ErrorCode::not_found);
  CHECK(enrol({"bilik001", "Bilik 1", tps1}) == std::nullopt);
  CHECK(enrol({"bilik001", "Bilik 2", tps1}) == ErrorCode::conflict);
  CHECK(refused(held.give(RevokeDevice{"bilik002", "Rusak"}, committee)) == ErrorCode::not_found);
  CHECK(refused(held.give(RevokeDevice{"bilik001", ""}, committee)) == ErrorCode::malformed);
  held.must(RevokeDevice{"bilik001", "Rusak"}, committee);
  CHECK(find_device(held.state.summary, "bilik001")->revoked);
  CHECK(refused(held.give(RevokeDevice{"bilik001", "Lagi"}, committee)) == ErrorCode::conflict);
  CHECK(enrol({"bilik001", "Bilik 1", tps1}) == ErrorCode::conflict);
}

TEST_CASE("an incident has a text and names entries that exist") {
  HeldElection held;
  held.draft(small_draft());
  const auto note = [&](NoteIncident command) { return refused(held.give(command, witness)); };
  CHECK(note({"", {}}) == ErrorCode::malformed);
  CHECK(note({"\n ", {}}) == ErrorCode::malformed);
  CHECK(note({"a\tb", {}}) == ErrorCode::malformed);
  CHECK(note({std::string(2001, 'a'), {}}) == ErrorCode::malformed);
  CHECK(note({"Antre", {Seq{2}}}) == ErrorCode::not_found);
  CHECK(note({"Antre", std::vector<Seq>(21, Seq{1})}) == ErrorCode::malformed);
  CHECK(note({std::string(2000, 'a'), std::vector<Seq>(20, Seq{1})}) == std::nullopt);
  CHECK(note({"Antre panjang\ndi pintu", {}}) == std::nullopt);
  CHECK(refused(held.give(NoteIncident{"Antre", {}}, auditor)) == ErrorCode::not_permitted);
  CHECK(refused(held.give(NoteIncident{"Antre", {}}, voter)) == ErrorCode::not_permitted);
}
