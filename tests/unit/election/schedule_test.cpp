#include <catch2/catch.hpp>

#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

namespace {

constexpr std::int64_t minute = 60'000, day = 24 * 60 * minute;

// Opens in a minute, closes in an hour.
struct Scheduled : HeldElection {
  Timestamp opens, closes;

  Scheduled() : opens{now.ms + minute}, closes{now.ms + 60 * minute} {
    auto wanted = small_draft();
    wanted.schedule = Schedule{opens, closes};
    set_up(wanted, 2);
    seal();
  }
  void open_on_time() {
    now = opens;
    must(OpenElection{}, service);
  }
};

}  // namespace

TEST_CASE("a schedule ends after it begins") {
  auto draft = small_draft();
  draft.schedule = Schedule{Timestamp{5000}, Timestamp{5000}};
  CHECK(refused(check_draft(draft)) == ErrorCode::invalid_draft);
  draft.schedule->closes_at.ms = 5001;
  CHECK(check_draft(draft));
}

TEST_CASE("without a schedule the service neither opens nor closes") {
  HeldElection held;
  held.set_up(small_draft(), 1);
  held.seal();
  CHECK(refused(held.give(OpenElection{}, service)) == ErrorCode::not_permitted);
  held.must(OpenElection{}, committee);
  CHECK(refused(held.give(CloseElection{}, service)) == ErrorCode::not_permitted);
  CHECK(refused(held.give(ExtendVoting{Timestamp{held.now.ms + day}, "Antre"}, committee)) == ErrorCode::conflict);
}

TEST_CASE("nobody opens before the time, the service at it") {
  Scheduled held;
  CHECK(held.state.summary.closes_at == held.closes);
  CHECK(refused(held.give(OpenElection{}, committee)) == ErrorCode::wrong_phase);
  held.now.ms = held.opens.ms - 1;
  CHECK(refused(held.give(OpenElection{}, service)) == ErrorCode::wrong_phase);
  held.open_on_time();
  CHECK(held.state.summary.phase == Phase::open);
}

TEST_CASE("people may open later than scheduled") {
  Scheduled held;
  held.now.ms = held.opens.ms + 5 * minute;
  held.must(OpenElection{}, committee);
}

TEST_CASE("at the scheduled end voting is over, even before the close is recorded") {
  Scheduled held;
  held.open_on_time();
  const auto first = held.ballot_of(0, 0);
  held.now.ms = held.closes.ms - 1;
  held.must(first, voter);
  held.now = held.closes;
  CHECK(refused(held.give(held.ballot_of(1, 0), voter)) == ErrorCode::wrong_phase);
  CHECK(refused(held.give(HeldElection::challenge(held.ballot_of(1, 0)), voter)) == ErrorCode::wrong_phase);
  CHECK(refused(held.give(VerifyVoter{ballot::public_credential(held.voters[1])}, voter)) == ErrorCode::wrong_phase);
  CHECK(held.must(first, voter).repeats);  // a retry is answered as before
  held.must(CloseElection{}, service);
  held.must(codec::tally_command(held.sum()), service);
}

TEST_CASE("the service closes at the end and not before, people when they want") {
  Scheduled held;
  held.open_on_time();
  held.now.ms = held.closes.ms - 1;
  CHECK(refused(held.give(CloseElection{}, service)) == ErrorCode::wrong_phase);
  held.must(CloseElection{}, committee);
}

TEST_CASE("the service needs nobody's approval to close on time") {
  HeldElection held;
  auto draft = small_draft();
  draft.policies.approval = ApprovalPolicy::two;
  draft.schedule = Schedule{held.now, Timestamp{held.now.ms + minute}};
  held.set_up(draft, 1);
  held.must(ProposeStep{Step::seal, ""}, committee);
  held.must(codec::seal_command(held.state).value(), Actor{Role::committee, "budi"});
  held.must(OpenElection{}, service);
  held.must(ProposeStep{Step::close, ""}, committee);
  held.now.ms += minute;
  held.must(CloseElection{}, service);
  CHECK(held.state.summary.proposals.empty());
}

TEST_CASE("voting is extended beyond its present end, by 30 days at most, with a reason") {
  Scheduled held;
  const auto extend = [&](std::int64_t ms, const std::string& why = "Antre panjang") {
    return refused(held.give(ExtendVoting{Timestamp{ms}, why}, committee));
  };
  CHECK(extend(held.closes.ms) == ErrorCode::conflict);
  CHECK(extend(held.closes.ms + 30 * day + 1) == ErrorCode::conflict);
  CHECK(extend(held.closes.ms + minute, "") == ErrorCode::malformed);
  CHECK(extend(held.closes.ms + minute) == std::nullopt);
  CHECK(held.state.summary.closes_at->ms == held.closes.ms + minute);
  held.open_on_time();
  held.now.ms = held.closes.ms + 2 * minute;
  CHECK(refused(held.give(held.ballot_of(0, 0), voter)) == ErrorCode::wrong_phase);
  CHECK(extend(held.now.ms) == ErrorCode::conflict);  // later than the end, but not than now
  CHECK(extend(held.now.ms + minute) == std::nullopt);
  held.must(held.ballot_of(0, 0), voter);
  CHECK(refused(held.give(CloseElection{}, service)) == ErrorCode::wrong_phase);
  held.must(CloseElection{}, committee);
  CHECK(extend(held.now.ms + 5 * minute) == ErrorCode::wrong_phase);
}
