#include <catch2/catch.hpp>

#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

namespace {

HeldElection live_with_two_ballots() {
  HeldElection held;
  held.open(small_draft(TallyPolicy::live), 4);
  held.must(held.ballot_of(0, 0), voter);
  held.must(held.ballot_of(1, 1), voter);
  return held;
}

HeldElection computed(std::uint32_t trustees = 2) {
  auto draft = small_draft();
  draft.trustees = trustees;
  HeldElection held;
  held.open(draft, 2);
  held.must(held.ballot_of(0, 0), voter);
  held.close_and_compute();
  return held;
}

crypto::Scalar more(const crypto::Scalar& value) { return value + crypto::Scalar::from_u64(1); }

}  // namespace

TEST_CASE("a live tally waits for its batch of distinct voters") {
  HeldElection held;
  held.open(small_draft(TallyPolicy::live), 3);
  CHECK(refused(held.give(PublishLiveTally{}, service)) == ErrorCode::conflict);
  held.must(held.ballot_of(0, 0), voter);
  held.must(held.ballot_of(0, 1), voter);  // the same voter again makes no batch
  CHECK(refused(held.give(held.live_tally(), service)) == ErrorCode::conflict);
  held.must(held.ballot_of(1, 1), voter);
  const auto tally = held.live_tally();
  held.must(tally, service);
  CHECK(tally.tally.accepted == 3);
  CHECK(tally.tally.counts == ballot::Counts{{0, 2}});
}

TEST_CASE("live tallies are at least two seconds apart") {
  auto held = live_with_two_ballots();
  held.must(held.live_tally(), service);
  const auto published = held.recorded.back().time;
  held.must(held.ballot_of(2, 0), voter);
  held.must(held.ballot_of(3, 0), voter);
  held.now.ms = published.ms + 1999;
  CHECK(refused(held.give(held.live_tally(), service)) == ErrorCode::conflict);
  held.now.ms = published.ms + 2000;
  held.must(held.live_tally(), service);
}

TEST_CASE("a live tally that leaves a ballot out is refused") {
  auto held = live_with_two_ballots();
  held.must(held.ballot_of(2, 0), voter);
  auto fewer = held.live_tally();
  fewer.tally.num_tallied = 2;
  CHECK(refused(held.give(fewer, service)) == ErrorCode::conflict);
  auto accepted = held.live_tally();
  accepted.tally.accepted = 2;
  CHECK(refused(held.give(accepted, service)) == ErrorCode::conflict);
}

TEST_CASE("a live tally may end before ballots that arrived while it was made") {
  auto held = live_with_two_ballots();
  const auto early = held.live_tally();
  held.must(held.ballot_of(2, 0), voter);
  held.must(early, service);
  CHECK(held.state.live_batch.voters() == 1);
  held.now.ms += 2000;
  CHECK(refused(held.give(early, service)) == ErrorCode::conflict);
  CHECK(refused(held.give(held.live_tally(), service)) == ErrorCode::conflict);
  held.must(held.ballot_of(0, 1), voter);
  held.must(held.live_tally(), service);
  CHECK(held.state.summary.live->accepted == 4);
  CHECK(held.state.summary.live->num_tallied == 3);
}

TEST_CASE("a live tally's proofs and counts are checked") {
  auto held = live_with_two_ballots();
  const auto good = held.live_tally();
  auto weak = good;
  weak.tally.shares[0].partial.proofs[0][0].response = more(weak.tally.shares[0].partial.proofs[0][0].response);
  CHECK(refused(held.give(weak, service)) == ErrorCode::invalid_proof);
  auto strong = good;
  strong.tally.shares[0].strong[0][1].challenge = more(strong.tally.shares[0].strong[0][1].challenge);
  CHECK(refused(held.give(strong, service)) == ErrorCode::invalid_proof);
  auto counts = good;
  counts.tally.counts = {{2, 0}};
  CHECK(refused(held.give(counts, service)) == ErrorCode::conflict);
  auto none = good;
  none.tally.shares.clear();
  CHECK(refused(held.give(none, service)) == ErrorCode::wrong_choices);
  auto shape = good;
  shape.tally.tally[0].pop_back();
  CHECK(refused(held.give(shape, service)) == ErrorCode::wrong_choices);
  held.must(good, service);
}

TEST_CASE("nothing is counted before the close under the policy sealed") {
  HeldElection held;
  held.open(small_draft(), 2);
  held.must(held.ballot_of(0, 0), voter);
  held.must(held.ballot_of(1, 0), voter);
  CHECK(refused(held.give(held.live_tally(), service)) == ErrorCode::not_permitted);
  CHECK(refused(held.give(codec::tally_command(held.sum()), service)) == ErrorCode::wrong_phase);
  CHECK(held.state.live_batch.voters() == 0);
}

