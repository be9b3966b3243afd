#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "core/codec/entry_body.hpp"
#include "core/log/entry.hpp"
#include "core/log/merkle.hpp"
#include "ledger/memory_store.hpp"
#include "tests/support/election_fixture.hpp"
#include "tests/support/temp_folder.hpp"

using namespace suara;
using namespace suara::ledger;
using namespace std::chrono_literals;

namespace {

Timestamp wall_clock() {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

constexpr HandlerLimits quick{.patience = 300ms, .poll = 20ms};

// A store and keys that outlive the handlers started on them.
struct House {
  test::TempFolder folder;
  MemoryStore store;
  KeyStore keys{folder.path() / "keys"};
  std::unique_ptr<CommandHandler> handler(HandlerLimits limits = quick, CommandHandler::Clock clock = wall_clock) {
    auto made = std::make_unique<CommandHandler>(store, keys, std::move(clock), limits);
    if (auto started = made->start(); !started) FAIL(started.error().detail);
    return made;
  }
  LedgerId ledger() { return store.ledgers()->front().id; }
  std::uint64_t size() { return store.head(ledger())->size; }
};

template <class Condition>
bool wait_for(Condition condition, std::chrono::milliseconds time = 5s) {
  const auto deadline = std::chrono::steady_clock::now() + time;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

// Holds the sequencer inside a command until released, so that what is submitted meanwhile waits together.
class Gate {
 public:
  explicit Gate(CommandHandler& handler, const ElectionUuid& uuid) {
    handler.submit(
        uuid,
        std::function<Result<election::Command>(const election::State&)>([this](const election::State&) {
          entered_.set_value();
          open_.get_future().wait();
          return Result<election::Command>(fail(ErrorCode::conflict, "gate"));
        }),
        test::committee, [this](const Result<Receipt>&) { left_.set_value(); });
    entered_.get_future().wait();
  }
  void open() { open_.set_value(); }
  ~Gate() { left_.get_future().wait(); }

 private:
  std::promise<void> entered_, open_, left_;
};

// Submits and keeps the answers, in the order they come.
struct Answers {
  std::vector<Result<Receipt>> all;
  std::atomic<std::size_t> count{0};
  CommandHandler::Done done() {
    return [this](Result<Receipt> result) {
      all.push_back(std::move(result));
      ++count;
    };
  }
  void wait(std::size_t wanted) { REQUIRE(wait_for([&] { return count == wanted; })); }
};

}  // namespace

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
  const auto key = log::make_verifier_key(info.origin.value, house.keys.ledger_key(info.uuid).value()->public_key()).value();
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
    for (std::size_t i = 0; i < 20; ++i) handler->submit(election.uuid(), election.sign_in(i), test::voter, answers.done());
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
    draft.contests[0].candidates.push_back({static_cast<std::uint32_t>(i + 3), "P" + std::to_string(i), std::string(1500, 'v'),
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
    for (std::size_t i = 0; i < 5; ++i) handler->submit(election.uuid(), election.sign_in(i), test::voter, answers.done());
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
  CHECK(handler->open_ledger(test::small_draft(), "suara.test/2026", test::committee).error().code == ErrorCode::unavailable);
  CHECK(std::chrono::steady_clock::now() - at_once < 100ms);
  CHECK(handler->summary(election.uuid()) != nullptr);  // what is known stays visible
  house.store.set_down(false);
  REQUIRE(wait_for([&] { return handler->available(); }));
  CHECK(handler->call(election.uuid(), election.sign_in(0), test::voter)->last.value == size);
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
    handler->submit(
        election.uuid(),
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
  REQUIRE(wait_for([&] { return second->summary(election.uuid()) && second->summary(election.uuid())->phase == election::Phase::open; }));
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
  REQUIRE(wait_for([&] { return first->counts(election.uuid()).entries == size + 400 &&
                                second->counts(election.uuid()).entries == size + 400; }));
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
  first->submit(
      election.uuid(),
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

TEST_CASE("a ledger that was changed behind our back is found at start, named, and closed") {
  House house;
  { test::ServedElection election(*house.handler(), house.keys); }
  test::ServedElection good(*house.handler(), house.keys);
  const auto info = house.store.ledgers()->front();
  using Change = std::function<void(std::vector<EntryRow>&, Head&)>;
  const auto [name, change] = GENERATE(table<std::string, Change>({
      {"entry 3", [](auto& rows, Head&) { rows[3].bytes[20] ^= 1; }},
      {"entry 4", [](auto& rows, Head&) {  // with a hash that fits it: the next entry names another
         rows[3].bytes[20] ^= 1;
         rows[3].leaf = log::leaf_hash(rows[3].bytes);
       }},
      {"entry 2", [](auto& rows, Head&) { rows.erase(rows.begin() + 2); }},
      {"head", [](auto&, Head& head) { head.last_leaf.bytes[0] ^= 1; }},
      {"head", [](auto&, Head& head) { head.edge.back().bytes[0] ^= 1; }},
      {"head", [](auto&, Head& head) { head.last_time.ms += 1; }},
      {"is missing", [](auto&, Head& head) { head.size += 1; }},
      {"signature", [](auto& rows, Head& head) {  // the last entry signed by another hand, all hashes made to fit
         auto body = std::string(log::split_entry(rows.back().bytes)->body);
         const auto key = crypto::SigningKey::generate();
         const auto origin = codec::decode_entry_body(body)->ledger.value;
         rows.back().bytes = log::seal_entry(body, key, log::make_verifier_key(origin, key.public_key()).value()).value();
         rows.back().leaf = log::leaf_hash(rows.back().bytes);
         log::RightEdge tree;
         for (const auto& row : rows) tree.append(row.leaf);
         head.last_leaf = rows.back().leaf;
         head.edge = tree.edge();
       }},
  }));
  house.store.tamper(info.id, change);
  CommandHandler handler(house.store, house.keys, wall_clock, quick);
  const auto started = handler.start();
  REQUIRE_FALSE(started);
  CHECK(started.error().code == ErrorCode::integrity);
  INFO(started.error().detail);
  if (name != "signature") CHECK(started.error().detail.find(name) != std::string::npos);
  CHECK(started.error().detail.find(info.uuid.value) != std::string::npos);
  const auto size = house.size();
  CHECK(handler.call(info.uuid, election::Command(election::CloseElection{}), test::committee).error().code ==
        ErrorCode::integrity);
  CHECK(house.size() == size);
  CHECK(handler.call(good.uuid(), good.sign_in(0), test::voter));  // the others are served
}

TEST_CASE("a ledger changed while the database was away is found before the next append") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  house.store.set_down(true);
  REQUIRE_FALSE(handler->call(election.uuid(), election.sign_in(0), test::voter));
  house.store.set_down(false);
  SECTION("its last entry") {
    house.store.tamper(house.ledger(), [](auto& rows, Head&) { rows.back().bytes[30] ^= 1; });
  }
  SECTION("cut back to an older state") {
    house.store.tamper(house.ledger(), [](auto& rows, Head& head) {
      rows.pop_back();
      log::RightEdge tree;
      for (const auto& row : rows) tree.append(row.leaf);
      head = {rows.size(), rows.back().leaf, rows.back().time, tree.edge()};
    });
  }
  REQUIRE(wait_for([&] { return handler->available(); }));
  CHECK(handler->call(election.uuid(), election.sign_in(0), test::voter).error().code == ErrorCode::integrity);
}

TEST_CASE("a database put back to an older state is found, also after a commit of unknown fate") {
  House house;
  auto handler = house.handler();
  test::ServedElection election(*handler, house.keys);
  std::vector<EntryRow> old_rows;
  Head old_head;
  house.store.tamper(house.ledger(), [&](auto& rows, Head& head) { old_rows = rows, old_head = head; });
  REQUIRE(handler->call(election.uuid(), election.sign_in(0), test::voter));
  house.store.fail_next_commits(1000, false);
  CHECK(handler->call(election.uuid(), election.sign_in(1), test::voter).error().code == ErrorCode::unavailable);
  house.store.tamper(house.ledger(), [&](auto& rows, Head& head) { rows = old_rows, head = old_head; });
  house.store.fail_next_commits(0, false);
  REQUIRE(wait_for([&] { return handler->available(); }));
  CHECK(handler->call(election.uuid(), election.sign_in(1), test::voter).error().code == ErrorCode::integrity);
}

TEST_CASE("a ledger whose signing key is gone can be seen but not appended to") {
  House house;
  { test::ServedElection election(*house.handler(), house.keys); }
  const auto uuid = house.store.ledgers()->front().uuid;
  std::filesystem::remove(house.folder.path() / "keys" / uuid.value / "ledger.key");
  KeyStore keys(house.folder.path() / "keys");
  CommandHandler handler(house.store, keys, wall_clock, quick);
  CHECK_FALSE(handler.start());
  CHECK(handler.summary(uuid)->phase == election::Phase::open);
  CHECK_FALSE(handler.call(uuid, election::Command(election::CloseElection{}), test::committee));
}

TEST_CASE("an election that may not be opened leaves neither ledger nor key") {
  House house;
  auto handler = house.handler();
  election::Draft bad = test::small_draft();
  bad.name.clear();
  CHECK(handler->open_ledger(bad, "suara.test/2026", test::committee).error().code == ErrorCode::invalid_draft);
  CHECK(handler->open_ledger(test::small_draft(), "suara.test/2026", test::voter).error().code == ErrorCode::not_permitted);
  CHECK(house.store.ledgers()->empty());
  CHECK_FALSE(std::filesystem::exists(house.folder.path() / "keys"));
}
