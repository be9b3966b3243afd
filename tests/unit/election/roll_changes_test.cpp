#include <catch2/catch.hpp>

#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

namespace {

struct Drafted : HeldElection {
  Drafted() {
    draft(two_place_draft());
  }
};

}  // namespace

TEST_CASE("a voter is moved: counts and weights follow") {
  Drafted held;
  held.must(EnrolVoters{{{HeldElection::commitment_of(0), tps1}, {HeldElection::commitment_of(1), tps1, 3}}}, registrar);
  held.must(CorrectVoter{HeldElection::commitment_of(1), {HeldElection::commitment_of(2), tps2, 5}, "Pindah kelas"}, registrar);
  const Summary& summary = held.state.summary;
  CHECK(summary.voters == 2);
  CHECK(summary.voters_by_place.at(tps1) == 1);
  CHECK(summary.voters_by_place.at(tps2) == 1);
  CHECK(held.state.voters_weight == 6);
  CHECK(!held.state.roll.contains(HeldElection::commitment_of(1)));
  CHECK(held.state.roll.at(HeldElection::commitment_of(2)).weight == 5);
}

TEST_CASE("a correction of the roll that breaks a rule changes nothing") {
  Drafted held;
  held.must(EnrolVoters{{{HeldElection::commitment_of(0), tps1}, {HeldElection::commitment_of(1), tps1}}}, registrar);
  const auto correct = [&](CorrectVoter command) { return refused(held.give(command, registrar)); };
  CHECK(correct({HeldElection::commitment_of(7), {HeldElection::commitment_of(2), tps1}, "Salah"}) == ErrorCode::not_found);
  CHECK(correct({HeldElection::commitment_of(0), {HeldElection::commitment_of(1), tps1}, "Salah"}) == ErrorCode::conflict);
  CHECK(correct({HeldElection::commitment_of(0), {HeldElection::commitment_of(0), tps2}, "Salah"}) == ErrorCode::conflict);
  CHECK(correct({HeldElection::commitment_of(0), {HeldElection::commitment_of(2), PlaceId{"tps-9"}}, "Salah"}) == ErrorCode::roll_invalid);
  CHECK(correct({HeldElection::commitment_of(0), {HeldElection::commitment_of(2), tps1, 0}, "Salah"}) == ErrorCode::roll_invalid);
  CHECK(correct({HeldElection::commitment_of(0), {HeldElection::commitment_of(2), tps1, max_weight + 1}, "Salah"}) == ErrorCode::roll_invalid);
  CHECK(correct({HeldElection::commitment_of(0), {HeldElection::commitment_of(2), tps1}, ""}) == ErrorCode::malformed);
  CHECK(held.state.summary.voters == 2);
  CHECK(refused(held.give(RemoveVoter{HeldElection::commitment_of(7), "Salah"}, registrar)) == ErrorCode::not_found);
  CHECK(refused(held.give(RemoveVoter{HeldElection::commitment_of(0), " "}, registrar)) == ErrorCode::malformed);
}

TEST_CASE("voters are numbered by all who were ever enrolled") {
  Drafted held;
  held.must(EnrolVoters{{{HeldElection::commitment_of(0), tps1}, {HeldElection::commitment_of(1), tps1}}}, registrar);
  held.must(RemoveVoter{HeldElection::commitment_of(0), "Pindah"}, registrar);
  held.must(EnrolVoters{{{HeldElection::commitment_of(2), tps1}}}, registrar);
  CHECK(std::get<VotersEnrolled>(held.recorded.back().event).first == 2);
  CHECK(held.state.summary.voters == 2);
}

TEST_CASE("credentials keep their voters until they are withdrawn") {
  Drafted held;
  held.must(held.new_trustee_key(), trustee);
  held.enrol(2);
  held.import_reserve(1);
  CHECK(refused(held.give(RemoveVoter{HeldElection::commitment_of(0), "Pindah"}, registrar)) == ErrorCode::conflict);
  CHECK(refused(held.give(CorrectVoter{HeldElection::commitment_of(0), {HeldElection::commitment_of(9), tps2}, "Pindah"}, registrar)) ==
        ErrorCode::conflict);
  CHECK(refused(held.give(CorrectVoter{HeldElection::commitment_of(0), {HeldElection::commitment_of(9), tps1, 2}, "Bobot"}, registrar)) ==
        ErrorCode::conflict);
  held.must(CorrectVoter{HeldElection::commitment_of(0), {HeldElection::commitment_of(9), tps1}, "Nama salah eja"}, registrar);
  CHECK(refused(held.give(WithdrawCredentials{""}, registrar)) == ErrorCode::malformed);
  held.must(WithdrawCredentials{"Daftar berubah"}, registrar);
  CHECK(held.state.credentials.empty());
  CHECK(held.state.summary.credentials == 0);
  CHECK(held.state.summary.reserve == 0);
  CHECK(held.state.summary.total_weight == 0);
  CHECK(refused(held.give(WithdrawCredentials{"Lagi"}, registrar)) == ErrorCode::conflict);
  held.must(RemoveVoter{HeldElection::commitment_of(9), "Pindah"}, registrar);
  CHECK(refused(held.give(codec::seal_command(held.state).value(), committee)) == ErrorCode::conflict);
  held.must(ImportCredentials{{{tps1, {{ballot::public_credential(held.voters[0]), 1}}}}}, registrar);
  held.seal();
}

TEST_CASE("a voter who has no credential yet may leave beside those who have") {
  Drafted held;
  held.enrol(1);
  held.must(EnrolVoters{{{HeldElection::commitment_of(5), tps1}}}, registrar);
  held.must(RemoveVoter{HeldElection::commitment_of(5), "Ganda"}, registrar);
}

TEST_CASE("the reserve keeps enough voters, and one of each of its weights") {
  Drafted held;
  held.enrol(1);
  held.must(EnrolVoters{{{HeldElection::commitment_of(5), tps1}, {HeldElection::commitment_of(6), tps1, 4}}}, registrar);
  held.import_reserve(1, tps1, 4);
  CHECK(refused(held.give(RemoveVoter{HeldElection::commitment_of(6), "Ganda"}, registrar)) == ErrorCode::conflict);
  held.import_reserve(2);
  CHECK(refused(held.give(RemoveVoter{HeldElection::commitment_of(5), "Ganda"}, registrar)) == ErrorCode::conflict);
}
