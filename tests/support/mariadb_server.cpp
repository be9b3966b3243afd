#include "tests/support/mariadb_server.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include "ledger/mariadb/migrate.hpp"
#include "tests/support/child_process.hpp"
#include "tests/support/vectors.hpp"

namespace suara::test {
namespace fs = std::filesystem;
namespace {

// Runs a program with its output in `log`; does not wait. A Ctrl-C at the terminal is the test's to handle.
pid_t spawn(const std::vector<std::string>& command, const fs::path& log) {
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (out < 0) throw std::runtime_error("cannot write " + log.string());
  const pid_t pid = test::spawn(command, {-1, out, out}, Group::its_own);
  ::close(out);
  return pid;
}

void run(const std::vector<std::string>& command, const fs::path& log) {
  int status = 0;
  ::waitpid(spawn(command, log), &status, 0);
  if (status != 0) throw std::runtime_error(command.front() + " failed:\n" + (fs::exists(log) ? read_file(log) : ""));
}

std::string user_option() { return ::geteuid() == 0 ? "--user=root" : "--user=" + std::to_string(::geteuid()); }

constexpr auto redo_log = "--innodb-log-file-size=64M";

std::string program(const char* name) {
  for (const char* folder : {"/usr/sbin/", "/usr/bin/", "/usr/local/bin/"})
    if (fs::exists(std::string(folder) + name)) return std::string(folder) + name;
  throw std::runtime_error(std::string(name) + " is not installed (Debian: mariadb-server-core)");
}

// Making a data folder takes seconds: it is made once a user and copied from then on.
fs::path ready_data() {
  const fs::path base = fs::temp_directory_path() / ("suara-test-mariadb-" + std::to_string(::geteuid()));
  fs::create_directories(base);
  fs::permissions(base, fs::perms::owner_all);
  const int lock = ::open((base / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0 || ::flock(lock, LOCK_EX) != 0) throw std::runtime_error("cannot lock " + base.string());
  const fs::path data = base / "data-1";
  if (!fs::exists(data)) {
    const fs::path half = base / "data-half";
    fs::remove_all(half);
    fs::create_directories(base / "tmp");
    run({"env", "TMPDIR=" + (base / "tmp").string(), program("mariadb-install-db"), "--no-defaults",
         "--datadir=" + half.string(), user_option(), "--auth-root-authentication-method=normal", "--skip-test-db",
         redo_log},
        base / "install.log");
    fs::rename(half, data);
  }
  ::close(lock);
  return data;
}

}  // namespace

MariadbServer::MariadbServer() {
  std::string pattern = (fs::temp_directory_path() / "suara-db-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) throw std::runtime_error("cannot make a temporary folder");
  dir_ = pattern;
  run({"cp", "-a", "--sparse=always", "--reflink=auto", ready_data().string(), (dir_ / "data").string()},
      dir_ / "cp.log");
  restart();
  ledger::mariadb::MigrateOptions options;
  options.admin = root();
  options.sql_dir = fs::path(SUARA_SOURCE_DIR) / "schema" / "sql";
  options.service_password_file = dir_ / "service.password";
  if (auto done = ledger::mariadb::migrate(options); !done)
    throw std::runtime_error("migration failed: " + done.error().detail);
}

MariadbServer::~MariadbServer() {
  kill9();
  std::error_code ignored;
  fs::remove_all(dir_, ignored);
}

void MariadbServer::kill9() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

// A starting mariadbd removes the temporary tables that it finds: it may share their folder with no other.
void MariadbServer::launch() {
  const fs::path data = dir_ / "data";
  fs::create_directories(dir_ / "tmp");
  pid_ = spawn({program("mariadbd"), "--no-defaults", user_option(), "--datadir=" + data.string(),
                "--tmpdir=" + (dir_ / "tmp").string(), "--socket=" + (dir_ / "s").string(),
                "--pid-file=" + (dir_ / "pid").string(), "--skip-networking", "--innodb-flush-log-at-trx-commit=1",
                redo_log, "--innodb-buffer-pool-size=128M", "--max-allowed-packet=16M", "--performance-schema=OFF",
                "--skip-log-bin", "--max-connections=100"},
               dir_ / "mariadbd.log");
}

void MariadbServer::restart() {
  launch();
  wait_ready();
}

void MariadbServer::wait_ready() const {
  ledger::mariadb::Config config = root();
  config.database.clear();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  for (;;) {
    if (ledger::mariadb::Connection::open(config)) return;
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) != 0 || std::chrono::steady_clock::now() > deadline)
      throw std::runtime_error("mariadbd does not answer:\n" + read_file(dir_ / "mariadbd.log"));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

ledger::mariadb::Config MariadbServer::root() const {
  ledger::mariadb::Config config;
  config.socket = dir_ / "s";
  config.user = "root";
  config.database = "suara";
  return config;
}

ledger::mariadb::Config MariadbServer::service() const {
  ledger::mariadb::Config config = root();
  config.user = ledger::mariadb::service_user;
  config.password_file = dir_ / "service.password";
  return config;
}

void MariadbServer::empty_tables() const {
  auto connection = ledger::mariadb::Connection::open(root());
  if (!connection) throw std::runtime_error(connection.error().detail);
  auto tables = (*connection)
                    ->query(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = 'suara' AND table_type "
                        "= 'BASE TABLE' "
                        "AND table_name <> 'schema_migrations'");
  if (!tables) throw std::runtime_error(tables.error().detail);
  std::string script = "SET foreign_key_checks = 0;";
  for (const auto row : *tables) script += "TRUNCATE TABLE " + std::string(row.text(0)) + ";";
  if (auto done = (*connection)->execute_script(script); !done) throw std::runtime_error(done.error().detail);
}

MariadbServer& shared_mariadb() {
  static MariadbServer server;
  return server;
}

}  // namespace suara::test
