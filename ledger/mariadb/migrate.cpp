#include "ledger/mariadb/migrate.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/crypto/secret.hpp"
#include "ledger/private_file.hpp"

namespace suara::ledger::mariadb {
namespace {

struct SqlFile {
  std::string name;
  std::string text;
  Hash sha256;
};

bool only(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

Result<std::vector<SqlFile>> read_files(const std::filesystem::path& dir) {
  std::error_code error;
  std::vector<SqlFile> files;
  for (const auto& item : std::filesystem::directory_iterator(dir, error)) {
    if (item.path().extension() != ".sql") continue;
    std::ifstream in(item.path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) return fail(ErrorCode::not_found, "The file " + item.path().string() + " cannot be read.");
    SqlFile file{item.path().filename().string(), text.str(), {}};
    if (file.name.size() > 100) return fail(ErrorCode::malformed, "The file name " + file.name + " is too long.");
    file.sha256 = crypto::sha256(file.text);
    files.push_back(std::move(file));
  }
  if (error || files.empty()) return fail(ErrorCode::not_found, "There are no SQL files in " + dir.string() + ".");
  std::sort(files.begin(), files.end(), [](const SqlFile& a, const SqlFile& b) { return a.name < b.name; });
  return files;
}

Result<void> make_database(const Config& admin) {
  // The name goes into a statement as it is.
  if (admin.database.empty() || admin.database.size() > 64 ||
      !only(admin.database, "abcdefghijklmnopqrstuvwxyz0123456789_"))
    return fail(ErrorCode::malformed, "A database name may hold a-z, 0-9 and _, at most 64 of them.");
  Config without = admin;
  without.database.clear();
  auto connection = Connection::open(without);
  if (!connection) return fail(std::move(connection).error());
  return (*connection)
      ->execute("CREATE DATABASE IF NOT EXISTS " + admin.database + " CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin");
}

// The account's password is what its file says: a lost or renewed file is made good by migrating again.
Result<void> make_service_account(Connection& connection, const std::filesystem::path& password_file) {
  if (!std::filesystem::exists(password_file)) {
    Bytes random(24);
    crypto::random_fill(random);
    const std::string line = crypto::to_hex(random) + "\n";
    if (auto made = create_private_file(password_file, as_bytes(line));
        !made && made.error().code != ErrorCode::conflict)
      return made;
  }
  const auto password = read_password_file(password_file);
  if (!password) return fail(password.error());
  if (password->size() < 16 || !only(*password, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"))
    return fail(ErrorCode::malformed,
                "The password in " + password_file.string() + " must be at least 16 letters and digits.");
  std::string account(service_user);
  account.append("@localhost IDENTIFIED BY '").append(*password).append("'");
  if (auto made = connection.execute("CREATE USER IF NOT EXISTS " + account); !made) return made;
  return connection.execute("ALTER USER " + account);
}

Result<std::map<std::string, Hash>> applied_files(Connection& connection) {
  auto rows = connection.query("SELECT name, sha256 FROM schema_migrations");
  if (!rows) return fail(std::move(rows).error());
  std::map<std::string, Hash> applied;
  for (const Row row : *rows) {
    auto hash = row.hash(1);
    if (!hash) return fail(std::move(hash).error());
    applied.emplace(row.text(0), *hash);
  }
  return applied;
}

Result<std::vector<std::string>> apply_files(Connection& connection, const std::vector<SqlFile>& files) {
  std::vector<std::string> names;
  // The first file makes the table that the others are recorded in, and may run again.
  if (auto first = connection.execute_script(files.front().text); !first) return fail(std::move(first).error());
  const auto applied = applied_files(connection);
  if (!applied) return fail(applied.error());
  for (const SqlFile& file : files) {
    if (const auto before = applied->find(file.name); before != applied->end()) {
      if (before->second == file.sha256) continue;
      return fail(ErrorCode::conflict, "The file " + file.name +
                                           " was changed after it was applied to this database. "
                                           "Put it back as it was and add a new file instead.");
    }
    if (auto done = connection.execute_script(file.text); !done) {
      Error error = std::move(done).error();
      error.detail.insert(0, file.name + ": ");
      return fail(std::move(error));
    }
    if (auto noted =
            connection.run("INSERT INTO schema_migrations (name, sha256) VALUES (?, ?)", {file.name, file.sha256});
        !noted)
      return fail(std::move(noted).error());
    names.push_back(file.name);
  }
  return names;
}

}  // namespace

Result<std::vector<std::string>> migrate(const MigrateOptions& options) {
  auto files = read_files(options.sql_dir);
  if (!files) return fail(std::move(files).error());
  if (auto made = make_database(options.admin); !made) return fail(std::move(made).error());
  auto connection = Connection::open(options.admin);
  if (!connection) return fail(std::move(connection).error());
  const auto locked = (*connection)->query("SELECT COALESCE(GET_LOCK('suara.migrate', 8), 0)");
  if (!locked) return fail(locked.error());
  if ((*locked)[0].i64(0) != 1)
    return fail(ErrorCode::unavailable, "Another migration of this database is running; wait for it and try again.");
  if (auto account = make_service_account(**connection, options.service_password_file); !account)
    return fail(std::move(account).error());
  return apply_files(**connection, *files);
}

}  // namespace suara::ledger::mariadb
