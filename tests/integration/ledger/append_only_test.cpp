#include <catch2/catch.hpp>

#include "ledger/mariadb/maria_store.hpp"
#include "tests/support/mariadb_server.hpp"
#include "tests/support/store_contract.hpp"

using namespace suara;
using namespace suara::ledger;
using namespace suara::ledger::mariadb;

namespace {

// Three entries and a checkpoint; what a database says of them, to be compared.
struct Recorded {
  Recorded() : store(test::shared_mariadb().service()) {
    test::shared_mariadb().empty_tables();
    ledger = store.create_ledger(ElectionUuid{"AAAAAAAAAAAAAA"}, Origin{"suara.test/A"})->id;
    auto transaction = store.begin_append(ledger);
    const auto rows = test::rows_after((*transaction)->head(), 3);
    REQUIRE((*transaction)->append(rows, test::head_after((*transaction)->head(), rows)));
    REQUIRE((*transaction)->commit());
    REQUIRE(store.save_checkpoint(ledger, 3, "note"));
  }
  std::string everything() {
    auto root = Connection::open(test::shared_mariadb().root());
    const auto rows = (*root)->query(
        "SELECT GROUP_CONCAT(HEX(entry), HEX(leaf_hash), type, time, seq ORDER BY seq) FROM entries "
        "UNION ALL SELECT GROUP_CONCAT(size, note) FROM checkpoints UNION ALL "
        "SELECT GROUP_CONCAT(table_name, ':', engine ORDER BY table_name) FROM information_schema.tables "
        "WHERE table_schema = 'suara' UNION ALL SELECT GROUP_CONCAT(trigger_name ORDER BY trigger_name) "
        "FROM information_schema.triggers WHERE trigger_schema = 'suara'");
    std::string all;
    for (const Row row : *rows) all += std::string(row.text(0)) + "\n";
    return all;
  }
  MariaStore store;
  LedgerId ledger;
};

}  // namespace

TEST_CASE("the service's account can neither change nor remove what is recorded") {
  Recorded recorded;
  const std::string before = recorded.everything();
  REQUIRE(before.find("VoterVerified") != std::string::npos);
  const std::string statement = GENERATE(
      "UPDATE entries SET entry = 'x'", "UPDATE entries SET type = 'X' WHERE seq = 1", "DELETE FROM entries",
      "DELETE FROM entries WHERE seq = 2",
      "REPLACE INTO entries SELECT ledger_id, seq, 'x', leaf_hash, type, time FROM entries",
      "INSERT INTO entries SELECT * FROM entries ON DUPLICATE KEY UPDATE entry = 'x'", "TRUNCATE TABLE entries",
      "DROP TABLE entries", "ALTER TABLE entries DROP COLUMN entry", "ALTER TABLE entries ENGINE=MEMORY",
      "RENAME TABLE entries TO other", "CREATE OR REPLACE TABLE entries (id INT)", "DROP TRIGGER entries_refuse_update",
      "CREATE TRIGGER t BEFORE INSERT ON entries FOR EACH ROW SET NEW.entry = 'x'", "CREATE TABLE other (id INT)",
      "CREATE INDEX i ON entries (time)", "DROP DATABASE suara", "UPDATE checkpoints SET note = 'x'",
      "DELETE FROM checkpoints", "REPLACE INTO checkpoints SELECT ledger_id, size, 'x' FROM checkpoints",
      "TRUNCATE TABLE checkpoints", "UPDATE ledgers SET origin = 'x'", "DELETE FROM heads", "DELETE FROM ledgers",
      "UPDATE sealed_shares SET sealed = 'x'", "GRANT ALL ON suara.* TO suara_service@localhost",
      "SET GLOBAL read_only = 1", "LOAD DATA INFILE '/etc/passwd' REPLACE INTO TABLE entries");
  INFO(statement);
  auto service = Connection::open(test::shared_mariadb().service());
  REQUIRE(service);
  const auto refused = (*service)->execute(statement);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code != ErrorCode::internal);  // which a mistake in the statement would be
  CHECK(recorded.everything() == before);
}

TEST_CASE("not even root changes an entry while the triggers stand") {
  Recorded recorded;
  const std::string before = recorded.everything();
  const std::string statement =
      GENERATE("UPDATE entries SET entry = 'x' WHERE seq = 1", "DELETE FROM entries WHERE seq = 1",
               "REPLACE INTO entries SELECT ledger_id, seq, 'x', leaf_hash, type, time FROM entries WHERE seq = 1",
               "INSERT INTO entries SELECT * FROM entries WHERE seq = 1 ON DUPLICATE KEY UPDATE entry = 'x'",
               "UPDATE checkpoints SET note = 'x'", "DELETE FROM checkpoints");
  INFO(statement);
  auto root = Connection::open(test::shared_mariadb().root());
  const auto refused = (*root)->execute(statement);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::not_permitted);
  CHECK(recorded.everything() == before);
}

TEST_CASE("the service's account may do what the service does") {
  Recorded recorded;
  auto service = Connection::open(test::shared_mariadb().service());
  CHECK((*service)->query("SELECT name FROM schema_migrations"));
  CHECK((*service)->execute("UPDATE heads SET size = size"));
  for (const char* table : {"staff", "staff_sessions", "voters", "sealed_shares", "projection_positions"})
    CHECK((*service)->execute("DELETE FROM " + std::string(table)));
}
