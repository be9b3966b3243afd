#include "http/config.hpp"

#include <CLI/CLI.hpp>
#include <charconv>

#include "http/witness_list.hpp"

namespace suara::http {
namespace {

void add_database_options(CLI::App& app, DatabaseOptions& database) {
  app.add_option("--db-socket", database.socket, "MariaDB's unix socket")->capture_default_str();
  app.add_option("--db-name", database.name, "database")->capture_default_str();
  app.add_option("--db-user", database.user, "account (default: suara_service; for migrate: root)");
  app.add_option("--db-password-file", database.password_file, "file with the account's password (mode 0600)");
}

}  // namespace

Result<void> read_listen(const std::string& text, ServerOptions& options) {
  const std::size_t colon = text.rfind(':');
  const tl::unexpected<Error> wrong =
      fail(ErrorCode::malformed, "--listen takes HOST:PORT, for example 127.0.0.1:8080 or [::1]:8080.");
  if (colon == std::string::npos || colon == 0) return wrong;
  std::string host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']'))
    host = host.substr(1, host.size() - 2);
  else if (host.find(':') != std::string::npos)
    return wrong;
  const std::string_view digits = std::string_view(text).substr(colon + 1);
  const auto [stop, code] = std::from_chars(digits.data(), digits.data() + digits.size(), options.port);
  if (code != std::errc{} || stop != digits.data() + digits.size()) return wrong;
  options.address = host == "localhost" ? "127.0.0.1" : host;
  return {};
}

Parsed parse_command_line(int argc, const char* const* argv) {
  Config config;
  std::string listen = "127.0.0.1:8080";
  std::string certificate, key;
  CLI::App app{"suarad: the Suara voting service"};
  app.require_subcommand(0, 1);
  app.fallthrough();
  app.footer(
      "Examples:\n  suarad --data-dir /var/lib/suara --web /usr/share/suara/web\n"
      "  suarad migrate --sql schema/sql --service-password-file /etc/suara/db.password\n"
      "  suarad create-admin ani < password.txt");
  app.add_option("--listen", listen, "HOST:PORT; port 0 takes any free one")->capture_default_str();
  app.add_option("--data-dir", config.data_dir,
                 "folder of public log and downloads, and of keys where --keys does not say")
      ->capture_default_str();
  app.add_option("--keys", config.keys,
                 "folder of secret keys, shared by all nodes (default: keys in the data folder)");
  auto* passphrase = app.add_option("--key-passphrase-file", config.key_passphrase_file,
                                    "file (mode 0600) with the passphrase that seals the key files");
  app.add_option("--key-seal", config.key_seal, "sealing key that seals the key files (made by: suara key new)")
      ->excludes(passphrase);
  app.add_option("--web", config.web, "folder of the pages")->capture_default_str();
  auto* cert_option = app.add_option("--tls-cert", certificate, "certificate chain, PEM");
  auto* key_option = app.add_option("--tls-key", key, "its private key, PEM");
  cert_option->needs(key_option);
  key_option->needs(cert_option);
  app.add_option("--origin-prefix", config.origin_prefix, "begins the name of new ledgers (default: suara.local/YEAR)");
  app.add_option("--threads", config.server.threads, "threads that serve sockets")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  app.add_option("--max-connections", config.server.max_connections, "open at the same time")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_option("--max-streams", config.max_streams, "live streams open at the same time")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  app.add_option("--proxy", config.proxies,
                 "address of a reverse proxy (may be repeated): log-ins from there are limited by login alone")
      ->allow_extra_args(false);
  std::filesystem::path witnesses;
  app.add_option("--witnesses", witnesses,
                 "file with a line 'witness NAME KEY ADDRESS' for each witness to be told of checkpoints");
  unsigned idle = 60, read = 15;
  app.add_option("--idle-timeout", idle, "seconds between two requests of a connection")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  app.add_option("--read-timeout", read, "seconds for a request to arrive")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  app.add_option("--log-level", config.log_level, "how much is logged to standard error")
      ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}))
      ->capture_default_str();
  add_database_options(app, config.database);

  app.add_subcommand("serve", "answer requests (what it does without a command)");
  auto* migrate = app.add_subcommand("migrate", "create the database, the service's account and the tables");
  migrate->add_option("--sql", config.sql, "folder of the SQL files")->required();
  migrate
      ->add_option("--service-password-file", config.service_password_file,
                   "the service account's password; made where missing")
      ->required();
  auto* admin =
      app.add_subcommand("create-admin", "add the first administrator; the password comes from standard input");
  admin->add_option("LOGIN", config.admin_login, "a-z, 0-9, dot, underscore, dash")->required();

  try {
    app.parse(argc, argv);
    if (auto good = read_listen(listen, config.server); !good)
      throw CLI::ValidationError("--listen", good.error().detail);
    if (!witnesses.empty()) {
      auto list = read_witness_list(witnesses);
      if (!list) throw CLI::ValidationError("--witnesses", list.error().detail);
      config.witnesses = std::move(*list);
    }
  } catch (const CLI::ParseError& error) {
    return {std::nullopt, app.exit(error) == 0 ? 0 : 2};
  }
  if (config.keys.empty()) config.keys = config.data_dir / "keys";
  if (!certificate.empty()) config.server.tls = TlsFiles{certificate, key};
  config.server.idle = std::chrono::seconds(idle);
  config.server.read = std::chrono::seconds(read);
  if (migrate->parsed()) config.action = Config::Action::migrate;
  if (admin->parsed()) config.action = Config::Action::create_admin;
  return {std::move(config), 0};
}

}  // namespace suara::http
