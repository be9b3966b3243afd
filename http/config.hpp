#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "http/server.hpp"
#include "ledger/witness_turn.hpp"

namespace suara::http {

struct DatabaseOptions {
  std::filesystem::path socket = "/run/mysqld/mysqld.sock";
  std::string name = "suara";
  std::string user;  // empty: the service's account, or root for `migrate`
  std::filesystem::path password_file;
};

// What the command line says.
struct Config {
  enum class Action { serve, migrate, create_admin };
  Action action = Action::serve;

  ServerOptions server;
  std::filesystem::path data_dir = "var/suara";  // keys in keys/, the public log in log/
  std::filesystem::path keys;                    // <data_dir>/keys where the option is left out
  std::filesystem::path key_passphrase_file;     // what the key files are sealed with: one of the two, or none
  std::filesystem::path key_seal;
  std::filesystem::path web = "web/dist";
  DatabaseOptions database;
  std::string origin_prefix;  // empty: suara.local/<year>
  std::string log_level = "info";
  std::size_t max_streams = 512;
  std::vector<ledger::Witness> witnesses;  // told of checkpoints

  std::filesystem::path sql;                    // migrate
  std::filesystem::path service_password_file;  // migrate
  std::string admin_login;                      // create-admin
};

// The configuration, or the status to exit with (after --help, or after a complaint on standard error).
struct Parsed {
  std::optional<Config> config;
  int exit_status = 0;
};
Parsed parse_command_line(int argc, const char* const* argv);

// "HOST:PORT", "[IPv6]:PORT"; localhost is 127.0.0.1. Error: malformed.
Result<void> read_listen(const std::string& text, ServerOptions& options);

}  // namespace suara::http
