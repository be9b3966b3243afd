#include <catch2/catch.hpp>
#include <mutex>
#include <thread>

#include "core/audit/audit.hpp"
#include "ledger/publisher.hpp"
#include "ledger/teller.hpp"
#include "projections/live_tally/queries.hpp"
#include "tests/integration/projections/site.hpp"
#include "tests/support/election_fixture.hpp"
#include "tests/support/vectors.hpp"

using namespace suara;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

Timestamp system_time() {
  using namespace std::chrono;
  return Timestamp{duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

class Folder : public audit::Source {
 public:
  explicit Folder(fs::path path) : path_(std::move(path)) {}
  Result<std::string> read(std::string_view path, std::size_t max_bytes) override {
    if (!fs::is_regular_file(path_ / path)) return fail(ErrorCode::not_found, "no such file");
    if (fs::file_size(path_ / path) > max_bytes) return fail(ErrorCode::too_large, "too large");
    return test::read_file(path_ / path);
  }

 private:
  fs::path path_;
};

// Everything that the service runs but HTTP, over the real database.
struct Service {
  std::mutex mutex;
  bool counting = false;
  bool stopped = false;
  test::TempFolder folder;
  test::MariadbServer& server = test::shared_mariadb();
  ledger::mariadb::MariaStore store;
  ledger::mariadb::Pool pool;
  ledger::KeyStore keys{folder.path() / "keys"};
  ledger::CommandHandler handler;
  ledger::Publisher publisher;
  ledger::Teller teller;
  projections::Runner runner;

  Service()
      : store((server.empty_tables(), server.service()), 6),
        pool(server.service(), 4),
        handler(store, keys, system_time),
        publisher(store, keys, {folder.path() / "log", 200ms, 100ms}),
        teller(handler, store, keys, system_time, {100ms}),
        runner(store, pool, {100ms}) {
    add_all(runner);
    handler.add_listener([this](const ledger::LedgerInfo& info, std::uint64_t size) {
      const std::lock_guard lock(mutex);
      if (stopped) return;
      publisher.notify(info, size);
      runner.notify(info, size);
      if (counting) teller.notify(info, size);
    });
    test::must(handler.start());
    publisher.start();
    runner.start();
  }

  // The handler outlives those it tells.
  ~Service() {
    const std::lock_guard lock(mutex);
    stopped = true;
  }

  void start_teller() {
    {
      const std::lock_guard lock(mutex);
      counting = true;
    }
    teller.start();
  }

  ledger::LedgerInfo info(const ElectionUuid& uuid) {
    for (const auto& info : test::must(store.ledgers()))
      if (info.uuid == uuid) return info;
    throw std::runtime_error("no such ledger");
  }
};

template <class Condition>
bool within(std::chrono::milliseconds longest, Condition condition) {
  const auto deadline = std::chrono::steady_clock::now() + longest;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(1ms);  // a pause between two looks
  }
  return true;
}

election::Draft live_draft() {
  auto draft = test::small_draft(election::TallyPolicy::live);
  draft.policies.min_batch = 3;
  return draft;
}

void cast(test::ServedElection& election, std::size_t voter, std::size_t answer) {
  static_cast<void>(election.must(election.ballot(voter, answer), test::voter));
}

}  // namespace

TEST_CASE("a live election is counted, decrypted and published, and its bundle verifies") {
  Service service;
  test::ServedElection election(service.handler, service.keys, {live_draft(), 5});
  service.start_teller();
  const auto info = service.info(election.uuid());
  for (std::size_t voter = 0; voter < 3; ++voter) cast(election, voter, 1);

  CHECK(within(30s, [&] {
    const auto tally = test::must(projections::live_tally::read_tally(service.pool, info.id));
    return tally.status == projections::live_tally::TallyStatus::preliminary &&
           tally.contests[0].candidates[1].count == 3u;
  }));
  cast(election, 0, 0);
  cast(election, 3, 0);
  static_cast<void>(election.must(election::CloseElection{}, test::committee));
  CHECK(within(30s, [&] { return service.handler.summary(election.uuid())->shares.contains(1); }));
  const auto result = election.must(
      [](const election::State& state) {
        return codec::result_command(state).map([](auto command) { return election::Command(std::move(command)); });
      },
      test::committee);
  static_cast<void>(election.must(election::CertifyResult{}, test::administrator));
  const std::uint64_t size = result.last.value + 2;
  CHECK(within(30s, [&] {
    const auto checkpoint = service.publisher.checkpoint(election.uuid());
    return checkpoint && checkpoint->size == size;
  }));

  Folder source(service.publisher.folder(election.uuid()));
  const auto report = audit::audit_bundle(source, {});
  REQUIRE(report);
  if (const auto fault = report->first_fault()) UNSCOPED_INFO(fault->what);
  CHECK(report->verified());
  CHECK(report->size == size);
  CHECK(report->result == ballot::Counts{{2, 2}});
  CHECK(within(30s, [&] {  // the projection gathers for a moment
    const auto tally = test::must(projections::live_tally::read_tally(service.pool, info.id));
    return tally.counted == 4 && tally.accepted == 5;
  }));
}

TEST_CASE("a byte changed in a stored entry by the database's root account stops the publication") {
  Service service;
  test::ServedElection election(service.handler, service.keys, {live_draft(), 5});
  const auto info = service.info(election.uuid());
  const auto published = [&](std::uint64_t size) {
    return within(30s, [&] {
      const auto checkpoint = service.publisher.checkpoint(election.uuid());
      return checkpoint && checkpoint->size == size;
    });
  };
  const std::uint64_t before = service.handler.counts(election.uuid()).entries;
  REQUIRE(published(before));
  const std::string checkpoint = test::read_file(service.publisher.folder(election.uuid()) / "checkpoint");

  auto root = test::must(ledger::mariadb::Connection::open(service.server.root()));
  const std::string last = std::to_string(before - 1);
  test::must(root->execute_script(
      "DROP TRIGGER entries_refuse_update; UPDATE entries SET entry = INSERT(entry, 60, 1, '~') WHERE seq = " + last +
      "; CREATE TRIGGER entries_refuse_update BEFORE UPDATE ON entries FOR EACH ROW SIGNAL SQLSTATE '45000' SET "
      "MESSAGE_TEXT = 'Entries of a ledger are never changed.';"));
  cast(election, 0, 0);
  REQUIRE(within(30s, [&] { return !service.publisher.faults().empty(); }));
  CHECK(service.publisher.faults()[0].seq == Seq{before - 1});
  CHECK_THAT(service.publisher.faults()[0].error.detail, Catch::Contains("Entry " + last));

  cast(election, 1, 0);
  CHECK_FALSE(service.publisher.publish(info));
  CHECK(test::read_file(service.publisher.folder(election.uuid()) / "checkpoint") == checkpoint);
  CHECK(test::must(service.store.latest_checkpoint(info.id)) == checkpoint);
}
