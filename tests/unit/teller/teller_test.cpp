#include "ledger/teller.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "ledger/memory_store.hpp"
#include "tests/support/election_fixture.hpp"
#include "tests/support/temp_folder.hpp"

using namespace suara;
using namespace std::chrono_literals;
using ledger::CommandHandler;
using ledger::Teller;

namespace {

Timestamp system_time() {
  using namespace std::chrono;
  return Timestamp{duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

election::Draft draft_of(election::TallyPolicy policy, std::uint32_t min_batch) {
  auto draft = test::small_draft(policy);
  draft.policies.min_batch = min_batch;
  return draft;
}

// A service with store, handler and, once started, teller. Its clock can be put forward.
struct Service {
  test::TempFolder folder;
  ledger::MemoryStore store;
  ledger::KeyStore keys{folder.path() / "keys"};
  std::atomic<std::int64_t> forward = 0;
  CommandHandler::Clock clock = [this] { return Timestamp{system_time().ms + forward}; };
  std::mutex mutex;
  std::condition_variable grown;
  Teller* told = nullptr;  // under the mutex
  CommandHandler handler{store, keys, clock};
  std::unique_ptr<Teller> teller;

  Service() {
    handler.add_listener([this](const ledger::LedgerInfo& info, std::uint64_t size) {
      const std::lock_guard lock(mutex);
      if (told) told->notify(info, size);
      grown.notify_all();
    });
    REQUIRE(handler.start());
  }
  ~Service() { stop_teller(); }

  void start_teller() {
    teller = std::make_unique<Teller>(handler, store, keys, clock, ledger::TellerOptions{50ms});
    tell(teller.get());
    teller->start();
  }
  void stop_teller() {
    tell(nullptr);
    teller.reset();
  }
  void tell(Teller* listening) {
    const std::lock_guard lock(mutex);
    told = listening;
  }

  std::vector<election::Recorded> events(const ElectionUuid& uuid) {
    std::vector<election::Recorded> out;
    const auto ledgers = store.ledgers();
    for (const auto& info : *ledgers) {
      if (info.uuid != uuid) continue;
      const auto rows = store.read(info.id, Seq{0}, 100'000, SIZE_MAX);
      for (const auto& row : *rows) out.push_back(codec::read_recorded(row.bytes, codec::Trust::trusted).value());
    }
    return out;
  }

  template <class E>
  std::vector<std::pair<election::Recorded, E>> all(const ElectionUuid& uuid) {
    std::vector<std::pair<election::Recorded, E>> out;
    for (auto& recorded : events(uuid))
      if (const auto* event = std::get_if<E>(&recorded.event)) out.emplace_back(recorded, *event);
    return out;
  }

  // Waits until `count` events of a type are recorded.
  template <class E>
  std::vector<std::pair<election::Recorded, E>> wait_for(const ElectionUuid& uuid, std::size_t count,
                                                         std::chrono::milliseconds longest = 5s) {
    const auto deadline = std::chrono::steady_clock::now() + longest;
    std::unique_lock lock(mutex);
    for (;;) {
      lock.unlock();
      auto found = all<E>(uuid);
      lock.lock();
      if (found.size() >= count) return found;
      // The memory store may have grown between the look and the wait: looked at again soon in any case.
      if (std::chrono::steady_clock::now() > deadline) FAIL("not recorded in time");
      grown.wait_for(lock, 10ms);
    }
  }
};

void cast(test::ServedElection& election, std::size_t voter, std::size_t answer) {
  static_cast<void>(election.must(election.ballot(voter, answer), test::voter));
}

}  // namespace

TEST_CASE("under live the service makes and publishes the trustee's key at the drafting") {
  Service service;
  service.start_teller();
  const auto opened =
      service.handler.open_ledger(draft_of(election::TallyPolicy::live, 2), "suara.test/2026", test::administrator);
  REQUIRE(opened);
  const auto keys = service.wait_for<election::TrusteeKeyPublished>(opened->uuid, 1);
  CHECK(keys[0].first.actor.role == election::Role::service);
  CHECK(keys[0].second.key.public_key == crypto::g_pow(service.keys.trustee_key(opened->uuid).value()->expose()));
}

TEST_CASE("a key that was made but not published before a restart is the one published") {
  Service service;
  const auto opened =
      service.handler.open_ledger(draft_of(election::TallyPolicy::live, 2), "suara.test/2026", test::administrator);
  REQUIRE(opened);
  const auto made = service.keys.create_trustee_key(opened->uuid);
  REQUIRE(made);
  service.start_teller();
  const auto keys = service.wait_for<election::TrusteeKeyPublished>(opened->uuid, 1);
  CHECK(keys[0].second.key.public_key == crypto::g_pow((*made)->expose()));
}

TEST_CASE("live tallies come once enough voters have voted, and count a re-vote once") {
  Service service;
  test::ServedElection election(service.handler, service.keys, {draft_of(election::TallyPolicy::live, 3), 8});
  service.start_teller();

  cast(election, 0, 0);
  cast(election, 1, 0);
  cast(election, 1, 1);  // a re-vote: still two voters
  cast(election, 0, 0);
  CHECK(service.all<election::LiveTallyPublished>(election.uuid()).empty());
  cast(election, 2, 1);
  const auto full = system_time();
  const auto first = service.wait_for<election::LiveTallyPublished>(election.uuid(), 1);
  CHECK(system_time().ms - full.ms < 1000);
  CHECK(first[0].second.counts == ballot::Counts{{1, 2}});
  CHECK(first[0].second.num_tallied == 3);
  CHECK(first[0].second.accepted == 5);
  CHECK(first[0].first.actor.role == election::Role::service);

  // The next batch: two of its voters are new, one votes again.
  cast(election, 3, 0);
  cast(election, 4, 0);
  cast(election, 2, 0);
  const auto second = service.wait_for<election::LiveTallyPublished>(election.uuid(), 2);
  CHECK(second[1].second.counts == ballot::Counts{{4, 1}});
  CHECK(second[1].first.time.ms - second[0].first.time.ms >= 2000);
  CHECK(second[1].first.time.ms - second[0].first.time.ms < 4000);

  // Not enough for a third: the close comes first.
  cast(election, 5, 0);
  service.forward += 10'000;
  cast(election, 6, 0);
  static_cast<void>(election.must(election::CloseElection{}, test::committee));
  service.wait_for<election::TallyDecrypted>(election.uuid(), 1);
  CHECK(service.all<election::LiveTallyPublished>(election.uuid()).size() == 2);
}

TEST_CASE("weights, blank votes and several questions are counted live; a challenged ballot is not") {
  Service service;
  auto draft = draft_of(election::TallyPolicy::live, 3);
  draft.contests.push_back(test::contest_of(3, 0, 2, true, "Usul"));
  test::ServedElection election(service.handler, service.keys, {draft, 4, {1, 5}});
  service.start_teller();
  const auto cast_choices = [&](std::size_t voter, const std::vector<std::vector<unsigned>>& choices) {
    static_cast<void>(election.must(election.ballot(voter, choices), test::voter));
  };
  const auto tested = election.ballot(3, 0);
  static_cast<void>(election.must(election::ChallengeBallot{tested.ballot, tested.verified}, test::voter));
  cast_choices(0, {{1, 0}, {0, 1, 1, 0}});
  cast_choices(1, {{1, 0}, {0, 0, 0, 0}});
  cast_choices(1, {{0, 1}, {1, 0, 0, 0}});  // a re-vote of weight 5
  CHECK(service.all<election::LiveTallyPublished>(election.uuid()).empty());
  cast_choices(2, {{1, 0}, {0, 0, 1, 1}});
  const ballot::Counts counts{{2, 5}, {5, 1, 2, 1}};
  const auto live = service.wait_for<election::LiveTallyPublished>(election.uuid(), 1);
  CHECK(live[0].second.counts == counts);
  CHECK(live[0].second.num_tallied == 3);
  CHECK(live[0].second.total_weight == 7);
  static_cast<void>(election.must(election::CloseElection{}, test::committee));
  service.wait_for<election::TallyDecrypted>(election.uuid(), 1);
  static_cast<void>(election.must(
      [](const election::State& state) {
        return codec::result_command(state).map([](auto command) { return election::Command(std::move(command)); });
      },
      test::committee));
  CHECK(service.handler.summary(election.uuid())->result->counts == counts);
}

TEST_CASE("after the close a live election is counted and decrypted by the service, once") {
  Service service;
  test::ServedElection election(service.handler, service.keys, {draft_of(election::TallyPolicy::live, 50), 4});
  service.start_teller();
  cast(election, 0, 0);
  cast(election, 1, 1);
  cast(election, 0, 1);
  static_cast<void>(election.must(election::CloseElection{}, test::committee));
  const auto decrypted = service.wait_for<election::TallyDecrypted>(election.uuid(), 1);
  CHECK(decrypted[0].second.share.owner == 1);
  const auto result = election.must(
      [](const election::State& state) {
        return codec::result_command(state).map([](auto command) { return election::Command(std::move(command)); });
      },
      test::committee);
  CHECK(service.handler.summary(election.uuid())->result->counts == ballot::Counts{{0, 2}});

  service.stop_teller();
  service.start_teller();  // begins from zero and finds nothing to do
  service.stop_teller();
  CHECK(service.all<election::TallyComputed>(election.uuid()).size() == 1);
  CHECK(service.all<election::TallyDecrypted>(election.uuid()).size() == 1);
  CHECK(service.events(election.uuid()).size() == result.last.value + 1);
}

TEST_CASE("a code handed out of the reserve counts with its weight") {
  Service service;
  test::ServedElection election(service.handler, service.keys,
                                {draft_of(election::TallyPolicy::live, 2), 2, {5}, {5}});
  service.start_teller();
  static_cast<void>(election.must(
      election::ReplaceCredential{election.credentials()[0], election.credentials()[2], "Kartu hilang"},
      test::registrar));
  cast(election, 1, 0);
  cast(election, 2, 1);
  const auto live = service.wait_for<election::LiveTallyPublished>(election.uuid(), 1);
  CHECK(live[0].second.counts == ballot::Counts{{1, 5}});
}

TEST_CASE("an election without ballots is counted too") {
  Service service;
  test::ServedElection election(service.handler, service.keys, {draft_of(election::TallyPolicy::live, 2), 2});
  service.start_teller();
  static_cast<void>(election.must(election::CloseElection{}, test::committee));
  service.wait_for<election::TallyDecrypted>(election.uuid(), 1);
}

TEST_CASE("under sealed nothing is published before the close and nothing is decrypted by the service") {
  Service service;
  test::ServedElection election(service.handler, service.keys, {draft_of(election::TallyPolicy::sealed, 2), 4});
  service.start_teller();
  for (std::size_t voter = 0; voter < 4; ++voter) cast(election, voter, 0);
  service.forward += 10'000;
  cast(election, 0, 1);
  static_cast<void>(election.must(election::CloseElection{}, test::committee));
  const auto tally = service.wait_for<election::TallyComputed>(election.uuid(), 1);
  CHECK(tally[0].second.num_tallied == 4);
  service.stop_teller();
  CHECK(service.all<election::LiveTallyPublished>(election.uuid()).empty());
  CHECK(service.all<election::TallyDecrypted>(election.uuid()).empty());
  CHECK(service.keys.trustee_key(election.uuid()).error().code == ErrorCode::not_found);

  // The trustee's own decryption of that tally gives the counts.
  const auto share = codec::make_share(
      1, ballot::decrypt(tally[0].second.tally, election.trustees()[0], election.sealed().fingerprint));
  CHECK(ballot::decrypt_counts(tally[0].second.tally, {ballot::TrusteePublicKey{}}, {{1, share.partial}}, 4).value() ==
        ballot::Counts{{3, 1}});
}

TEST_CASE("a teller that starts late catches up, re-votes included") {
  Service service;
  test::ServedElection election(service.handler, service.keys, {draft_of(election::TallyPolicy::live, 2), 4});
  for (int round = 0; round < 3; ++round)
    for (std::size_t voter = 0; voter < 3; ++voter)
      cast(election, voter, (voter + static_cast<std::size_t>(round)) % 2);
  service.start_teller();
  const auto live = service.wait_for<election::LiveTallyPublished>(election.uuid(), 1);
  CHECK(live[0].second.counts == ballot::Counts{{2, 1}});
  CHECK(live[0].second.accepted == 9);
}

TEST_CASE("two tellers do the work once") {
  Service service;
  test::ServedElection election(service.handler, service.keys, {draft_of(election::TallyPolicy::live, 2), 4});
  service.start_teller();
  {
    Teller other(service.handler, service.store, service.keys, service.clock, ledger::TellerOptions{5ms});
    other.start();
    cast(election, 0, 0);
    cast(election, 1, 0);
    service.wait_for<election::LiveTallyPublished>(election.uuid(), 1);
    static_cast<void>(election.must(election::CloseElection{}, test::committee));
    service.wait_for<election::TallyDecrypted>(election.uuid(), 1);
    CHECK(other.faults().empty());
  }
  service.stop_teller();
  CHECK(service.all<election::LiveTallyPublished>(election.uuid()).size() == 1);
  CHECK(service.all<election::TallyComputed>(election.uuid()).size() == 1);
  CHECK(service.all<election::TallyDecrypted>(election.uuid()).size() == 1);
}

TEST_CASE("a missing trustee key is told and decrypts nothing") {
  Service service;
  test::ServedElection election(service.handler, service.keys, {draft_of(election::TallyPolicy::live, 2), 4});
  const ledger::LedgerInfo info = service.store.ledgers().value().front();
  test::TempFolder elsewhere;
  ledger::KeyStore other_keys(elsewhere.path() / "keys");
  cast(election, 0, 0);
  cast(election, 1, 0);
  Teller teller(service.handler, service.store, other_keys, service.clock, ledger::TellerOptions{5ms});
  teller.start();
  const auto deadline = std::chrono::steady_clock::now() + 5s;
  while (teller.faults().empty() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
  REQUIRE(teller.faults().size() == 1);
  CHECK(teller.faults()[0].uuid == info.uuid);
  CHECK(service.all<election::LiveTallyPublished>(election.uuid()).empty());
}
