#include <catch2/catch.hpp>

#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

namespace {

const PlaceId tps1{"tps-1"};
const PlaceId tps2{"tps-2"};

Hash commitment(std::size_t number) { return HeldElection::commitment_of(number); }

struct Drafted : HeldElection {
  Drafted() {
    auto wanted = small_draft();
    wanted.places.push_back({tps2, "TPS 2"});
    draft(wanted);
  }
};

}  // namespace

TEST_CASE("a voter is moved: counts and weights follow") {
  Drafted held;
  held.must(EnrolVoters{{{commitment(0), tps1}, {commitment(1), tps1, 3}}}, registrar);
  held.must(CorrectVoter{commitment(1), {commitment(2), tps2, 5}, "Pindah kelas"}, registrar);
  const Summary& summary = held.state.summary;
  CHECK(summary.voters == 2);
  CHECK(summary.voters_by_place.at(tps1) == 1);
  CHECK(summary.voters_by_place.at(tps2) == 1);
  CHECK(held.state.voters_weight == 6);
  CHECK(!held.state.roll.contains(commitment(1)));
  CHECK(held.state.roll.at(commitment(2)).weight == 5);
}

TEST_CASE("a correction of the roll that breaks a rule changes nothing") {
  Drafted held;
  held.must(EnrolVoters{{{commitment(0), tps1}, {commitment(1), tps1}}}, registrar);
  const auto correct = [&](CorrectVoter command) { return refused(held.give(command, registrar)); };
  CHECK(correct({commitment(7), {commitment(2), tps1}, "Salah"}) == ErrorCode::not_found);
  CHECK(correct({commitment(0), {commitment(1), tps1}, "Salah"}) == ErrorCode::conflict);
  CHECK(correct({commitment(0), {commitment(0), tps2}, "Salah"}) == ErrorCode::conflict);
  CHECK(correct({commitment(0), {commitment(2), PlaceId{"tps-9"}}, "Salah"}) == ErrorCode::roll_invalid);
  CHECK(correct({commitment(0), {commitment(2), tps1, 0}, "Salah"}) == ErrorCode::roll_invalid);
  CHECK(correct({commitment(0), {commitment(2), tps1, max_weight + 1}, "Salah"}) == ErrorCode::roll_invalid);
  CHECK(correct({commitment(0), {commitment(2), tps1}, ""}) == ErrorCode::malformed);
  CHECK(held.state.summary.voters == 2);
  CHECK(refused(held.give(RemoveVoter{commitment(7), "Salah"}, registrar)) == ErrorCode::not_found);
  CHECK(refused(held.give(RemoveVoter{commitment(0), " "}, registrar)) == ErrorCode::malformed);
}

TEST_CASE("voters are numbered by all who were ever enrolled") {
  Drafted held;
  held.must(EnrolVoters{{{commitment(0), tps1}, {commitment(1), tps1}}}, registrar);
  held.must(RemoveVoter{commitment(0), "Pindah"}, registrar);
  held.must(EnrolVoters{{{commitment(2), tps1}}}, registrar);
  CHECK(std::get<VotersEnrolled>(held.recorded.back().event).first == 2);
  CHECK(held.state.summary.voters == 2);
}

TEST_CASE("credentials keep their voters until they are withdrawn") {
  Drafted held;
  held.must(held.new_trustee_key(), trustee);
  held.enrol(2);
  held.import_reserve(1);
  CHECK(refused(held.give(RemoveVoter{commitment(0), "Pindah"}, registrar)) == ErrorCode::conflict);
  CHECK(refused(held.give(CorrectVoter{commitment(0), {commitment(9), tps2}, "Pindah"}, registrar)) ==
        ErrorCode::conflict);
  CHECK(refused(held.give(CorrectVoter{commitment(0), {commitment(9), tps1, 2}, "Bobot"}, registrar)) ==
        ErrorCode::conflict);
  held.must(CorrectVoter{commitment(0), {commitment(9), tps1}, "Nama salah eja"}, registrar);
  CHECK(refused(held.give(WithdrawCredentials{""}, registrar)) == ErrorCode::malformed);
  held.must(WithdrawCredentials{"Daftar berubah"}, registrar);
  CHECK(held.state.credentials.empty());
  CHECK(held.state.summary.credentials == 0);
  CHECK(held.state.summary.reserve == 0);
  CHECK(held.state.summary.total_weight == 0);
  CHECK(refused(held.give(WithdrawCredentials{"Lagi"}, registrar)) == ErrorCode::conflict);
  held.must(RemoveVoter{commitment(9), "Pindah"}, registrar);
  CHECK(refused(held.give(codec::seal_command(held.state).value(), committee)) == ErrorCode::conflict);
  held.must(ImportCredentials{{{tps1, {{ballot::public_credential(held.voters[0]), 1}}}}}, registrar);
  held.seal();
}

TEST_CASE("a voter who has no credential yet may leave beside those who have") {
  Drafted held;
  held.enrol(1);
  held.must(EnrolVoters{{{commitment(5), tps1}}}, registrar);
  held.must(RemoveVoter{commitment(5), "Ganda"}, registrar);
}

TEST_CASE("the reserve keeps enough voters, and one of each of its weights") {
  Drafted held;
  held.enrol(1);
  held.must(EnrolVoters{{{commitment(5), tps1}, {commitment(6), tps1, 4}}}, registrar);
  held.import_reserve(1, tps1, 4);
  CHECK(refused(held.give(RemoveVoter{commitment(6), "Ganda"}, registrar)) == ErrorCode::conflict);
  held.import_reserve(2);
  CHECK(refused(held.give(RemoveVoter{commitment(5), "Ganda"}, registrar)) == ErrorCode::conflict);
}
