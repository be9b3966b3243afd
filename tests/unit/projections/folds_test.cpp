#include <catch2/catch.hpp>

#include "projections/bulletin_board/fold.hpp"
#include "projections/live_tally/fold.hpp"
#include "projections/turnout/fold.hpp"
#include "tests/support/held_election.hpp"

using namespace suara;
using namespace suara::projections;

namespace {

constexpr std::int64_t hour = 3'600'000;
constexpr std::int64_t ten_o_clock = 10 * hour;

ballot::Element credential(std::uint8_t number) {
  ballot::Element out;
  out.bytes[0] = number;
  return out;
}

Hash tracker(std::uint8_t number) {
  Hash out;
  out.bytes[31] = number;
  return out;
}

Fact cast(std::uint64_t seq, std::int64_t ms, std::uint8_t by) {
  return {Seq{seq}, Timestamp{ms}, BallotFact{credential(by), tracker(static_cast<std::uint8_t>(seq))}};
}

Fact challenge(std::uint64_t seq, std::int64_t ms, std::uint8_t by) {
  return {Seq{seq}, Timestamp{ms}, ChallengeFact{credential(by), tracker(static_cast<std::uint8_t>(seq))}};
}

Fact event(std::uint64_t seq, election::Event what) { return {Seq{seq}, Timestamp{0}, std::move(what)}; }

election::Draft two_places(election::TallyPolicy policy = election::TallyPolicy::live) {
  auto draft = test::small_draft(policy);
  draft.places = {{PlaceId{"tps-1"}, "TPS 1"}, {PlaceId{"tps-2"}, "TPS 2"}};
  return draft;
}

election::VotersEnrolled voters(std::initializer_list<const char*> places) {
  election::VotersEnrolled out;
  for (const char* place : places)
    out.voters.push_back({test::HeldElection::commitment_of(out.voters.size()), PlaceId{place}});
  return out;
}

}  // namespace

TEST_CASE("the board keeps every ballot and says which were replaced") {
  bulletin_board::State state;
  bulletin_board::Changes changes;
  for (const Fact& fact :
       {cast(7, 100, 1), cast(8, 200, 2), event(9, election::ElectionOpened{}), cast(10, 300, 1), cast(11, 400, 1)})
    fold(state, fact, changes);
  REQUIRE(changes.accepted.size() == 4);
  CHECK(changes.accepted[2] == bulletin_board::Accepted{Seq{10}, Timestamp{300}, tracker(10), credential(1)});
  CHECK(changes.replaced == std::vector<bulletin_board::Replaced>{{Seq{7}, Seq{10}}, {Seq{10}, Seq{11}}});
}

TEST_CASE("a challenged ballot is on the board and nowhere else, and replaces nothing") {
  bulletin_board::State board;
  bulletin_board::Changes changes;
  for (const Fact& fact : {cast(7, 100, 1), challenge(8, 200, 1), cast(9, 300, 2), challenge(10, 400, 3)})
    fold(board, fact, changes);
  REQUIRE(changes.accepted.size() == 4);
  CHECK(changes.accepted[1] == bulletin_board::Accepted{Seq{8}, Timestamp{200}, tracker(8), credential(1), true});
  CHECK_FALSE(changes.accepted[2].challenged);
  CHECK(changes.replaced.empty());
  CHECK(board.last.size() == 2);

  turnout::State turnout_state;
  turnout::Changes turnout_changes;
  fold(turnout_state, event(0, election::ElectionDrafted{two_places()}), turnout_changes);
  fold(turnout_state, event(1, election::RollImported{PlaceId{"tps-1"}, {{credential(1), 5}}}), turnout_changes);
  fold(turnout_state, challenge(2, 0, 1), turnout_changes);
  CHECK(turnout_state.places[0].voted == 0);
  CHECK(turnout_state.hours.empty());
  fold(turnout_state, cast(3, 0, 1), turnout_changes);
  CHECK(turnout_state.places[0].voted == 1);  // a voter, whatever the ballot weighs

  live_tally::State tally;
  live_tally::Changes tally_changes;
  fold(tally, challenge(2, 0, 1), tally_changes);
  CHECK(tally.now == live_tally::Extent{});
  CHECK(tally.voters.empty());
}

TEST_CASE("blank votes and several questions have their counts, and the tally its weight once it is added up") {
  live_tally::State state;
  live_tally::Changes changes;
  fold(state, event(0, election::ElectionDrafted{test::rich_draft()}), changes);
  REQUIRE(state.contests.size() == 2);
  CHECK(state.contests[0].blank);
  CHECK_FALSE(state.contests[1].blank);
  fold(state, cast(1, 0, 1), changes);
  election::TallyComputed computed;
  computed.total_weight = 9;
  fold(state, event(2, computed), changes);
  CHECK(state.now.weight == 9u);
  CHECK_FALSE(state.published.weight);
  CHECK_FALSE(state.contests[0].blank_count);
  election::ResultPublished result;
  result.counts = {{4, 3, 2}, {1, 0, 5, 6}};
  fold(state, event(3, result), changes);
  CHECK(state.published == live_tally::Extent{Seq{1}, 1, 1, 9});
  CHECK(state.contests[0].blank_count == 4u);
  CHECK(state.contests[0].candidates[0].count == 3u);
  CHECK(state.contests[0].candidates[1].count == 2u);
  CHECK_FALSE(state.contests[1].blank_count);
  CHECK(state.contests[1].candidates[0].count == 1u);
  CHECK(state.contests[1].candidates[3].count == 6u);
}

