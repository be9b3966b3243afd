#include "ledger/mariadb/migrate.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/mariadb_server.hpp"

using namespace suara;
using namespace suara::ledger::mariadb;
namespace fs = std::filesystem;

namespace {

// A database, a folder of SQL and a password file of its own.
struct Scratch {
  Scratch() {
    auto& server = test::shared_mariadb();
    options.admin = server.root();
    options.admin.database = "scratch_db";
    options.sql_dir = server.dir() / "sql";
    options.service_password_file = server.dir() / "service.password";
    fs::remove_all(options.sql_dir);
    fs::create_directory(options.sql_dir);
    write("000_first.sql",
          "CREATE TABLE IF NOT EXISTS schema_migrations (name VARCHAR(100) PRIMARY KEY, sha256 BINARY(32))");
  }
  ~Scratch() {
    auto root = Connection::open(test::shared_mariadb().root());
    (void)(*root)->execute("DROP DATABASE IF EXISTS scratch_db");
  }
  void write(const std::string& name, const std::string& sql) { std::ofstream(options.sql_dir / name) << sql; }
  MigrateOptions options;
};

}  // namespace

TEST_CASE("migrations are applied in order, once") {
  Scratch scratch;
  scratch.write("010_b.sql", "INSERT INTO a VALUES (1); INSERT INTO a VALUES (2);");
  scratch.write("001_a.sql", "-- a comment\nCREATE TABLE a (id INT PRIMARY KEY);\n");
  const auto first = migrate(scratch.options);
  REQUIRE(first);
  CHECK(*first == std::vector<std::string>{"000_first.sql", "001_a.sql", "010_b.sql"});
  scratch.write("020_c.sql", "DELETE FROM a WHERE id = 1");
  CHECK(*migrate(scratch.options) == std::vector<std::string>{"020_c.sql"});
  CHECK(migrate(scratch.options)->empty());
}

TEST_CASE("a migration that changed after it was applied, or fails, is named") {
  Scratch scratch;
  scratch.write("001_a.sql", "CREATE TABLE a (id INT)");
  REQUIRE(migrate(scratch.options));
  scratch.write("001_a.sql", "CREATE TABLE a (id BIGINT)");
  const auto changed = migrate(scratch.options);
  CHECK(changed.error().code == ErrorCode::conflict);
  CHECK(changed.error().detail.find("001_a.sql") != std::string::npos);
  scratch.write("001_a.sql", "CREATE TABLE a (id INT)");
  scratch.write("002_b.sql", "CREATE TABLE b (id INT);\nCREATE TABEL c (id INT);");
  const auto failed = migrate(scratch.options);
  CHECK(failed.error().code == ErrorCode::internal);
  CHECK(failed.error().detail.find("002_b.sql") != std::string::npos);
}

TEST_CASE("what cannot be migrated is refused with its reason") {
  Scratch scratch;
  auto options = scratch.options;
  options.admin.database = "a`; DROP DATABASE suara; --";
  CHECK(migrate(options).error().code == ErrorCode::malformed);
  options = scratch.options;
  options.sql_dir = "/nonexistent";
  CHECK(migrate(options).error().code == ErrorCode::not_found);
}

TEST_CASE("a renewed password file takes effect with the next migration") {
  Scratch scratch;
  REQUIRE(migrate(scratch.options));
  const auto service = test::shared_mariadb().service();
  const auto kept = read_password_file(service.password_file);
  fs::remove(service.password_file);
  REQUIRE(migrate(scratch.options));
  CHECK(*read_password_file(service.password_file) != *kept);
  CHECK((fs::status(service.password_file).permissions() & fs::perms::mask) ==
        (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(Connection::open(service));
}
