#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>

#include "ledger/mariadb/maria_store.hpp"
#include "ledger/mariadb/migrate.hpp"
#include "tools/bench/append.hpp"
#include "tools/bench/http_ballots.hpp"
#include "tools/bench/machine.hpp"
#include "tools/bench/options.hpp"
#include "tools/bench/outcome.hpp"
#include "tools/bench/static_log.hpp"
#include "tools/bench/verify_bundle.hpp"
#include "tools/bench/walls.hpp"

namespace suara::bench {
namespace {

struct Elections {
  OpenElection of_events;
  OpenElection of_ballots;
};

// In this process, without the service: the ledger alone. The handler is gone when the service starts.
Elections measure_ledger(const Options& options) {
  const auto signatures = measure_signatures();
  const auto insert = measure_insert(options);
  ledger::mariadb::MariaStore store(options.database);
  ledger::KeyStore keys(options.dir / "keys");
  ledger::CommandHandler handler(store, keys, system_time);
  must(handler.start(), "the ledgers");
  auto of_events = open_election(handler, "Bench: events", options.events);
  measure_append(handler, of_events, signatures.sign, insert);
  return {std::move(of_events), open_election(handler, "Bench: ballots", options.ballots)};
}

void measure_all(const Options& options) {
  print_machine(options);
  const auto elections = measure_ledger(options);
  const auto ballots = make_ballots(elections.of_ballots, options.ballots);
  Service service(options);
  const auto entries = service.await_published(elections.of_events.uuid);
  service.await_published(elections.of_ballots.uuid);
  const auto walls = measure_ballots(elections.of_ballots, ballots);
  measure_http(service, elections.of_ballots.uuid, ballots, walls.all_cores);
  service.await_published(elections.of_ballots.uuid);
  measure_static_log(service, options, options.log_entries);
  if (const auto end = service.stop(); end.status != 0) {
    throw Stopped(fmt::format("suarad ended with {}:\n{}", end.status, end.errors));
  }
  measure_verify_ballots(options, elections.of_ballots.uuid, walls.one_core);
  measure_verify_entries(options, elections.of_events.uuid, entries, measure_signatures().verify);
  fmt::print("load {} at the end\n", load());
}

int run(int argc, char** argv) {
  Options options;
  options.database.database = "suara";
  options.database.user = ledger::mariadb::service_user;
  CLI::App app{"suara-bench: what Suara does on this machine, each figure beside the wall that bounds it.",
               "suara-bench"};
  app.footer(
      "tools/bench/run builds what this needs, and starts a private MariaDB for it.\n"
      "Exit codes: 0 all was measured, 1 something failed, 2 wrong usage.");
  app.add_option("--db-socket", options.database.socket, "unix socket of a MariaDB of its own, migrated, empty")
      ->required();
  app.add_option("--db-password-file", options.database.password_file, "the service account's password")->required();
  app.add_option("--db-admin", options.admin, "account that may make a database, known by the socket")->required();
  app.add_option("--suarad", options.suarad, "the service's program")->required()->check(CLI::ExistingFile);
  app.add_option("--verify", options.verify, "the verifier's program")->required()->check(CLI::ExistingFile);
  app.add_option("--dir", options.dir, "empty folder for keys and public log")
      ->required()
      ->check(CLI::ExistingDirectory);
  app.add_option("--events", options.events, "signed events to append")
      ->check(CLI::Range(1000, 500'000))
      ->capture_default_str();
  app.add_option("--ballots", options.ballots, "ballots to cast over HTTP")
      ->check(CLI::Range(100, 100'000))
      ->capture_default_str();
  app.add_option("--log-entries", options.log_entries, "of the log whose tiles are fetched")
      ->check(CLI::Range(1000, 10'000'000))
      ->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  measure_all(options);
  return 0;
}

}  // namespace
}  // namespace suara::bench

int main(int argc, char** argv) {
  try {
    return suara::bench::run(argc, argv);
  } catch (const std::exception& failure) {
    fmt::print(stderr, "suara-bench: {}\n", failure.what());
    return 1;
  }
}
