#include "ledger/mariadb/maria_store.hpp"

#include <catch2/catch.hpp>

#include "ledger/mariadb/maria_devices.hpp"
#include "ledger/mariadb/maria_shares.hpp"
#include "ledger/mariadb/maria_roll.hpp"
#include "ledger/mariadb/maria_staff.hpp"
#include "tests/support/mariadb_server.hpp"
#include "tests/support/store_contract.hpp"

using namespace suara;
using namespace suara::ledger;
using namespace suara::ledger::mariadb;

TEST_CASE("the MariaDB store keeps to what every event store promises") {
  test::shared_mariadb().empty_tables();
  MariaStore store(test::shared_mariadb().service());
  test::check_event_store(store);
}

TEST_CASE("shares in MariaDB keep to what every store of shares promises") {
  test::shared_mariadb().empty_tables();
  MariaStore store(test::shared_mariadb().service());
  const auto ledger = store.create_ledger(ElectionUuid{"AAAAAAAAAAAAAA"}, Origin{"suara.test/A"});
  MariaShares shares(test::shared_mariadb().service());
  test::check_share_store(shares, ledger->id);
}

TEST_CASE("the roll in MariaDB keeps to what every roll promises") {
  test::shared_mariadb().empty_tables();
  MariaStore store(test::shared_mariadb().service());
  const auto ledger = store.create_ledger(ElectionUuid{"AAAAAAAAAAAAAA"}, Origin{"suara.test/A"});
  MariaRoll roll(test::shared_mariadb().service());
  test::check_roll_store(roll, ledger->id);
}

TEST_CASE("every call of a store whose database is away says so") {
  auto config = test::shared_mariadb().service();
  config.socket = "/nonexistent/socket";
  MariaStore store(config);
  MariaShares shares(config);
  MariaStaff staff(config);
  MariaDevices devices(config);
  MariaRoll roll(config);
  CHECK(roll.page(LedgerId{1}, {}).error().code == ErrorCode::unavailable);
  CHECK(roll.note_change(LedgerId{1}, {}).error().code == ErrorCode::unavailable);
  CHECK(store.ledgers().error().code == ErrorCode::unavailable);
  CHECK(store.head(LedgerId{1}).error().code == ErrorCode::unavailable);
  CHECK(store.begin_append(LedgerId{1}).error().code == ErrorCode::unavailable);
  CHECK(store.create_ledger(ElectionUuid{"A"}, Origin{"a"}).error().code == ErrorCode::unavailable);
  CHECK(shares.shares_for(LedgerId{1}, 1).error().code == ErrorCode::unavailable);
  CHECK(staff.any_staff().error().code == ErrorCode::unavailable);
  CHECK(staff.reset("ani", "x").error().code == ErrorCode::unavailable);
  CHECK(devices.device(Hash{}, Timestamp{0}).error().code == ErrorCode::unavailable);
}

TEST_CASE("what other hands did to the tables is found when it is read") {
  test::shared_mariadb().empty_tables();
  MariaStore store(test::shared_mariadb().service());
  const auto ledger = store.create_ledger(ElectionUuid{"AAAAAAAAAAAAAA"}, Origin{"suara.test/A"});
  {
    auto transaction = store.begin_append(ledger->id);
    const auto rows = test::rows_after((*transaction)->head(), 3);
    REQUIRE((*transaction)->append(rows, test::head_after((*transaction)->head(), rows)));
    REQUIRE((*transaction)->commit());
  }
  auto root = Connection::open(test::shared_mariadb().root());
  SECTION("a row beyond the head") {
    REQUIRE((*root)->run("INSERT INTO entries VALUES (?, 3, 'x', ?, 'X', 0)", {ledger->id, Hash{}}));
    auto transaction = store.begin_append(ledger->id);
    const auto rows = test::rows_after((*transaction)->head(), 1);
    CHECK((*transaction)->append(rows, test::head_after((*transaction)->head(), rows)).error().code ==
          ErrorCode::integrity);
  }
  SECTION("a head that is gone") {
    REQUIRE((*root)->run("DELETE FROM heads WHERE ledger_id = ?", {ledger->id}));
    CHECK(store.head(ledger->id).error().code == ErrorCode::integrity);
  }
  SECTION("an edge that is cut short") {
    REQUIRE((*root)->run("UPDATE heads SET edge = 'abc' WHERE ledger_id = ?", {ledger->id}));
    CHECK(store.head(ledger->id).error().code == ErrorCode::integrity);
  }
}
