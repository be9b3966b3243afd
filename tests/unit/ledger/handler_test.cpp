#include "core/codec/entry_body.hpp"
#include "core/log/entry.hpp"
#include "core/log/merkle.hpp"
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

TEST_CASE("an election runs from its opening to a ballot, and every answer names what was recorded") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  const auto receipt = handler->call(election.uuid(), election::Command(election.ballot(1, 0)), test::voter);
  REQUIRE(receipt);
  const auto rows = house.store.read(house.ledger(), receipt->last, 1, 1 << 20);
  CHECK(rows->front().type == "BallotCast");
  CHECK(rows->front().leaf == receipt->leaf);
  CHECK(rows->front().time == receipt->time);
  CHECK(receipt->first == receipt->last);
  CHECK_FALSE(receipt->repeated);
  CHECK(handler->counts(election.uuid()).ballots == 1);
  CHECK(handler->counts(election.uuid()).voters == 1);
  CHECK(handler->counts(election.uuid()).entries == house.size());
  CHECK(handler->summary(election.uuid())->phase == election::Phase::open);

  SECTION("the same ballot again gets the same answer and costs no write") {
    const auto ballot = house.store.read(house.ledger(), receipt->last, 1, 1 << 20);
    const auto body = codec::decode_entry_body(log::split_entry(ballot->front().bytes)->body);
    const auto event = codec::read_event(body->type, body->v, body->data, codec::Trust::full);
    const auto& cast = std::get<election::BallotCast>(*event);
    const auto commits = house.store.commits();
    const auto again = handler->call(
        election.uuid(),
        election::Command(election::CastBallot{cast.ballot, ballot::verify(election.sealed(), cast.parsed).value()}),
        test::voter);
    REQUIRE(again);
    CHECK(again->repeated);
    CHECK(again->last == receipt->last);
    CHECK(again->leaf == receipt->leaf);
    CHECK(again->time == receipt->time);
    CHECK(house.store.commits() == commits);
  }
  SECTION("another handler folds the same ledger to the same state") {
    auto other = house.handler();
    CHECK(other->counts(election.uuid()).ballots == 1);
    CHECK(other->summary(election.uuid())->sealed->election == handler->summary(election.uuid())->sealed->election);
    CHECK(other->summaries().size() == 1);
  }
}

TEST_CASE("every stored entry is chained, signed and under the head") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  const auto info = house.store.ledgers()->front();
  const auto key =
      log::make_verifier_key(info.origin.value, house.keys.ledger_key(info.uuid).value()->public_key()).value();
  codec::ChainHead head{info.origin, 0, {}, {}};
  log::RightEdge tree;
  const auto rows = house.store.read(info.id, Seq{0}, 1000, 1 << 30);
  for (const auto& row : *rows) {
    const auto split = log::split_entry(row.bytes).value();
    const auto body = codec::decode_entry_body(split.body).value();
    CHECK(log::verify_entry_signature(split, key));
    CHECK(codec::check_follows(body, head));
    CHECK(log::leaf_hash(row.bytes) == row.leaf);
    CHECK(body.type == row.type);
    CHECK(body.time == row.time);
    head = {info.origin, head.size + 1, row.leaf, row.time};
    tree.append(row.leaf);
  }
  CHECK(house.store.head(info.id)->edge == tree.edge());
  CHECK(house.store.head(info.id)->last_leaf == rows->back().leaf);
  CHECK(handler->summary(info.uuid)->key == log::verifier_key_text(key));
}

TEST_CASE("waiting commands are stored together, and one that is refused costs only itself") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys, {.voters = 50});
  const auto commits = house.store.commits();
  const auto size = house.size();
  Answers answers;
  {
    Gate gate(*handler, election.uuid());
    for (std::size_t i = 0; i < 50; ++i) {
      handler->submit(election.uuid(), election.sign_in(i), test::voter, answers.done());
      handler->submit(election.uuid(), election.sign_in(i), test::voter, answers.done());  // repeats one still unstored
      handler->submit(election.uuid(), election.sign_in(i), test::supervisor, answers.done());
      handler->submit(
          election.uuid(),
          std::function<Result<election::Command>(const election::State&)>(
              [](const election::State&) -> Result<election::Command> { throw std::runtime_error("a bug"); }),
          test::voter, answers.done());
    }
    CHECK(handler->queued() == 200);
    gate.open();
    answers.wait(200);
  }
  CHECK(house.store.commits() == commits + 1);
  CHECK(house.size() == size + 50);
  for (std::size_t i = 0; i < 50; ++i) {
    const auto& first = answers.all[4 * i];
    const auto& repeat = answers.all[4 * i + 1];
    REQUIRE(first);
    REQUIRE(repeat);
    CHECK(first->last.value == size + i);
    CHECK(repeat->repeated);
    CHECK(repeat->last == first->last);
    CHECK(repeat->leaf == first->leaf);
    CHECK(answers.all[4 * i + 2].error().code == ErrorCode::not_permitted);
    CHECK(answers.all[4 * i + 3].error().code == ErrorCode::internal);
  }
}

