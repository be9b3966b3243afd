#include "projections/bulletin_board/queries.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "projections/live_tally/queries.hpp"
#include "projections/turnout/queries.hpp"
#include "tests/integration/projections/site.hpp"

using namespace suara;
using namespace suara::projections;
using test::Site;

TEST_CASE("before anything is folded every read says so") {
  Site site;
  CHECK(test::must(turnout::read_turnout(site.pool, site.id())) == turnout::Turnout{});
  CHECK(test::must(live_tally::read_tally(site.pool, site.id())) == live_tally::Tally{});
  CHECK(test::must(bulletin_board::read_board(site.pool, site.id(), std::nullopt, 10)) == bulletin_board::Board{});
}

TEST_CASE("the reads of a held election are what was held") {
  Site site(test::two_places(election::TallyPolicy::live));
  test::hold_live_election(site);
  const std::uint64_t size = site.stored->store_new();
  auto runner = site.runner();
  REQUIRE(runner->run_once());
  const AsOf as_of{size, site.election.recorded.back().time};

  const auto turnout = test::must(turnout::read_turnout(site.pool, site.id()));
  CHECK(turnout.as_of == as_of);
  CHECK(turnout.voters == 10);
  CHECK(turnout.voted == 6);
  CHECK(turnout.ballots == 8);
  CHECK(turnout.places == std::vector<turnout::PlaceTurnout>{{PlaceId{"tps-1"}, "TPS 1", 5, 0, 0, 3},
                                                             {PlaceId{"tps-2"}, "TPS 2", 5, 0, 0, 3}});
  REQUIRE(turnout.hours.size() == 2);
  CHECK(turnout.hours[0].voted == 3);
  CHECK(turnout.hours[0].ballots == 4);
  CHECK(turnout.hours[1].voted == 3);
  CHECK(turnout.hours[1].ballots == 4);
  CHECK(turnout.hours[1].hour.ms - turnout.hours[0].hour.ms == 3'600'000);

  const auto tally = test::must(live_tally::read_tally(site.pool, site.id()));
  CHECK(tally.as_of == as_of);
  CHECK(tally.status == live_tally::TallyStatus::certified);
  CHECK(tally.accepted == 8);
  CHECK(tally.counted == 6);
  CHECK(tally.through == site.election.state.last_cast);
  CHECK(tally.contests ==
        std::vector<live_tally::Contest>{{"Pilih satu pasangan", {{1, "Ayu & Bima", 3}, {2, "Citra & Dimas", 3}}}});

  const auto board = test::must(bulletin_board::read_board(site.pool, site.id(), std::nullopt, 100));
  CHECK(board.as_of == as_of);
  REQUIRE(board.items.size() == 8);
  std::size_t i = 0;
  for (const auto& recorded : site.election.recorded) {
    const auto* cast = std::get_if<election::BallotCast>(&recorded.event);
    if (!cast) continue;
    CHECK(board.items[i] == bulletin_board::BoardItem{recorded.seq, recorded.time, cast->parsed.tracker,
                                                      i < 2 ? bulletin_board::BallotStatus::replaced
                                                            : bulletin_board::BallotStatus::counted});
    ++i;
  }
  const auto page = test::must(bulletin_board::read_board(site.pool, site.id(), board.items[2].seq, 3));
  CHECK(page.items == std::vector(board.items.begin() + 3, board.items.begin() + 6));
  CHECK(test::must(bulletin_board::read_board(site.pool, site.id(), Seq{UINT64_MAX}, 3)).items.empty());
  CHECK(test::must(bulletin_board::find_ballot(site.pool, site.id(), board.items[1].tracker)).items ==
        std::vector{board.items[1]});
  CHECK(test::must(bulletin_board::find_ballot(site.pool, site.id(), Hash{})).items.empty());

  const auto earlier = test::must(bulletin_board::read_board_before(site.pool, site.id(), board.items[5].seq, 3));
  CHECK(earlier.items == std::vector(board.items.begin() + 2, board.items.begin() + 5));
  CHECK(earlier.as_of == as_of);
  CHECK(test::must(bulletin_board::read_board_before(site.pool, site.id(), board.items[0].seq, 3)).items.empty());

  auto by_tracker = board.items;
  std::ranges::sort(by_tracker, {}, [](const auto& item) { return item.tracker.bytes; });
  const auto between =
      test::must(bulletin_board::find_ballots(site.pool, site.id(), by_tracker[2].tracker, by_tracker[6].tracker, 4));
  CHECK(between.items == std::vector(by_tracker.begin() + 2, by_tracker.begin() + 6));
  const auto upwards =
      test::must(bulletin_board::find_ballots(site.pool, site.id(), by_tracker[6].tracker, by_tracker[2].tracker, 4));
  CHECK(upwards.items.empty());
}

