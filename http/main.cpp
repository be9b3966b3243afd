#include <pthread.h>
#include <signal.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <cstdio>
#include <iostream>
#include <thread>

#include "core/crypto/password.hpp"
#include "http/config.hpp"
#include "http/connection.hpp"
#include "http/gate.hpp"
#include "http/handlers/figures.hpp"
#include "http/handlers/lookup.hpp"
#include "http/passwords.hpp"
#include "http/routes.hpp"
#include "http/witness_post.hpp"
#include "ledger/mariadb/maria_devices.hpp"
#include "ledger/mariadb/maria_people.hpp"
#include "ledger/mariadb/maria_photos.hpp"
#include "ledger/mariadb/maria_roll.hpp"
#include "ledger/mariadb/maria_staff.hpp"
#include "ledger/mariadb/maria_store.hpp"
#include "ledger/mariadb/migrate.hpp"
#include "ledger/private_file.hpp"
#include "ledger/schedule_keeper.hpp"

// The composition root: the one place that builds the parts of the service and joins them.
namespace suara::http {
namespace {

namespace mariadb = ledger::mariadb;

Timestamp system_time() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

mariadb::Config database_of(const DatabaseOptions& options, std::string_view default_user) {
  mariadb::Config config;
  config.socket = options.socket;
  config.database = options.name;
  config.user = options.user.empty() ? std::string(default_user) : options.user;
  config.password_file = options.password_file;
  return config;
}

int complain(const Error& error) {
  std::cerr << "suarad: " << error.detail << "\n";
  return 1;
}

void start_logging(const std::string& level) {
  auto logger = std::make_shared<spdlog::logger>("suarad", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
  logger->set_level(spdlog::level::from_str(level));
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

// Blocked before any thread starts, so that all inherit it and only wait_for_signal() sees them.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

void wait_for_signal(const sigset_t& signals) {
  int number = 0;
  sigwait(&signals, &number);
  spdlog::info("suarad: stopping");
}

std::string url_of(const ServerOptions& options, std::uint16_t port) {
  const bool v6 = options.address.find(':') != std::string::npos;
  return std::string(options.tls ? "https://" : "http://") + (v6 ? "[" + options.address + "]" : options.address) +
         ":" + std::to_string(port);
}

// A fresh token for the first administrator, or none where there is staff. A database that is away is asked again when
// somebody opens the page.
Result<void> prepare_setup(ledger::StaffStore& staff, SetupToken& setup) {
  const auto any = staff.any_staff();
  if (!any) return fail(any.error());
  if (*any) {
    setup.remove();
    return {};
  }
  if (auto renewed = setup.renew(); !renewed) return renewed;
  spdlog::info("suarad: nobody may log in yet; open /setup with the token in {}", setup.file().string());
  return {};
}

int serve(const Config& config) {
  const sigset_t signals = block_signals();
  start_logging(config.log_level);
  if (auto folder = ledger::make_private_folder(config.keys); !folder) return complain(folder.error());
  auto sealer = ledger::read_sealer(config.key_passphrase_file, config.key_seal);
  if (!sealer) return complain(sealer.error());
  const auto key_files = std::make_shared<ledger::KeyFiles>(config.keys, std::move(*sealer));
  if (auto opens = key_files->check(); !opens) return complain(opens.error());
  auto nonces = Nonces::from_keys(*key_files);
  if (!nonces) return complain(nonces.error());

  const auto database = database_of(config.database, mariadb::service_user);
  mariadb::MariaStore store(database);
  mariadb::MariaPeople people(database);
  mariadb::MariaRoll voters(database);
  mariadb::MariaPhotos photos(database);
  mariadb::MariaStaff staff(database);
  mariadb::MariaDevices devices(database);
  mariadb::Pool reads(database, 6);
  ledger::KeyStore keys(key_files);
  Gate gate;
  // Declared before the parts that answer its requests: their last answers still need its executor.
  std::unique_ptr<Server> server;

  ledger::CommandHandler commands(store, keys, system_time);
  ledger::Publisher publisher(store, keys, {.log_dir = config.data_dir / "log"});
  ledger::WitnessFeed witnesses({.witnesses = config.witnesses,
                                 .client =
                                     [](const ledger::Witness& witness) {
                                       return make_witness_post(parse_witness_url(witness.url).value());
                                     },
                                 .log = [&publisher](const ElectionUuid& uuid) { return publisher.folder(uuid); }});
  ledger::Exporter exporter(commands, {.dir = config.data_dir / "exports",
                                       .log = [&publisher](const ElectionUuid& uuid) { return publisher.folder(uuid); }});
  ledger::Teller teller(commands, store, keys, system_time);
  ledger::ScheduleKeeper schedule(commands, store, system_time);
  ledger::RollKeeper roll(commands, store, voters, system_time);
  projections::Runner projections(store, reads);
  projections::add_all(projections);
  Ledgers ledgers(store);
  Rejections rejections;
  LiveHub live(live_snapshot(commands, publisher, witnesses, projections, reads, ledgers, rejections, system_time),
               config.max_streams);

  commands.add_listener([&](const ledger::LedgerInfo& ledger, std::uint64_t size) {
    gate.pass([&] {
      publisher.notify(ledger, size);
      projections.notify(ledger, size);
      teller.notify(ledger, size);
      schedule.notify(ledger, size);
      live.changed(ledger.uuid);
    });
  });
  projections.on_advanced(
      [&](const ElectionUuid& uuid, std::string_view, std::uint64_t) { gate.pass([&] { live.changed(uuid); }); });
  projections.on_rebuilding([](const projections::RebuildProgress& progress) {
    spdlog::info("projection {} of {}: {} of {} entries", progress.projection, progress.uuid.value, progress.done,
                 progress.total);
  });
  publisher.add_listener([&](const ElectionUuid& uuid, const log::Checkpoint& checkpoint) {
    gate.pass([&] {
      witnesses.notify(uuid, checkpoint);
      exporter.notify(uuid);
      live.changed(uuid);
    });
  });
  witnesses.add_listener([&](const ElectionUuid& uuid, bool witnessed) {
    gate.pass([&] {
      if (witnessed) exporter.notify(uuid);
      live.changed(uuid);
    });
  });

  // A database that is away or a ledger that is not whole does not keep readers from what is published.
  if (const auto started = commands.start(); !started) spdlog::error("ledgers: {}", started.error().detail);
  witnesses.start();
  publisher.start();
  exporter.start();
  projections.start();
  teller.start();
  schedule.start();

  SetupToken setup(config.keys / "setup.token");
  if (auto ready = prepare_setup(staff, setup); !ready) spdlog::error("setup: {}", ready.error().detail);

  Pools pools(std::max(1u, std::thread::hardware_concurrency()));
  LoginGuard logins;
  LoginGuard claims;
  StaticFiles pages(config.web);
  Metrics metrics;
  const Dependencies dependencies{.commands = commands,
                                  .store = store,
                                  .people = people,
                                  .roll = roll,
                                  .photos = photos,
                                  .staff = staff,
                                  .devices = devices,
                                  .publisher = publisher,
                                  .witnesses = witnesses,
                                  .exporter = exporter,
                                  .teller = teller,
                                  .projections = projections,
                                  .reads = reads,
                                  .ledgers = ledgers,
                                  .live = live,
                                  .logins = logins,
                                  .claims = claims,
                                  .rejections = rejections,
                                  .setup = setup,
                                  .nonces = *nonces,
                                  .pages = pages,
                                  .pools = pools,
                                  .metrics = metrics,
                                  .clock = system_time,
                                  .origin_prefix = config.origin_prefix,
                                  .tls = config.server.tls.has_value()};
  const Router router(route_table(), dependencies);
  const Access access(staff, &devices, &ledgers,
                      [&commands](const ElectionUuid& uuid) { return find_election(commands, uuid); });
  const Site site{router, pools, access, metrics, system_time};
  auto opened = Server::open(site, config.server);
  if (!opened) {
    gate.close();
    return complain(opened.error());
  }
  server = std::move(*opened);
  server->start();
  spdlog::info("suarad: listening on {}", url_of(config.server, server->port()));

  wait_for_signal(signals);
  live.stop();
  server->stop();
  pools.stop();
  gate.close();
  spdlog::info("suarad: stopped");
  return 0;
}

int migrate(const Config& config) {
  mariadb::MigrateOptions options;
  options.admin = database_of(config.database, "root");
  options.sql_dir = config.sql;
  options.service_password_file = config.service_password_file;
  const auto applied = mariadb::migrate(options);
  if (!applied) return complain(applied.error());
  for (const auto& name : *applied) std::cout << "applied " << name << "\n";
  std::cout << "the database " << config.database.name << " is up to date\n";
  return 0;
}

int create_admin(const Config& config) {
  if (auto good = check_login(config.admin_login); !good) return complain(good.error());
  std::string password;
  std::getline(std::cin, password);
  if (password.ends_with('\r')) password.pop_back();
  if (auto good = check_new_password(password); !good) return complain(good.error());
  mariadb::MariaStaff staff(database_of(config.database, mariadb::service_user), 1);
  const auto any = staff.any_staff();
  if (!any) return complain(any.error());
  if (*any) {
    return complain({ErrorCode::conflict, "There is staff already; an administrator adds more with `suara user add`."});
  }
  const auto added =
      staff.add_staff({config.admin_login, election::Role::administrator, crypto::hash_password(password)});
  if (!added) return complain(added.error());
  std::cout << "added the administrator " << config.admin_login << "\n";
  return 0;
}

int run(int argc, const char* const* argv) {
  const Parsed parsed = parse_command_line(argc, argv);
  if (!parsed.config) return parsed.exit_status;
  switch (parsed.config->action) {
    case Config::Action::serve:
      return serve(*parsed.config);
    case Config::Action::migrate:
      return migrate(*parsed.config);
    case Config::Action::create_admin:
      return create_admin(*parsed.config);
  }
  return 2;
}

}  // namespace
}  // namespace suara::http

int main(int argc, char** argv) {
  try {
    return suara::http::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "suarad: " << error.what() << "\n";
    return 1;
  }
}
