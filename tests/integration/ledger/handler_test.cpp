#include <atomic>
#include <catch2/catch.hpp>
#include <mutex>
#include <set>
#include <thread>

#include "ledger/command_handler.hpp"
#include "ledger/mariadb/maria_store.hpp"
#include "tests/integration/ledger/process.hpp"
#include "tests/support/election_fixture.hpp"
#include "tests/support/mariadb_server.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/support/vectors.hpp"

using namespace suara;
using namespace suara::ledger;
using namespace suara::ledger::mariadb;
using namespace std::chrono_literals;
using test::Process;

namespace {

struct House {
  House() { test::shared_mariadb().empty_tables(); }
  test::TempFolder folder;
  std::filesystem::path keys() const { return folder.path() / "keys"; }
};

std::uint64_t server_counter(const std::string& name) {
  auto root = Connection::open(test::shared_mariadb().root());
  const auto rows =
      (*root)->query("SELECT variable_value FROM information_schema.global_status WHERE variable_name = ?", {name});
  return std::stoull(std::string((*rows)[0].text(0)));
}

// Signs in every voter from several threads, each through one of the handlers. Gives the number that succeeded.
std::size_t sign_in_all(const std::vector<CommandHandler*>& handlers, const test::ServedElection& election,
                        std::size_t first, std::size_t last, std::size_t threads) {
  std::atomic<std::size_t> good{0};
  std::mutex mutex;
  std::set<std::string> refusals;
  std::vector<std::thread> running;
  for (std::size_t t = 0; t < threads; ++t) {
    running.emplace_back([&, t] {
      for (std::size_t i = first + t; i < last; i += threads)
        if (auto receipt = handlers[t % handlers.size()]->call(election.uuid(), election.sign_in(i), test::voter)) {
          ++good;
        } else {
          const std::lock_guard lock(mutex);
          refusals.insert(receipt.error().detail);
        }
    });
  }
  for (auto& thread : running) thread.join();
  for (const auto& refusal : refusals) WARN(refusal);
  return good;
}

}  // namespace

TEST_CASE("commands of many threads share commits and are all recorded once") {
  House house;
  Process process(house.keys());
  test::ServedElection election(process.handler, process.keys, {.voters = 4000});
  const auto size = process.handler.counts(election.uuid()).entries;
  const auto commits = server_counter("HANDLER_COMMIT");
  CHECK(sign_in_all({&process.handler}, election, 0, 4000, 64) == 4000);
  CHECK(process.handler.counts(election.uuid()).entries == size + 4000);
  const auto used = server_counter("HANDLER_COMMIT") - commits;
  INFO(used);
  CHECK(used < 2000);
  Process again(house.keys());  // folds and checks the whole of it
  CHECK(again.handler.counts(election.uuid()).entries == size + 4000);
}

TEST_CASE("two processes append to one ledger in turns") {
  House house;
  Process first(house.keys());
  test::ServedElection election(first.handler, first.keys, {.voters = 2000});
  Process second(house.keys());
  const auto size = second.handler.counts(election.uuid()).entries;
  REQUIRE(size == first.handler.counts(election.uuid()).entries);
  CHECK(sign_in_all({&first.handler, &second.handler}, election, 0, 2000, 16) == 2000);
  for (CommandHandler* handler : {&first.handler, &second.handler}) {
    const auto receipt = handler->call(election.uuid(), election.sign_in(7), test::voter);
    REQUIRE(receipt);
    CHECK(receipt->repeated);
    CHECK(handler->counts(election.uuid()).entries == size + 2000);
  }
}

TEST_CASE("an election opened by one process is found by the other") {
  House house;
  Process first(house.keys()), second(house.keys());
  test::ServedElection election(first.handler, first.keys);
  const auto deadline = std::chrono::steady_clock::now() + 5s;
  while (!second.handler.summary(election.uuid()) && std::chrono::steady_clock::now() < deadline)
    std::this_thread::sleep_for(5ms);
  REQUIRE(second.handler.summary(election.uuid()));
  CHECK(second.handler.call(election.uuid(), election.sign_in(0), test::voter));
}

TEST_CASE("rejected and repeated commands write nothing to the database") {
  House house;
  Process process(house.keys(), {.poll = 1h});
  test::ServedElection election(process.handler, process.keys);
  REQUIRE(process.handler.call(election.uuid(), election.sign_in(0), test::voter));
  const auto inserted = server_counter("COM_INSERT");
  const auto updated = server_counter("COM_UPDATE");
  const auto rows = [] {
    auto root = Connection::open(test::shared_mariadb().root());
    const auto head = (*root)->query("SELECT SUM(size) FROM heads");
    const auto entries = (*root)->query("SELECT COUNT(*) FROM entries");
    return std::pair((*head)[0].u64(0), (*entries)[0].u64(0));
  };
  const auto before = rows();
  for (int i = 0; i < 50; ++i) {
    CHECK_FALSE(process.handler.call(election.uuid(), election.sign_in(1), test::anyone));
    CHECK(process.handler.call(election.uuid(), election.sign_in(0), test::voter)->repeated);
  }
  CHECK(rows() == before);
  CHECK(server_counter("COM_INSERT") == inserted);
  CHECK(server_counter("COM_UPDATE") == updated);
}

