#include "ledger/mariadb/maria_staff.hpp"

#include <catch2/catch.hpp>

#include "core/crypto/hash.hpp"
#include "ledger/mariadb/maria_devices.hpp"
#include "ledger/mariadb/maria_store.hpp"
#include "tests/support/mariadb_server.hpp"
#include "tests/support/store_contract.hpp"

using namespace suara;
using namespace suara::ledger;
using namespace suara::ledger::mariadb;

TEST_CASE("staff in MariaDB keep to what every staff store promises") {
  test::shared_mariadb().empty_tables();
  MariaStaff staff(test::shared_mariadb().service());
  test::check_staff_store(staff);
}

// What logging in costs cannot depend on a roll that it cannot read.
TEST_CASE("accounts and sessions work for an account of the database that sees no other table") {
  test::shared_mariadb().empty_tables();
  auto root = Connection::open(test::shared_mariadb().root());
  REQUIRE(root);
  REQUIRE(
      (*root)->execute_script("CREATE OR REPLACE USER 'log_in_only'@'localhost';"
                              "GRANT SELECT, INSERT, UPDATE, DELETE ON suara.staff TO 'log_in_only'@'localhost';"
                              "GRANT SELECT, INSERT, UPDATE, DELETE ON suara.staff_sessions TO "
                              "'log_in_only'@'localhost';"));
  auto config = test::shared_mariadb().service();
  config.user = "log_in_only";
  config.password_file.clear();
  MariaStaff staff(config);
  test::check_staff_store(staff);
  CHECK(Connection::open(config).value()->query("SELECT 1 FROM voters LIMIT 1").error().code ==
        ErrorCode::not_permitted);
}

TEST_CASE("a device's code is good once and for a while, and its token until it is replaced or removed") {
  test::shared_mariadb().empty_tables();
  MariaStore store(test::shared_mariadb().service());
  const LedgerId ledger = store.create_ledger(ElectionUuid{"AAAAAAAAAAAAAA"}, Origin{"suara.test/A"})->id;
  MariaDevices devices(test::shared_mariadb().service());
  const Hash code = crypto::sha256("code"), token = crypto::sha256("token");
  const Timestamp now{1000}, later{100'000};
  REQUIRE(devices.set_code(ledger, "abcdefgh", code, {2000}));
  CHECK(devices.set_code(ledger, "hgfedcba", code, {2000}).error().code == ErrorCode::conflict);
  CHECK_FALSE(devices.claim(crypto::sha256("other"), token, now, later)->has_value());
  CHECK_FALSE(devices.claim(code, token, {2000}, later)->has_value());
  const auto claimed = devices.claim(code, token, now, later);
  REQUIRE(claimed->has_value());
  CHECK((*claimed)->ledger == ledger);
  CHECK((*claimed)->device == "abcdefgh");
  CHECK_FALSE(devices.claim(code, crypto::sha256("thief"), now, later)->has_value());
  CHECK((*devices.device(token, now))->device == "abcdefgh");
  CHECK_FALSE(devices.device(token, later)->has_value());
  CHECK_FALSE(devices.device(crypto::sha256("thief"), now)->has_value());
  CHECK(*devices.claimed(ledger, now) == std::set<std::string>{"abcdefgh"});

  const Hash next = crypto::sha256("next"), moved = crypto::sha256("moved");
  REQUIRE(devices.set_code(ledger, "abcdefgh", next, {2000}));
  REQUIRE(devices.claim(next, moved, now, later)->has_value());
  CHECK_FALSE(devices.device(token, now)->has_value());
  CHECK(devices.device(moved, now)->has_value());
  REQUIRE(devices.release(moved));
  CHECK_FALSE(devices.device(moved, now)->has_value());
  CHECK(devices.claimed(ledger, now)->empty());
  REQUIRE(devices.set_code(ledger, "abcdefgh", code, {2000}));
  REQUIRE(devices.remove(ledger, "abcdefgh"));
  CHECK_FALSE(devices.claim(code, token, now, later)->has_value());
}