TEST_CASE("a live tally shows with what it stands for while voting goes on") {
  Site site(test::two_places(election::TallyPolicy::live));
  test::hold_live_election(site);
  auto runner = site.runner();
  bool shown = false;
  for (std::uint64_t size = site.stored->store_new(1);;) {
    REQUIRE(runner->run_once());
    const auto tally = test::must(live_tally::read_tally(site.pool, site.id()));
    CHECK(tally.as_of.entries == size);
    if (tally.status == live_tally::TallyStatus::preliminary && tally.contests[0].candidates[0].count == 0u) {
      shown = true;  // the first: 3 voters, 4 ballots
      CHECK(tally.accepted == 4);
      CHECK(tally.counted == 3);
      CHECK(tally.contests[0].candidates[1].count == 3u);
    }
    const std::uint64_t next = site.stored->store_new(1);
    if (next == size) break;
    size = next;
  }
  CHECK(shown);
}

TEST_CASE("a sealed election shows no count before its result") {
  Site site(test::two_places(election::TallyPolicy::sealed));
  auto& election = site.election;
  election.must(election.new_trustee_key(), test::trustee);
  election.enrol(3);
  election.seal();
  election.must(election::OpenElection{}, test::committee);
  election.must(election.ballot_of(0, 1), test::voter);
  election.must(election.ballot_of(1, 1), test::voter);
  election.close_and_compute();
  election.must(election.decryption(1), test::trustee);
  site.stored->store_new();
  auto runner = site.runner();
  REQUIRE(runner->run_once());
  auto tally = test::must(live_tally::read_tally(site.pool, site.id()));
  CHECK(tally.status == live_tally::TallyStatus::sealed);
  CHECK(tally.accepted == 2);
  CHECK(tally.counted == 2);
  CHECK_FALSE(tally.through);
  for (const auto& candidate : tally.contests[0].candidates) CHECK_FALSE(candidate.count);

  election.must(codec::result_command(election.state).value(), test::committee);
  site.stored->store_new();
  REQUIRE(runner->run_once());
  tally = test::must(live_tally::read_tally(site.pool, site.id()));
  CHECK(tally.status == live_tally::TallyStatus::tallied);
  CHECK(tally.contests[0].candidates[1].count == 2u);
}

TEST_CASE("blank votes, several questions, weights and challenged ballots read back as they were held") {
  Site site(test::rich_draft());
  auto& election = site.election;
  election.must(election.new_trustee_key(), test::trustee);
  election.run_ceremony();
  election.enrol(2);
  election.enrol(1, PlaceId{"tps-1"}, 3);
  election.seal();
  election.must(election::OpenElection{}, test::committee);
  const auto cast = [&](std::size_t voter, const std::vector<std::vector<unsigned>>& choices) {
    election.must(election.ballot_with(election.voters[voter], choices), test::voter);
  };
  const auto opened = election.ballot_of(0, 1);
  election.must(election.challenge(opened), test::voter);
  cast(0, {{1, 0, 0}, {1, 0, 0, 0}});
  cast(2, {{0, 0, 1}, {0, 1, 1, 0}});
  election.must(election.challenge(election.ballot_of(2, 0)), test::voter);
  election.close_and_compute();
  // The weight of the computed tally is kept by a fold that is loaded from its rows.
  site.stored->store_new();
  REQUIRE(site.runner()->run_once());
  CHECK_FALSE(test::must(live_tally::read_tally(site.pool, site.id())).weight);
  for (const std::uint32_t owner : {1, 2, 4}) election.must(election.decryption(owner), test::trustee);
  election.must(codec::result_command(election.state).value(), test::committee);
  site.stored->store_new();
  REQUIRE(site.runner()->run_once());

  const auto tally = test::must(live_tally::read_tally(site.pool, site.id()));
  CHECK(tally.status == live_tally::TallyStatus::tallied);
  CHECK(tally.accepted == 2);
  CHECK(tally.counted == 2);
  CHECK(tally.weight == 4u);
  CHECK(tally.contests ==
        std::vector<live_tally::Contest>{{"Ketua", {{1, "A", 0}, {2, "B", 3}}, true, 1},
                                         {"Pengurus", {{1, "A", 1}, {2, "B", 3}, {3, "C", 3}, {4, "D", 0}}}});
  const auto turnout = test::must(turnout::read_turnout(site.pool, site.id()));
  CHECK(turnout.voters == 3);
  CHECK(turnout.voted == 2);
  CHECK(turnout.ballots == 2);

  const auto board = test::must(bulletin_board::read_board(site.pool, site.id(), std::nullopt, 100));
  std::vector<bulletin_board::BallotStatus> statuses;
  for (const auto& item : board.items) statuses.push_back(item.status);
  using Status = bulletin_board::BallotStatus;
  CHECK(statuses == std::vector<Status>{Status::challenged, Status::counted, Status::counted, Status::challenged});
  const auto found =
      test::must(bulletin_board::find_ballot(site.pool, site.id(), opened.verified.ballot().tracker)).items;
  CHECK(found == std::vector{board.items[0]});

  const auto rows = site.rows();
  site.as_root("UPDATE projection_positions SET version = 99");
  REQUIRE(site.runner(1)->run_once());
  CHECK(site.rows() == rows);
}