TEST_CASE("turnout counts a voter once, at the place and hour of the first ballot") {
  turnout::State state;
  turnout::Changes changes;
  fold(state, event(0, election::ElectionDrafted{two_places()}), changes);
  fold(state, event(1, voters({"tps-1", "tps-1", "tps-2", "tps-1", "nowhere"})), changes);
  fold(state, event(2, election::RollImported{PlaceId{"tps-1"}, {{credential(1), 1}, {credential(2), 1}}}), changes);
  fold(state, event(3, election::RollImported{PlaceId{"tps-2"}, {{credential(3), 1}}}), changes);
  CHECK(state.places == std::vector<turnout::Place>{{PlaceId{"tps-1"}, "TPS 1", 0, 3, 0, 0},
                                                    {PlaceId{"tps-2"}, "TPS 2", 1, 1, 0, 0}});
  CHECK(changes.imported.size() == 3);

  changes = {};
  fold(state, cast(4, ten_o_clock, 1), changes);
  fold(state, cast(5, ten_o_clock + hour - 1, 1), changes);
  fold(state, cast(6, ten_o_clock + hour, 1), changes);
  fold(state, cast(7, ten_o_clock + hour, 3), changes);
  fold(state, cast(8, ten_o_clock + hour, 99), changes);  // was never imported
  CHECK(state.places[0].voted == 1);
  CHECK(state.places[1].voted == 1);
  CHECK(state.hours == std::map<turnout::HourKey, turnout::Hour>{
                           {{Timestamp{ten_o_clock}, 0}, {0, 1, 2}},
                           {{Timestamp{ten_o_clock + hour}, 0}, {0, 0, 1}},
                           {{Timestamp{ten_o_clock + hour}, 1}, {0, 1, 1}},
                       });
  CHECK(changes.voted == std::vector<ballot::Element>{credential(1), credential(3)});
  CHECK(changes.places == std::set<std::uint32_t>{0, 1});
}

TEST_CASE("an hour begins at the full hour, also before 1970") {
  CHECK(turnout::hour_of(Timestamp{0}).ms == 0);
  CHECK(turnout::hour_of(Timestamp{hour + 1}).ms == hour);
  CHECK(turnout::hour_of(Timestamp{-1}).ms == -hour);
  CHECK(turnout::hour_of(Timestamp{-hour}).ms == -hour);
}

TEST_CASE("the tally goes from none over preliminary to tallied and certified") {
  live_tally::State state;
  live_tally::Changes changes;
  fold(state, event(0, election::ElectionDrafted{two_places()}), changes);
  CHECK(state.status == live_tally::TallyStatus::none);
  CHECK(state.contests[0].candidates[1] == live_tally::Candidate{2, "Citra & Dimas", std::nullopt});

  fold(state, cast(1, 0, 1), changes);
  fold(state, cast(2, 0, 1), changes);
  CHECK(state.now == live_tally::Extent{Seq{2}, 2, 1});
  CHECK(state.contests[0].candidates[0].count == std::nullopt);

  election::LiveTallyPublished live;
  live.through = Seq{2};
  live.accepted = 2;
  live.num_tallied = 1;
  live.total_weight = 7;
  live.counts = {{0, 1}};
  fold(state, event(3, live), changes);
  fold(state, cast(4, 0, 2), changes);
  CHECK(state.status == live_tally::TallyStatus::preliminary);
  CHECK(state.published == live_tally::Extent{Seq{2}, 2, 1, 7});
  CHECK(state.now == live_tally::Extent{Seq{4}, 3, 2});
  CHECK(state.contests[0].candidates[1].count == 1u);

  election::ResultPublished result;
  result.counts = {{1, 1}};
  fold(state, event(5, election::ElectionClosed{}), changes);
  fold(state, event(6, result), changes);
  CHECK(state.status == live_tally::TallyStatus::tallied);
  CHECK(state.published == live_tally::Extent{Seq{4}, 3, 2});
  CHECK(state.contests[0].candidates[0].count == 1u);
  fold(state, event(7, election::ResultCertified{}), changes);
  CHECK(state.status == live_tally::TallyStatus::certified);
  CHECK(changes.voters == std::vector<ballot::Element>{credential(1), credential(2)});
}

TEST_CASE("a sealed election shows no counts before the result") {
  live_tally::State state;
  live_tally::Changes changes;
  fold(state, event(0, election::ElectionDrafted{two_places(election::TallyPolicy::sealed)}), changes);
  fold(state, cast(1, 0, 1), changes);
  fold(state, event(2, election::ElectionClosed{}), changes);
  fold(state, event(3, election::TallyComputed{}), changes);
  CHECK(state.status == live_tally::TallyStatus::sealed);
  CHECK(state.contests[0].candidates[0].count == std::nullopt);
}

TEST_CASE("changes say what is to be written and nothing else") {
  turnout::State turnout_state;
  turnout::Changes turnout_changes;
  live_tally::State tally_state;
  live_tally::Changes tally_changes;
  for (const Fact& fact : {Fact{Seq{0}, Timestamp{0}, std::monostate{}}, event(1, election::ElectionOpened{}),
                           event(2, election::VoterVerified{})}) {
    fold(turnout_state, fact, turnout_changes);
    fold(tally_state, fact, tally_changes);
  }
  CHECK(turnout_changes.places.empty());
  CHECK(turnout_changes.hours.empty());
  CHECK_FALSE(tally_changes.figures);
  CHECK_FALSE(tally_changes.contests);
}
