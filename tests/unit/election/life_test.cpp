#include <catch2/catch.hpp>

#include "tests/support/held_election.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

TEST_CASE("a sealed election goes from the draft to the certified result") {
  HeldElection held;
  auto draft = small_draft();
  draft.trustees = 2;
  held.open(draft, 3);
  held.must(held.ballot_of(0, 0), voter);
  held.must(held.ballot_of(1, 1), voter);
  held.must(held.ballot_of(0, 1), voter);
  held.finish();

  const Summary& summary = held.state.summary;
  CHECK(summary.phase == Phase::certified);
  CHECK(summary.result->counts == ballot::Counts{{0, 2}});
  CHECK(summary.result->result == R"({"result":[[0,2]]})");
  CHECK(held.state.ballots == 3);
  CHECK(held.state.last_ballot.size() == 2);
  CHECK(held.state.size == held.recorded.size());
  CHECK(summary.certified_at.has_value());
}

TEST_CASE("a live election publishes counts while it is open") {
  HeldElection held;
  held.open(small_draft(TallyPolicy::live), 4);
  held.must(held.ballot_of(0, 0), voter);
  held.must(held.ballot_of(1, 1), voter);
  held.must(held.live_tally(), service);
  CHECK(held.state.summary.live->counts == ballot::Counts{{1, 1}});
  CHECK(held.state.live_batch.voters() == 0);
  held.must(held.ballot_of(2, 0), voter);
  held.finish();
  CHECK(held.state.summary.result->counts == ballot::Counts{{2, 1}});
}

TEST_CASE("an election nobody voted in gives a result of zeros") {
  HeldElection held;
  held.open(small_draft(), 1);
  held.finish();
  CHECK(held.state.summary.result->counts == ballot::Counts{{0, 0}});
}
