#include <catch2/catch.hpp>

#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

namespace {

using Choices = std::vector<std::vector<unsigned>>;

// rich_draft() with voters of weight 1, 3 and 1: a blank vote of weight 3, and a re-vote.
HeldElection voted() {
  HeldElection held;
  held.set_up(rich_draft(), 1);
  held.enrol(1, PlaceId{"tps-1"}, 3);
  held.enrol(1);
  held.seal();
  held.must(OpenElection{}, committee);
  held.must(held.ballot_with(held.voters[0], Choices{{0, 0, 1}, {1, 0, 0, 0}}), voter);
  held.must(held.ballot_with(held.voters[1], Choices{{0, 1, 0}, {1, 1, 1, 0}}), voter);
  held.must(held.ballot_with(held.voters[0], Choices{{0, 1, 0}, {0, 0, 0, 0}}), voter);
  held.must(held.ballot_with(held.voters[1], Choices{{1, 0, 0}, {0, 1, 1, 0}}), voter);
  return held;
}

const ballot::Counts expected{{3, 1, 0}, {0, 3, 3, 0}};

}  // namespace

TEST_CASE("several questions, blank votes and weights are counted as they were meant") {
  auto held = voted();
  CHECK(held.state.voted_weight == 4);
  held.finish();
  CHECK(held.state.summary.tally->num_tallied == 2);
  CHECK(held.state.summary.tally->total_weight == 4);
  CHECK(held.state.summary.result->counts == expected);
  CHECK(held.state.summary.result->result == R"({"result":[[3,1,0],[0,3,3,0]]})");
}

TEST_CASE("any two of three threshold trustees decrypt, with the mandatory one") {
  for (const auto& pair : {std::pair{2u, 3u}, std::pair{2u, 4u}, std::pair{4u, 3u}}) {
    auto held = voted();
    held.close_and_compute();
    CHECK(refused(codec::result_command(held.state)) == ErrorCode::conflict);
    held.must(held.decryption(pair.first), trustee);
    held.must(held.decryption(pair.second), trustee);
    const auto waiting = held.give(PublishResult{"", expected}, committee);
    REQUIRE(!waiting);
    CHECK(waiting.error().code == ErrorCode::conflict);
    CHECK(waiting.error().items == std::vector<std::string>{"trustee 1 (trustee:tuti) must decrypt."});
    held.must(held.decryption(1), trustee);
    held.must(codec::result_command(held.state).value(), committee);
    CHECK(held.state.summary.result->counts == expected);
  }
}

TEST_CASE("a group that has decrypted enough is told that nothing more is needed") {
  auto held = voted();
  held.close_and_compute();
  held.must(held.decryption(4), trustee);
  const auto again = held.give(held.decryption(4), trustee);
  REQUIRE(!again);
  CHECK(again.error().detail.find("submitted its decryption already") != std::string::npos);
  held.must(held.decryption(2), trustee);
  const auto third = held.give(held.decryption(3), trustee);
  REQUIRE(!third);
  CHECK(third.error().code == ErrorCode::conflict);
  CHECK(third.error().detail.find("all the decryptions it needs of this group") != std::string::npos);
  held.must(held.decryption(1), trustee);
}

TEST_CASE("who is missing is said plainly, of each kind of trustee") {
  auto held = voted();
  held.close_and_compute();
  held.must(held.decryption(3), trustee);
  const auto waiting = held.give(PublishResult{"", expected}, committee);
  REQUIRE(!waiting);
  CHECK(waiting.error().items ==
        std::vector<std::string>{"trustee 1 (trustee:tuti) must decrypt.",
                                 "1 of these must decrypt: trustee 2 (trustee:tuti), trustee 4 (trustee:tuti)."});
  CHECK(waiting.error().detail.find("1 of these must decrypt") != std::string::npos);
}

