#include "ledger/schedule_keeper.hpp"

#include <mutex>

#include "core/codec/event.hpp"
#include "tests/unit/ledger/house.hpp"

using namespace suara;
using namespace suara::test;
using election::Phase;

namespace {

constexpr std::int64_t hour = 3'600'000;

// A house whose clock stands until it is put forward, with an election that opens in one hour and closes in two.
struct Scheduled {
  House house;
  std::atomic<std::int64_t> now{1'790'000'000'000};
  CommandHandler::Clock clock = [this] { return Timestamp{now}; };
  std::mutex telling;
  ScheduleKeeper* told = nullptr;  // under `telling`
  std::unique_ptr<CommandHandler> handler;
  std::unique_ptr<ScheduleKeeper> keeper;
  ElectionUuid uuid;

  explicit Scheduled(bool with_schedule = true) {
    handler = std::make_unique<CommandHandler>(house.store, house.keys, clock, quick);
    handler->add_listener([this](const LedgerInfo& ledger, std::uint64_t size) {
      const std::lock_guard lock(telling);
      if (told) told->notify(ledger, size);
    });
    REQUIRE(handler->start());
    auto draft = small_draft();
    if (with_schedule) draft.schedule = election::Schedule{Timestamp{now + hour}, Timestamp{now + 2 * hour}};
    uuid = handler->open_ledger(draft, "suara.test/2026", administrator)->uuid;
    const auto key = ballot::generate_trustee_key();
    must(election::PublishTrusteeKey{codec::write_trustee_public_key(key.public_key), key.public_key}, trustee);
    must(election::EnrolVoters{{{crypto::sha256(std::string("7")), PlaceId{"tps-1"}, 1}}}, registrar);
    const ballot::PublicCredential credential{ballot::public_credential(crypto::SecretScalar::random()), 1};
    must(election::ImportCredentials{{{PlaceId{"tps-1"}, {credential}}}}, registrar);
  }
  // The keeper gives commands to the handler, whose thread tells the keeper.
  ~Scheduled() {
    stop();
    handler.reset();
  }
  void seal() {
    must(
        [](const election::State& state) {
          return codec::seal_command(state).map([](auto seal) { return election::Command(std::move(seal)); });
        },
        committee);
  }
  void start() {
    keeper = std::make_unique<ScheduleKeeper>(*handler, house.store, clock, ScheduleKeeperOptions{20ms, 1ms, 5ms});
    {
      const std::lock_guard lock(telling);
      told = keeper.get();
    }
    keeper->start();
  }
  void stop() {
    {
      const std::lock_guard lock(telling);
      told = nullptr;
    }
    keeper.reset();
  }
  Receipt must(CommandSource command, const election::Actor& actor) {
    auto receipt = handler->call(uuid, std::move(command), actor);
    if (!receipt) FAIL(receipt.error().detail);
    return *receipt;
  }
  Phase phase() const { return handler->summary(uuid)->phase; }
  bool reaches(Phase wanted) const {
    return wait_for([&] { return phase() == wanted; });
  }
  // The keeper has looked several times and done nothing.
  bool stays(Phase wanted) const {
    std::this_thread::sleep_for(60ms);
    return phase() == wanted;
  }
};

}  // namespace

TEST_CASE("an election opens and closes by itself, each at its time and not before") {
  Scheduled one;
  one.start();
  one.seal();
  one.now += hour - 1;
  CHECK(one.stays(Phase::sealed));
  one.now += 1;
  REQUIRE(one.reaches(Phase::open));
  CHECK(one.handler->summary(one.uuid)->opened_at == Timestamp{one.now});
  one.now += hour - 1;
  CHECK(one.stays(Phase::open));
  one.now += 1;
  CHECK(one.reaches(Phase::closed));
}

TEST_CASE("what came due while the service was down is done when it is back") {
  Scheduled one;
  one.seal();
  one.now += hour + 5;
  one.start();
  REQUIRE(one.reaches(Phase::open));
  one.stop();
  one.now += 10 * hour;
  one.start();
  CHECK(one.reaches(Phase::closed));
}

TEST_CASE("an election whose whole time was missed is not opened, until its end is put off") {
  Scheduled one;
  one.seal();
  one.now += 3 * hour;
  one.start();
  CHECK(one.stays(Phase::sealed));
  one.must(election::ExtendVoting{Timestamp{one.now + hour}, "listrik padam"}, committee);
  REQUIRE(one.reaches(Phase::open));
  one.now += hour;
  CHECK(one.reaches(Phase::closed));
}

TEST_CASE("an extension puts the closing off at once") {
  Scheduled one;
  one.seal();
  one.now += hour;
  one.start();
  REQUIRE(one.reaches(Phase::open));
  one.must(election::ExtendVoting{Timestamp{one.now + 3 * hour}, "antrean panjang"}, committee);
  one.now += 2 * hour;
  CHECK(one.stays(Phase::open));
  one.now += hour;
  CHECK(one.reaches(Phase::closed));
}

TEST_CASE("without a schedule nothing happens by itself, and people may act before it does") {
  Scheduled without(false);
  without.start();
  without.seal();
  without.now += 100 * hour;
  CHECK(without.stays(Phase::sealed));
  Scheduled early;
  early.start();
  early.seal();
  early.now += hour;
  REQUIRE(early.reaches(Phase::open));
  early.must(election::CloseElection{}, committee);
  early.now += 10 * hour;
  CHECK(early.stays(Phase::closed));
}

TEST_CASE("two services keep one schedule without getting into one another's way") {
  Scheduled one;
  one.seal();
  one.start();
  CommandHandler second(one.house.store, one.house.keys, one.clock, quick);
  REQUIRE(second.start());
  ScheduleKeeper other(second, one.house.store, one.clock, {20ms, 1ms, 5ms});
  other.start();
  one.now += hour;
  REQUIRE(one.reaches(Phase::open));
  one.now += hour;
  REQUIRE(one.reaches(Phase::closed));
  REQUIRE(wait_for([&] { return second.summary(one.uuid)->phase == Phase::closed; }));
  const auto entries = one.house.store.read(one.house.ledger(), Seq{0}, 1000, 1 << 24);
  std::size_t openings = 0;
  for (const auto& entry : *entries) openings += entry.type == "ElectionOpened";
  CHECK(openings == 1);
}
