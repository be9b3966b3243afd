#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "ledger/mariadb/connection.hpp"

namespace suara::ledger::mariadb {

// The one account of the service; schema/sql grants to it by this name.
constexpr std::string_view service_user = "suara_service";

struct MigrateOptions {
  Config admin;                   // an account that may create databases and users; `database` is the one to make
  std::filesystem::path sql_dir;  // schema/sql: *.sql in the order of their names
  std::filesystem::path service_password_file;  // made (mode 0600, random) where it is missing
};

// Makes the database and the service's account, and applies the files that were not applied yet, each recorded in
// schema_migrations. Safe to run again and by several at once. Gives the names of the files applied now.
// Errors: unavailable; malformed (database name, a file's name); not_found (no such folder, or no files);
// conflict (a file changed after it was applied); internal (a statement fails; the file is named).
Result<std::vector<std::string>> migrate(const MigrateOptions& options);

}  // namespace suara::ledger::mariadb