TEST_CASE("a head that somebody else holds for long is waited for again and again") {
  House house;
  auto config = test::shared_mariadb().service();
  config.lock_timeout = 1s;
  MariaStore store(config);
  KeyStore keys(house.keys());
  CommandHandler handler(store, keys, test::wall_clock);
  REQUIRE(handler.start());
  test::ServedElection election(handler, keys);
  auto root = Connection::open(test::shared_mariadb().root());
  REQUIRE((*root)->begin());
  REQUIRE((*root)->query("SELECT size FROM heads FOR UPDATE"));
  std::thread holder([&] {
    std::this_thread::sleep_for(1500ms);  // beyond one lock timeout
    (*root)->rollback();
  });
  CHECK(handler.call(election.uuid(), election.sign_in(0), test::voter));
  holder.join();
}

TEST_CASE("connections killed under load cost no command its answer") {
  House house;
  Process process(house.keys());
  test::ServedElection election(process.handler, process.keys, {.voters = 3000});
  const auto size = process.handler.counts(election.uuid()).entries;
  std::atomic<bool> stop{false};
  std::thread killer([&] {
    auto root = Connection::open(test::shared_mariadb().root());
    while (!stop) {
      const auto victims = (*root)->query("SELECT id FROM information_schema.processlist WHERE user = 'suara_service'");
      for (const Row row : *victims) (void)(*root)->execute("KILL " + std::to_string(row.u64(0)));
      std::this_thread::sleep_for(60ms);
    }
  });
  CHECK(sign_in_all({&process.handler}, election, 0, 3000, 8) == 3000);
  stop = true;
  killer.join();
  CHECK(process.handler.counts(election.uuid()).entries == size + 3000);
  Process again(house.keys());
  CHECK(again.handler.counts(election.uuid()).entries == size + 3000);
}

TEST_CASE("an entry or head changed in the database is found at start and named") {
  House house;
  ElectionUuid uuid;
  {
    Process process(house.keys());
    uuid = test::ServedElection(process.handler, process.keys).uuid();
  }
  auto root = Connection::open(test::shared_mariadb().root());
  const auto [statement, named] = GENERATE(table<std::string, std::string>({
      {"UPDATE heads SET last_leaf = REPEAT('x', 32)", "head"},
      {"UPDATE heads SET edge = CONCAT(REPEAT('x', 32), SUBSTR(edge, 33))", "tree"},
      {"UPDATE heads SET size = size - 1", "head"},
      {"UPDATE heads SET size = size + 1", "missing"},
      {"DROP TRIGGER entries_refuse_update; UPDATE entries SET entry = REPLACE(entry, 'Citra', 'Cipta') WHERE seq = 1",
       "entry 1"},
      {"DROP TRIGGER entries_refuse_delete; DELETE FROM entries WHERE seq = 2", "Entry 2 is missing"},
      {"DROP TRIGGER entries_refuse_delete; DELETE FROM entries WHERE seq = 4", "Entry 4 is missing"},
  }));
  INFO(statement);
  const auto done = (*root)->execute_script(statement);
  REQUIRE(done);
  MariaStore store(test::shared_mariadb().service());
  KeyStore keys(house.keys());
  CommandHandler handler(store, keys, test::wall_clock);
  const auto started = handler.start();
  for (const char* name : {"010_entries_refuse_update.sql", "011_entries_refuse_delete.sql"})
    REQUIRE(
        (*root)->execute_script(test::read_file(std::filesystem::path(SUARA_SOURCE_DIR) / "schema" / "sql" / name)));
  REQUIRE_FALSE(started);
  CHECK(started.error().code == ErrorCode::integrity);
  CHECK(started.error().detail.find(named) != std::string::npos);
  CHECK(handler.call(uuid, election::Command(election::CloseElection{}), test::committee).error().code ==
        ErrorCode::integrity);
}

TEST_CASE("a batch larger than a packet is stored whole") {
  House house;
  Process process(house.keys());
  // 40 chunks of 400 commitments, about 45 KB each, come of one command; with the credentials it is beyond 2 MiB.
  test::ServedElection election(process.handler, process.keys, {.voters = 40'000});
  CHECK(process.handler.summary(election.uuid())->voters == 40'000);
  CHECK(process.handler.call(election.uuid(), election.sign_in(39'999), test::voter));
}