TEST_CASE("the tally is computed once, after the close, of one ballot a voter") {
  HeldElection held;
  held.open(small_draft(), 2);
  held.must(held.ballot_of(0, 0), voter);
  held.must(CloseElection{}, committee);
  auto wrong = codec::tally_command(held.sum());
  wrong.tally.num_tallied = 2;
  CHECK(refused(held.give(wrong, service)) == ErrorCode::conflict);
  auto heavy = codec::tally_command(held.sum());
  heavy.tally.total_weight = 5;
  CHECK(refused(held.give(heavy, service)) == ErrorCode::conflict);
  auto shape = codec::tally_command(held.sum());
  shape.tally.tally.push_back({});
  CHECK(refused(held.give(shape, service)) == ErrorCode::wrong_choices);
  held.must(codec::tally_command(held.sum()), service);
  CHECK(refused(held.give(codec::tally_command(held.sum()), service)) == ErrorCode::conflict);
}

TEST_CASE("a share needs a computed tally, an existing owner, and is submitted once") {
  HeldElection early;
  early.open(small_draft(), 1);
  early.must(CloseElection{}, committee);
  CHECK(refused(early.give(SubmitDecryption{}, trustee)) == ErrorCode::conflict);

  auto held = computed();
  auto nobody = held.decryption(1);
  nobody.share.owner = 3;
  CHECK(refused(held.give(nobody, trustee)) == ErrorCode::not_found);
  nobody.share.owner = 0;
  CHECK(refused(held.give(nobody, trustee)) == ErrorCode::not_found);
  held.must(held.decryption(1), trustee);
  CHECK(refused(held.give(held.decryption(1), trustee)) == ErrorCode::conflict);
  auto stolen = held.decryption(1);
  stolen.share.owner = 2;
  CHECK(refused(held.give(stolen, trustee)) == ErrorCode::invalid_proof);
  held.must(held.decryption(2), committee);
}

TEST_CASE("both proofs of a share must verify") {
  auto held = computed();
  auto weak = held.decryption(1);
  weak.share.partial.proofs[0][0].challenge = more(weak.share.partial.proofs[0][0].challenge);
  CHECK(refused(held.give(weak, trustee)) == ErrorCode::invalid_proof);
  auto strong = held.decryption(1);
  strong.share.strong[0][0].response = more(strong.share.strong[0][0].response);
  CHECK(refused(held.give(strong, trustee)) == ErrorCode::invalid_proof);
  auto missing = held.decryption(1);
  missing.share.strong.clear();
  CHECK(refused(held.give(missing, trustee)) == ErrorCode::wrong_choices);
}

TEST_CASE("who decrypts is the tally policy's matter") {
  auto sealed = computed();
  CHECK(refused(sealed.give(sealed.decryption(1), service)) == ErrorCode::not_permitted);
  auto live = live_with_two_ballots();
  live.close_and_compute();
  CHECK(refused(live.give(live.decryption(1), trustee)) == ErrorCode::not_permitted);
  live.must(live.decryption(1), service);
}

TEST_CASE("a result needs every share and the counts they give") {
  auto held = computed();
  CHECK(refused(codec::result_command(held.state)) == ErrorCode::conflict);
  held.must(held.decryption(1), trustee);
  CHECK(refused(held.give(PublishResult{R"({"result":[[1,0]]})", {{1, 0}}}, committee)) == ErrorCode::conflict);
  held.must(held.decryption(2), trustee);
  CHECK(refused(held.give(PublishResult{R"({"result":[[0,1]]})", {{0, 1}}}, committee)) == ErrorCode::conflict);
  CHECK(refused(held.give(CertifyResult{}, committee)) == ErrorCode::wrong_phase);
  held.must(codec::result_command(held.state).value(), committee);
  CHECK(held.state.summary.phase == Phase::tallied);
  CHECK(refused(held.give(codec::result_command(held.state).value(), committee)) == ErrorCode::wrong_phase);
  held.must(CertifyResult{}, committee);
  CHECK(refused(held.give(CertifyResult{}, committee)) == ErrorCode::wrong_phase);
}

TEST_CASE("no result before the tally is computed") {
  HeldElection held;
  held.open(small_draft(), 1);
  held.must(CloseElection{}, committee);
  CHECK(refused(held.give(PublishResult{R"({"result":[[0,0]]})", {{0, 0}}}, committee)) == ErrorCode::conflict);
}
