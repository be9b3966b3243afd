#include "tests/unit/ledger/house.hpp"

using namespace suara;
using namespace suara::ledger;
using test::Answers;
using test::Gate;
using test::House;
using test::quick;
using test::wait_for;
using test::wall_clock;
using namespace std::chrono_literals;

TEST_CASE("a commit whose answer is lost is acknowledged once and stored once") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  const auto size = house.size();
  const bool stored = GENERATE(false, true);
  const unsigned failures = GENERATE(1, 3);
  house.store.fail_next_commits(failures, stored);
  const auto receipt = handler->call(election.uuid(), election.sign_in(0), test::voter);
  house.store.fail_next_commits(0, false);
  REQUIRE(receipt);
  CHECK(receipt->last.value == size);
  CHECK(house.size() == size + 1);
  CHECK(handler->call(election.uuid(), election.sign_in(1), test::voter)->last.value == size + 1);
  CHECK(house.handler()->counts(election.uuid()).entries == size + 2);
}

TEST_CASE("entries that do not get in are tried again") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  const auto size = house.size();
  house.store.fail_next_appends(2);
  CHECK(handler->call(election.uuid(), election.sign_in(0), test::voter)->last.value == size);
  CHECK(house.size() == size + 1);
}

TEST_CASE("a lost database is told within patience, and the handler recovers by itself") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  const auto size = house.size();
  house.store.set_down(true);
  const auto lost = handler->call(election.uuid(), election.sign_in(0), test::voter);
  REQUIRE_FALSE(lost);
  CHECK(lost.error().code == ErrorCode::unavailable);
  CHECK(lost.error().detail.find("nothing was recorded") != std::string::npos);
  CHECK_FALSE(handler->available());
  const auto at_once = std::chrono::steady_clock::now();
  CHECK(handler->call(election.uuid(), election.sign_in(0), test::voter).error().code == ErrorCode::unavailable);
  CHECK(handler->open_ledger(test::small_draft(), "suara.test/2026", test::committee).error().code ==
        ErrorCode::unavailable);
  CHECK(std::chrono::steady_clock::now() - at_once < 100ms);
  CHECK(handler->summary(election.uuid()) != nullptr);  // what is known stays visible
  house.store.set_down(false);
  REQUIRE(wait_for([&] { return handler->available(); }));
  CHECK(handler->call(election.uuid(), election.sign_in(0), test::voter)->last.value == size);
}

TEST_CASE("a database lost while nobody commands is noticed, and so is its return") {
  House house;
  auto handler = house.handler();
  house.store.set_down(true);
  REQUIRE(wait_for([&] { return !handler->available(); }));
  house.store.set_down(false);
  REQUIRE(wait_for([&] { return handler->available(); }));
}

TEST_CASE("a commit of unknown fate is told as such, and sending again is safe") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  const auto size = house.size();
  const bool stored = GENERATE(false, true);
  house.store.fail_next_commits(1, stored);
  Answers answers;
  {
    // The database goes away with the commit.
    std::atomic<bool> decided{false};
    handler->submit(election.uuid(),
                    std::function<Result<election::Command>(const election::State&)>([&](const election::State&) {
                      decided = true;
                      return Result<election::Command>(election.sign_in(0));
                    }),
                    test::voter, answers.done());
    REQUIRE(wait_for([&] { return decided.load(); }));
    house.store.set_down(true);
    answers.wait(1);
  }
  if (!answers.all[0]) {
    CHECK(answers.all[0].error().code == ErrorCode::unavailable);
    CHECK(answers.all[0].error().detail.find("nothing was recorded") == std::string::npos);
  }
  house.store.set_down(false);
  REQUIRE(wait_for([&] { return handler->available(); }));
  const auto again = handler->call(election.uuid(), election.sign_in(0), test::voter);
  REQUIRE(again);
  CHECK(again->last.value == size);
  CHECK(house.size() == size + 1);
}

TEST_CASE("a handler that starts before its database comes up by itself") {
  House house;
  { test::ServedElection election(*house.handler(), house.keys); }
  const auto uuid = house.store.ledgers()->front().uuid;
  house.store.set_down(true);
  CommandHandler handler(house.store, house.keys, wall_clock, quick);
  CHECK(handler.start().error().code == ErrorCode::unavailable);
  CHECK_FALSE(handler.available());
  house.store.set_down(false);
  REQUIRE(wait_for([&] { return handler.available(); }));
  CHECK(handler.summary(uuid)->phase == election::Phase::open);
}

TEST_CASE("two handlers on one ledger take turns, and each sees what the other appended") {
  House house;
  auto first = house.handler();
  auto second = house.handler();
  test::ServedElection election(*first, house.keys, {.voters = 400});
  REQUIRE(wait_for([&] {
    return second->summary(election.uuid()) && second->summary(election.uuid())->phase == election::Phase::open;
  }));
  const auto size = house.size();
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      CommandHandler& handler = t % 2 == 0 ? *first : *second;
      for (std::size_t i = static_cast<std::size_t>(t); i < 400; i += 4)
        if (handler.call(election.uuid(), election.sign_in(i), test::voter)) ++good;
    });
  for (auto& thread : threads) thread.join();
  CHECK(good == 400);
  CHECK(house.size() == size + 400);
  REQUIRE(wait_for([&] {
    return first->counts(election.uuid()).entries == size + 400 &&
           second->counts(election.uuid()).entries == size + 400;
  }));
  // What one recorded, the other knows.
  CHECK(first->call(election.uuid(), election.sign_in(1), test::voter)->repeated);
  CHECK(house.handler()->counts(election.uuid()).entries == size + 400);
}

TEST_CASE("a commit that failed and was overtaken by another process is decided again") {
  House house;
  auto first = house.handler();
  test::ServedElection election(*first, house.keys, {.voters = 3});
  auto second = house.handler();
  const auto size = house.size();
  house.store.fail_next_commits(1, false);
  // While the first handler pauses after its failure, the second appends.
  Answers answers;
  std::atomic<int> runs{0};
  first->submit(election.uuid(),
                std::function<Result<election::Command>(const election::State&)>([&](const election::State&) {
                  ++runs;
                  return Result<election::Command>(election.sign_in(0));
                }),
                test::voter, answers.done());
  REQUIRE(wait_for([&] { return runs.load() == 1; }));
  const auto other = second->call(election.uuid(), election.sign_in(1), test::voter);
  answers.wait(1);
  REQUIRE(other);
  REQUIRE(answers.all[0]);
  CHECK(answers.all[0]->last != other->last);
  CHECK(house.size() == size + 2);
  CHECK(house.handler()->counts(election.uuid()).entries == size + 2);
}

TEST_CASE("a listener hears of every commit, others' too") {
  House house;
  CommandHandler handler(house.store, house.keys, wall_clock, quick);
  std::atomic<std::uint64_t> heard{0};
  handler.add_listener([&](const LedgerInfo&, std::uint64_t size) { heard = size; });
  REQUIRE(handler.start());
  auto other = house.handler();
  test::ServedElection election(*other, house.keys);
  CHECK(wait_for([&] { return heard == house.size(); }));
  const auto receipt = handler.call(election.uuid(), election.sign_in(0), test::voter);
  CHECK(heard == receipt->last.value + 1);
}
