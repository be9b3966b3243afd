#include "ledger/mariadb/connection.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <thread>

#include "ledger/mariadb/pool.hpp"
#include "tests/support/mariadb_server.hpp"

using namespace suara;
using namespace suara::ledger::mariadb;

namespace {

std::unique_ptr<Connection> connect(const Config& config) {
  auto connection = Connection::open(config);
  if (!connection) FAIL(connection.error().detail);
  return std::move(*connection);
}

// A table of its own for one test.
struct Table {
  explicit Table(const std::string& columns) : root(connect(test::shared_mariadb().root())) {
    REQUIRE(root->execute("CREATE OR REPLACE TABLE scratch (" + columns + ") ENGINE=InnoDB"));
  }
  ~Table() { (void)root->execute("DROP TABLE scratch"); }
  std::unique_ptr<Connection> root;
};

}  // namespace

TEST_CASE("values of every kind come back as they were bound") {
  Table table(
      "id INT PRIMARY KEY, big BIGINT UNSIGNED, small BIGINT, name VARCHAR(20) COLLATE utf8mb4_nopad_bin, data BLOB");
  const Bytes data{0, 1, 0xff, '\'', 0};
  REQUIRE(table.root->run("INSERT INTO scratch VALUES (?, ?, ?, ?, ?)", {1, UINT64_MAX, INT64_MIN, "Ani 🗳", data}));
  REQUIRE(
      table.root->run("INSERT INTO scratch VALUES (?, ?, ?, ?, ?)", {2, nullptr, std::optional<int>(), "", Bytes{}}));
  const auto rows =
      table.root->query("SELECT big, small, name, data, SUM(1) OVER () FROM scratch WHERE id >= ? ORDER BY id", {1});
  REQUIRE(rows);
  REQUIRE(rows->size() == 2);
  CHECK((*rows)[0].u64(0) == UINT64_MAX);
  CHECK((*rows)[0].i64(1) == INT64_MIN);
  CHECK((*rows)[0].text(2) == "Ani 🗳");
  CHECK(Bytes((*rows)[0].bytes(3).begin(), (*rows)[0].bytes(3).end()) == data);
  CHECK((*rows)[0].u64(4) == 2);
  CHECK((*rows)[1].is_null(0));
  CHECK((*rows)[1].is_null(1));
  CHECK_FALSE((*rows)[1].is_null(2));
  CHECK((*rows)[1].text(3).empty());
  CHECK_THROWS_AS((*rows)[0].text(0), std::logic_error);
  CHECK_THROWS_AS((*rows)[0].i64(0), std::logic_error);
  CHECK_THROWS_AS((*rows)[0].u64(5), std::logic_error);
  CHECK((*rows)[0].hash(3).error().code == ErrorCode::integrity);
}

