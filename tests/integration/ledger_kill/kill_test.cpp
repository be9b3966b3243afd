#include <atomic>
#include <catch2/catch.hpp>
#include <map>
#include <mutex>
#include <thread>

#include "ledger/command_handler.hpp"
#include "ledger/mariadb/maria_store.hpp"
#include "tests/support/election_fixture.hpp"
#include "tests/support/mariadb_server.hpp"
#include "tests/support/temp_folder.hpp"

using namespace suara;
using namespace suara::ledger;
using namespace std::chrono_literals;

namespace {

Timestamp wall_clock() {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

constexpr std::size_t rounds = 20;
constexpr std::size_t voters = 60'000;
constexpr std::size_t senders = 8;

// Signs in one voter after the other, sending the same again where the answer says that it is safe, and keeps what was
// acknowledged.
class Load {
 public:
  Load(CommandHandler& handler, const test::ServedElection& election) : handler_(handler), election_(election) {
    for (std::size_t i = 0; i < senders; ++i) threads_.emplace_back([this] { run(); });
  }
  ~Load() { stop(); }
  void stop() {
    stop_ = true;
    for (auto& thread : threads_)
      if (thread.joinable()) thread.join();
  }
  std::size_t acknowledged() const { return acknowledged_; }
  std::size_t refused() const { return refused_; }
  std::map<std::size_t, Receipt> receipts;  // by voter; complete after stop()

 private:
  void run() {
    while (!stop_) {
      const std::size_t voter = next_++;
      if (voter >= voters) return;
      while (!stop_) {
        auto receipt = handler_.call(election_.uuid(), election_.sign_in(voter), test::voter);
        if (receipt) {
          const std::lock_guard lock(mutex_);
          receipts.emplace(voter, *receipt);
          ++acknowledged_;
          break;
        }
        ++refused_;
        if (receipt.error().code != ErrorCode::unavailable) {
          const std::lock_guard lock(mutex_);
          unexpected = receipt.error().detail;
          return;
        }
        std::this_thread::sleep_for(5ms);  // as a client that was told to try again shortly
      }
    }
  }

 public:
  std::string unexpected;

 private:
  CommandHandler& handler_;
  const test::ServedElection& election_;
  std::mutex mutex_;
  std::atomic<std::size_t> next_{0}, acknowledged_{0}, refused_{0};
  std::atomic<bool> stop_{false};
  std::vector<std::thread> threads_;
};

bool wait_for_more(const Load& load, std::size_t more, std::chrono::seconds time) {
  const std::size_t wanted = load.acknowledged() + more;
  const auto deadline = std::chrono::steady_clock::now() + time;
  while (load.acknowledged() < wanted) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(2ms);
  }
  return true;
}

}  // namespace

TEST_CASE("kill -9 of the database under load loses and doubles nothing that was acknowledged") {
  test::MariadbServer server;
  test::TempFolder folder;
  KeyStore keys(folder.path() / "keys");
  mariadb::MariaStore store(server.service());
  CommandHandler handler(store, keys, wall_clock, {.patience = 1000ms, .poll = 100ms});
  REQUIRE(handler.start());
  const test::ServedElection election(handler, keys, {.voters = voters});
  const auto size_before = handler.counts(election.uuid()).entries;

  Load load(handler, election);
  for (std::size_t round = 0; round < rounds; ++round) {
    INFO("round " << round);
    REQUIRE(wait_for_more(load, 50 + 37 * round, 30s));  // never at the same point of a batch
    server.kill9();
    // Every third time the outage lasts longer than a command's patience, so that all three ways are taken: stored
    // before the kill, stored after the restart, refused.
    if (round % 3 == 2) {
      const auto refused = load.refused();
      const auto deadline = std::chrono::steady_clock::now() + 20s;
      while (load.refused() == refused && std::chrono::steady_clock::now() < deadline) std::this_thread::sleep_for(5ms);
      CHECK(load.refused() > refused);
      CHECK_FALSE(handler.available());
    }
    server.restart();
    REQUIRE(wait_for_more(load, 1, 30s));  // the service came back by itself
  }
  load.stop();
  INFO(load.unexpected);
  REQUIRE(load.unexpected.empty());
  WARN(load.acknowledged() << " acknowledged, " << load.refused() << " refused over " << rounds << " kills");

  // Every acknowledged sign-in stands where its receipt says, and no voter stands twice.
  const auto info = store.ledgers()->front();
  std::vector<EntryRow> rows;
  while (true) {
    auto page = store.read(info.id, Seq{rows.size()}, 1000, 8 << 20);
    REQUIRE(page);
    if (page->empty()) break;
    std::move(page->begin(), page->end(), std::back_inserter(rows));
  }
  std::map<ballot::Element, Seq> signed_in;
  for (std::uint64_t seq = size_before; seq < rows.size(); ++seq) {
    const auto recorded = codec::read_recorded(rows[seq].bytes, codec::Trust::trusted);
    REQUIRE(recorded);
    const auto& credential = std::get<election::VoterVerified>(recorded->event).credential;
    REQUIRE(signed_in.emplace(credential, recorded->seq).second);
  }
  for (const auto& [voter, receipt] : load.receipts) {
    REQUIRE(signed_in.at(election.credentials()[voter]) == receipt.last);
    REQUIRE(rows[receipt.last.value].leaf == receipt.leaf);
  }
  CHECK(signed_in.size() <= load.acknowledged() + senders);  // those under way when the load stopped

  // And the whole ledger folds: chain, tree, head and signature.
  CommandHandler fresh(store, keys, wall_clock);
  REQUIRE(fresh.start());
  CHECK(fresh.counts(election.uuid()).entries == rows.size());
}
