#include <atomic>
#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "core/log/entry.hpp"
#include "ledger/command_handler.hpp"
#include "ledger/mariadb/maria_store.hpp"
#include "tests/integration/ledger/process.hpp"
#include "tests/support/election_fixture.hpp"
#include "tests/support/mariadb_server.hpp"
#include "tests/support/temp_folder.hpp"

// The change of a ledger's key under load, on two processes that share database and key folder.

using namespace suara;
using namespace suara::ledger;
using namespace std::chrono_literals;
using test::Process;

namespace {

// Every entry is signed by the key that the entries before it put in force. Gives the number of keys.
std::size_t check_signatures(EventStore& store) {
  const auto info = store.ledgers()->front();
  std::set<std::string> used;
  std::optional<log::VerifierKey> in_force;
  for (std::uint64_t next = 0;;) {
    const auto rows = store.read(info.id, Seq{next}, 1000, 8 << 20);
    REQUIRE(rows);
    if (rows->empty()) return used.size();
    for (const auto& row : *rows) {
      const auto recorded = codec::read_recorded(row.bytes, codec::Trust::trusted);
      REQUIRE(recorded);
      if (const auto* opened = std::get_if<election::LedgerOpened>(&recorded->event))
        in_force = log::parse_verifier_key(opened->key).value();
      CAPTURE(row.seq.value);
      REQUIRE(in_force);
      REQUIRE(log::verify_entry_signature(log::split_entry(row.bytes).value(), *in_force));
      used.insert(log::key_id(in_force->key_hash));
      if (const auto* rotated = std::get_if<election::KeyRotated>(&recorded->event))
        in_force = log::parse_verifier_key(rotated->key).value();
    }
    next += rows->size();
  }
}

}  // namespace

TEST_CASE("a key is changed in the middle of the load of two processes, by either") {
  test::shared_mariadb().empty_tables();
  test::TempFolder folder;
  constexpr std::size_t voters = 3000, threads = 8;
  Process first(folder.path() / "keys");
  const test::ServedElection election(first.handler, first.keys, {.voters = voters});
  Process second(folder.path() / "keys");
  const auto size = first.handler.counts(election.uuid()).entries;

  std::atomic<std::size_t> signed_in{0};
  std::vector<std::thread> running;
  for (std::size_t t = 0; t < threads; ++t) {
    running.emplace_back([&, t] {
      CommandHandler& handler = t % 2 == 0 ? first.handler : second.handler;
      for (std::size_t i = t; i < voters; i += threads)
        if (handler.call(election.uuid(), election.sign_in(i), test::voter)) ++signed_in;
    });
  }
  std::vector<std::string> keys{first.handler.summary(election.uuid())->key};
  for (std::size_t i = 1; i <= 4; ++i) {
    while (signed_in < i * voters / 6) std::this_thread::sleep_for(1ms);
    const auto rotation = (i % 2 == 0 ? first : second).handler.rotate_key(election.uuid(), test::committee);
    REQUIRE(rotation);
    keys.push_back(rotation->key);
  }
  for (auto& thread : running) thread.join();
  CHECK(signed_in == voters);
  CHECK(check_signatures(first.store) == 5);

  // A start folds it all, with the last key; the others are remembered in their order.
  Process third(folder.path() / "keys");
  CHECK(third.handler.counts(election.uuid()).entries == size + voters + 4);
  CHECK(third.handler.summary(election.uuid())->key == keys.back());
  CHECK(third.handler.summary(election.uuid())->former_keys == std::vector(keys.begin(), keys.end() - 1));
  CHECK(third.handler.call(election.uuid(), election.sign_in(0), test::voter)->repeated);
}
