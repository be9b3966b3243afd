#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string>

#include "ledger/mariadb/connection.hpp"

namespace suara::test {

// A private mariadbd in a folder of its own under the system's temporary folder: unix socket, no TCP, works as root
// or not, with schema/sql applied. It dies with the test program, also when that is killed. As durable as in
// service (innodb_flush_log_at_trx_commit=1). Start it on the main thread: the kernel ties its life to that thread.
// Throws std::runtime_error, with the server's log, where it does not come up.
class MariadbServer {
 public:
  MariadbServer();
  ~MariadbServer();
  MariadbServer(const MariadbServer&) = delete;
  MariadbServer& operator=(const MariadbServer&) = delete;

  void kill9();    // and waits until it is gone
  void launch();   // after kill9(): starts it, without waiting
  void restart();  // launch() and waits until it answers
  void wait_ready() const;

  ledger::mariadb::Config root() const;     // with the database
  ledger::mariadb::Config service() const;  // what the service uses
  // Throws away all rows of all ledgers and people, so that a test starts with an empty database.
  void empty_tables() const;

  const std::filesystem::path& dir() const { return dir_; }

 private:
  std::filesystem::path dir_;
  pid_t pid_ = -1;
};

// One server for a whole test program, started when first asked for.
MariadbServer& shared_mariadb();

}  // namespace suara::test
