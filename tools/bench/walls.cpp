#include "tools/bench/walls.hpp"

#include <atomic>

#include "core/ballot/verify.hpp"
#include "core/codec/belenios.hpp"
#include "core/crypto/signature.hpp"
#include "tools/bench/machine.hpp"
#include "tools/bench/outcome.hpp"

namespace suara::bench {
namespace {

constexpr double measured_seconds = 2;
constexpr std::size_t message_size = 450;
constexpr std::size_t row_size = 600;
constexpr std::size_t rows_a_commit = 512;

// How often a second `once` can be done, one after the other.
template <class Once>
double rate_of(const Once& once) {
  const Stopwatch watch;
  std::size_t done = 0;
  do {
    once(done++);
  } while (watch.seconds() < measured_seconds);
  return static_cast<double>(done) / watch.seconds();
}

Wall printed(const std::string& name, double rate, const std::string& unit) {
  print_figure("wall: " + name, rate, unit);
  return {name, rate};
}

void verify_ballot(const OpenElection& election, const std::string& text) {
  must(ballot::verify(election.sealed, must(codec::read_ballot(text), "reading a ballot")), "verifying a ballot");
}

}  // namespace

SignatureWalls measure_signatures() {
  const auto key = crypto::SigningKey::generate();
  std::string message(message_size, 'm');
  const double sign = rate_of([&](std::size_t i) {
    message[i % message_size] ^= 1;
    (void)key.sign(as_bytes(message));
  });
  const auto signature = key.sign(as_bytes(message));
  const double verify = rate_of([&](std::size_t) {
    if (!crypto::verify(key.public_key(), as_bytes(message), signature)) throw Stopped("a signature does not verify");
  });
  return {printed("Ed25519 sign, one core", sign, "/s"), printed("Ed25519 verify, one core", verify, "/s")};
}

BallotWalls measure_ballots(const OpenElection& election, const std::vector<std::string>& ballots) {
  const double one = rate_of([&](std::size_t i) { verify_ballot(election, ballots[i % ballots.size()]); });
  const Stopwatch watch;
  std::atomic<std::size_t> done{0};
  on_all_cores(cores(), [&](std::size_t core) {
    for (std::size_t i = core; watch.seconds() < measured_seconds; i += cores(), ++done) {
      verify_ballot(election, ballots[i % ballots.size()]);
    }
  });
  const double all = static_cast<double>(done) / watch.seconds();
  return {printed("ballot read and verify, one core", one, "ballots/s"),
          printed("ballot read and verify, all cores", all, "ballots/s")};
}

Wall measure_insert(const Options& options) {
  auto config = options.database;
  config.user = options.admin;
  config.password_file.clear();
  config.database.clear();
  const auto connection = must(ledger::mariadb::Connection::open(config), "the database's administrator");
  must(connection->execute("CREATE OR REPLACE DATABASE suara_bench"), "making the bench's database");
  must(connection->execute(
           "CREATE TABLE suara_bench.bare (id BIGINT UNSIGNED PRIMARY KEY, body VARBINARY(600) NOT NULL) "
           "ENGINE=InnoDB"),
       "making the bench's table");
  const std::string body(row_size, 'r');
  const double commits = rate_of([&](std::size_t commit) {
    ledger::mariadb::BulkRows rows(2);
    for (std::size_t i = 0; i < rows_a_commit; ++i)
      rows.add({std::uint64_t{commit * rows_a_commit + i}, as_bytes(body)});
    must(connection->begin(), "bare insert");
    must(connection->run_bulk("INSERT INTO suara_bench.bare (id, body) VALUES (?, ?)", rows), "bare insert");
    must(connection->commit(), "bare insert");
  });
  must(connection->execute("DROP DATABASE suara_bench"), "dropping the bench's database");
  return printed("bare bulk insert, 512 rows a commit", commits * rows_a_commit, "rows/s");
}

}  // namespace suara::bench