TEST_CASE("rejected commands cost no write") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  const auto commits = house.store.commits();
  CHECK(handler->call(election.uuid(), election.sign_in(0), test::anyone).error().code == ErrorCode::not_permitted);
  CHECK(handler->call(election.uuid(), election::Command(election::OpenElection{}), test::committee).error().code ==
        ErrorCode::wrong_phase);
  CHECK(handler->call(ElectionUuid{"nobodyKnowsThis"}, election.sign_in(0), test::voter).error().code ==
        ErrorCode::not_found);
  CHECK(house.store.commits() == commits);
}

TEST_CASE("a batch is cut at its bytes, and an entry beyond its bound is refused alone") {
  House house;
  HandlerLimits limits = quick;
  limits.max_batch_bytes = 2000;  // about four sign-ins
  auto handler = house.handler(limits);
  test::ServedElection election(*handler, house.keys, {.voters = 20});
  const auto commits = house.store.commits();
  Answers answers;
  {
    Gate gate(*handler, election.uuid());
    for (std::size_t i = 0; i < 20; ++i)
      handler->submit(election.uuid(), election.sign_in(i), test::voter, answers.done());
    gate.open();
    answers.wait(20);
  }
  const auto used = house.store.commits() - commits;
  CHECK(used >= 5);
  CHECK(used < 20);
  for (const auto& answer : answers.all) CHECK(answer);

  election::Draft draft = test::small_draft();
  draft.contests[0].candidates[0].mission.assign(20, std::string(1000, 'm'));
  for (int i = 0; i < 28; ++i) {
    draft.contests[0].question.answers.push_back("P" + std::to_string(i));
    draft.contests[0].candidates.push_back({static_cast<std::uint32_t>(i + 3), "P" + std::to_string(i),
                                            std::string(1500, 'v'),
                                            std::vector<std::string>(20, std::string(1000, 'm'))});
  }
  const auto huge = handler->open_ledger(draft, "suara.test/2026", test::committee);
  REQUIRE_FALSE(huge);
  INFO(huge.error().detail);
  CHECK((huge.error().code == ErrorCode::too_large || huge.error().code == ErrorCode::invalid_draft));
  CHECK(handler->call(election.uuid(), election.sign_in(0), test::voter));
}

TEST_CASE("a full queue refuses, and a stopping handler answers all that wait") {
  House house;
  HandlerLimits limits = quick;
  limits.max_queue = 3;
  auto handler = house.handler(limits);
  test::ServedElection election(*handler, house.keys, {.voters = 5});
  Answers answers;
  {
    Gate gate(*handler, election.uuid());
    for (std::size_t i = 0; i < 5; ++i)
      handler->submit(election.uuid(), election.sign_in(i), test::voter, answers.done());
    CHECK(answers.count == 2);
    gate.open();
    handler.reset();
  }
  REQUIRE(answers.count == 5);
  CHECK(answers.all[0].error().code == ErrorCode::overloaded);
  CHECK(answers.all[1].error().code == ErrorCode::overloaded);
  for (std::size_t i = 2; i < 5; ++i) CHECK(answers.all[i]);
}

TEST_CASE("time never runs backwards in the ledger") {
  House house;
  std::atomic<std::int64_t> now{1'790'000'000'000};
  auto handler = house.handler(quick, [&] { return Timestamp{now}; });
  test::ServedElection election(*handler, house.keys);
  now = 1'790'000'005'000;
  const auto first = handler->call(election.uuid(), election.sign_in(0), test::voter);
  now = 1'780'000'000'000;
  const auto second = handler->call(election.uuid(), election.sign_in(1), test::voter);
  CHECK(first->time.ms == 1'790'000'005'000);
  CHECK(second->time == first->time);
}

TEST_CASE("an election that may not be opened leaves neither ledger nor key") {
  House house;
  auto handler = house.handler();
  election::Draft bad = test::small_draft();
  bad.name.clear();
  CHECK(handler->open_ledger(bad, "suara.test/2026", test::committee).error().code == ErrorCode::invalid_draft);
  CHECK(handler->open_ledger(test::small_draft(), "suara.test/2026", test::voter).error().code ==
        ErrorCode::not_permitted);
  CHECK(house.store.ledgers()->empty());
  CHECK_FALSE(std::filesystem::exists(house.folder.path() / "keys"));
}

TEST_CASE("what another process recorded is there as soon as one asks for it") {
  House house;
  const HandlerLimits seldom{.patience = 300ms, .poll = 1h};
  auto one = house.handler(seldom), other = house.handler(seldom);
  const auto opened = one->open_ledger(test::small_draft(), "suara.test/2026", test::administrator);
  REQUIRE(opened);
  CHECK_FALSE(other->summary(opened->uuid));
  other->refresh(ElectionUuid{"ucSijHEHGk8LHH"});  // not what was asked for
  CHECK_FALSE(other->summary(opened->uuid));
  other->refresh(opened->uuid);
  REQUIRE(other->summary(opened->uuid));
  REQUIRE(one->call(opened->uuid, election::CancelElection{"Batal."}, test::committee));
  CHECK(other->summary(opened->uuid)->phase == election::Phase::draft);
  other->refresh(std::nullopt);
  CHECK(other->summary(opened->uuid)->phase == election::Phase::cancelled);
  CHECK(other->counts(opened->uuid).entries == house.size());
}