TEST_CASE("an invalid share is refused by its owner's name and blocks nobody else") {
  auto held = voted();
  held.close_and_compute();
  auto wrong = held.decryption(2);
  wrong.share.owner = 3;
  const auto result = held.give(wrong, trustee);
  REQUIRE(!result);
  CHECK(result.error().code == ErrorCode::invalid_proof);
  CHECK(result.error().detail.find("trustee 3 (trustee:tuti)") != std::string::npos);
  wrong.share.owner = 5;
  CHECK(refused(held.give(wrong, trustee)) == ErrorCode::not_found);
  held.must(held.decryption(2), trustee);
  held.must(held.decryption(3), trustee);
}

TEST_CASE("a tally of another weight is refused") {
  auto held = voted();
  held.must(CloseElection{}, committee);
  auto light = codec::tally_command(held.sum());
  light.tally.total_weight = 2;
  CHECK(refused(held.give(light, service)) == ErrorCode::conflict);
  held.must(codec::tally_command(held.sum()), service);
}

TEST_CASE("counts that no valid ballots hold stay unpublished, blank votes counted apart") {
  // What decrypts to impossible counts cannot be made from valid ballots, so the tally itself is replaced.
  const auto published = [](const ballot::Counts& counts) {
    auto draft = small_draft();
    draft.contests = {contest_of(2, 1, 1, true, "Ketua")};
    HeldElection held;
    held.open(draft, 2);
    held.must(held.ballot_with(held.voters[0], {{1, 0, 0}}), voter);
    held.must(held.ballot_with(held.voters[1], {{0, 1, 0}}), voter);
    held.must(CloseElection{}, committee);
    auto command = codec::tally_command(held.sum());
    for (std::size_t i = 0; i < counts[0].size(); ++i) {
      command.tally.tally[0][i].alpha = ballot::Element::identity();
      command.tally.tally[0][i].beta = crypto::g_pow(crypto::Scalar::from_u64(counts[0][i]));
    }
    held.must(command, service);
    held.must(held.decryption(1), trustee);
    return refused(held.give(PublishResult{codec::write_result(counts), counts}, committee));
  };
  CHECK(published({{1, 1, 0}}) == std::nullopt);
  CHECK(published({{2, 0, 0}}) == std::nullopt);
  CHECK(published({{2, 1, 0}}) == ErrorCode::integrity);
  CHECK(published({{0, 1, 0}}) == ErrorCode::integrity);
  CHECK(published({{1, 1, 1}}) == ErrorCode::integrity);
}

TEST_CASE("live tallies weigh their ballots; a batch counts voters") {
  auto draft = small_draft(TallyPolicy::live);
  draft.contests.push_back(contest_of(2, 0, 2, true, "Usul"));
  HeldElection held;
  held.set_up(draft, 2);
  held.enrol(1, PlaceId{"tps-1"}, 5);
  held.seal();
  held.must(OpenElection{}, committee);
  held.must(held.ballot_with(held.voters[2], {{1, 0}, {1, 0, 0}}), voter);
  CHECK(refused(held.give(held.live_tally(), service)) == ErrorCode::conflict);  // one voter, however heavy
  held.must(held.ballot_with(held.voters[0], {{0, 1}, {0, 1, 1}}), voter);
  auto light = held.live_tally();
  light.tally.total_weight = 2;
  CHECK(refused(held.give(light, service)) == ErrorCode::conflict);
  held.must(held.live_tally(), service);
  CHECK(held.state.summary.live->num_tallied == 2);
  CHECK(held.state.summary.live->total_weight == 6);
  CHECK(held.state.summary.live->counts == ballot::Counts{{5, 1}, {5, 1, 1}});
  held.must(held.ballot_with(held.voters[2], {{0, 1}, {0, 0, 0}}), voter);
  held.must(held.ballot_with(held.voters[1], {{1, 0}, {0, 1, 0}}), voter);
  held.now.ms += 2000;
  held.must(held.live_tally(), service);
  CHECK(held.state.summary.live->counts == ballot::Counts{{1, 6}, {0, 2, 1}});
  held.finish();
  CHECK(held.state.summary.result->counts == ballot::Counts{{1, 6}, {0, 2, 1}});
}