TEST_CASE("array binding sends rows in slices, NULLs and all, and a duplicate takes its whole slice back") {
  Table table("id INT PRIMARY KEY, name VARCHAR(20), data MEDIUMBLOB");
  const Bytes large(100'000, 7);  // 100 of them are more than one packet may hold
  BulkRows rows(3);
  for (int i = 0; i < 100; ++i)
    rows.add({i, i % 3 == 0 ? Value(nullptr) : Value("name"), i % 2 == 0 ? Value(large) : Value(nullptr)});
  const auto inserted = table.root->run_bulk("INSERT INTO scratch VALUES (?, ?, ?)", rows);
  REQUIRE(inserted);
  CHECK(*inserted == 100);
  const auto seen = table.root->query("SELECT COUNT(*), COUNT(name), SUM(LENGTH(data)) FROM scratch");
  REQUIRE(seen);
  CHECK((*seen)[0].u64(0) == 100);
  CHECK((*seen)[0].u64(1) == 66);
  CHECK((*seen)[0].u64(2) == 50 * large.size());

  BulkRows again(3);
  for (int i = 98; i < 110; ++i) again.add({i, "late", nullptr});
  CHECK(table.root->run_bulk("INSERT INTO scratch VALUES (?, ?, ?)", again).error().code == ErrorCode::conflict);
  CHECK((*table.root->query("SELECT COUNT(*) FROM scratch"))[0].u64(0) == 100);
  CHECK_THROWS_AS(again.add({1}), std::logic_error);
}

TEST_CASE("a transaction that is not committed leaves nothing") {
  Table table("id INT PRIMARY KEY");
  {
    auto transaction = Transaction::begin(*table.root);
    REQUIRE(transaction);
    REQUIRE(table.root->run("INSERT INTO scratch VALUES (?)", {1}));
    CHECK(table.root->in_transaction());
  }
  CHECK((*table.root->query("SELECT COUNT(*) FROM scratch"))[0].u64(0) == 0);
  {
    auto transaction = Transaction::begin(*table.root);
    REQUIRE(transaction);
    REQUIRE(table.root->run("INSERT INTO scratch VALUES (?)", {1}));
    REQUIRE(transaction->commit());
  }
  CHECK((*table.root->query("SELECT COUNT(*) FROM scratch"))[0].u64(0) == 1);
}

TEST_CASE("errors say what is wrong without quoting data") {
  Table table("id INT PRIMARY KEY, name VARCHAR(4)");
  REQUIRE(table.root->run("INSERT INTO scratch VALUES (?, ?)", {4711, "a"}));
  const auto taken = table.root->run("INSERT INTO scratch VALUES (?, ?)", {4711, "b"});
  CHECK(taken.error().code == ErrorCode::conflict);
  CHECK(taken.error().detail.find("4711") == std::string::npos);
  const auto long_text = table.root->run("INSERT INTO scratch VALUES (?, ?)", {1, "geheim"});
  CHECK(long_text.error().code == ErrorCode::internal);
  CHECK(long_text.error().detail.find("geheim") == std::string::npos);
  CHECK(table.root->execute("SELEKT").error().code == ErrorCode::internal);
  CHECK(table.root->usable());
}

TEST_CASE("no server, a wrong password and a readable password file are told apart") {
  auto config = test::shared_mariadb().service();
  config.socket = "/nonexistent/socket";
  CHECK(Connection::open(config).error().code == ErrorCode::unavailable);

  config = test::shared_mariadb().service();
  config.password_file = test::shared_mariadb().dir() / "wrong.password";
  std::ofstream(config.password_file) << "nothing\n";
  CHECK(Connection::open(config).error().code == ErrorCode::not_permitted);
  std::filesystem::permissions(config.password_file, std::filesystem::perms::owner_read);
  const auto refused = Connection::open(config);
  CHECK(refused.error().code == ErrorCode::unavailable);
  CHECK(refused.error().detail.find("account") != std::string::npos);
}

TEST_CASE("a lock that is not given in time is an error, and the connection stays good") {
  Table table("id INT PRIMARY KEY");
  REQUIRE(table.root->run("INSERT INTO scratch VALUES (?)", {1}));
  auto config = test::shared_mariadb().root();
  config.lock_timeout = std::chrono::seconds(1);
  auto other = connect(config);
  auto holder = Transaction::begin(*table.root);
  REQUIRE(table.root->query("SELECT id FROM scratch WHERE id = 1 FOR UPDATE"));
  REQUIRE(other->begin());
  CHECK(other->query("SELECT id FROM scratch WHERE id = 1 FOR UPDATE").error().code == ErrorCode::unavailable);
  CHECK(other->usable());
}

TEST_CASE("a connection that the server ended is never used again, and the pool opens another") {
  Pool pool(test::shared_mariadb().service(), 2, std::chrono::milliseconds(50));
  auto root = connect(test::shared_mariadb().root());
  {
    auto lease = pool.acquire();
    REQUIRE(lease);
    const auto id = (*lease)->query("SELECT CONNECTION_ID()");
    REQUIRE(root->execute("KILL " + std::to_string((*id)[0].u64(0))));
    CHECK((*lease)->query("SELECT 1").error().code == ErrorCode::unavailable);
    CHECK_FALSE((*lease)->usable());
    CHECK((*lease)->execute("DO 1").error().code == ErrorCode::unavailable);
  }
  auto first = pool.acquire();
  auto second = pool.acquire();
  REQUIRE(first);
  REQUIRE(second);
  CHECK((*first)->query("SELECT 1"));
  CHECK(pool.acquire().error().code == ErrorCode::unavailable);  // bounded
}

TEST_CASE("a connection that died while it lay idle is not lent") {
  Pool pool(test::shared_mariadb().service(), 1);
  std::uint64_t id = 0;
  {
    auto lease = pool.acquire();
    REQUIRE(lease);
    id = (*(*lease)->query("SELECT CONNECTION_ID()"))[0].u64(0);
  }
  auto root = connect(test::shared_mariadb().root());
  REQUIRE(root->execute("KILL " + std::to_string(id)));
  std::this_thread::sleep_for(std::chrono::milliseconds(250));  // longer than the pool trusts an idle connection
  auto lease = pool.acquire();
  REQUIRE(lease);
  CHECK((*lease)->query("SELECT 1"));
}

TEST_CASE("a connection left inside a transaction is closed, so that its locks go") {
  Table table("id INT PRIMARY KEY");
  Pool pool(test::shared_mariadb().root(), 2);
  {
    auto lease = pool.acquire();
    REQUIRE((*lease)->begin());
    REQUIRE((*lease)->run("INSERT INTO scratch VALUES (?)", {1}));
  }
  auto lease = pool.acquire();
  CHECK((*(*lease)->query("SELECT COUNT(*) FROM scratch"))[0].u64(0) == 0);
}
