#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "ledger/mariadb/connection.hpp"
#include "tests/integration/http/site.hpp"

namespace suara::test {
namespace {

using namespace std::chrono_literals;

// Polls until the service answers so; fails after half a minute.
void wait_for(const TestSite& site, const std::string& target, unsigned status) {
  const auto deadline = std::chrono::steady_clock::now() + 30s;
  for (;;) {
    const auto reply = site.get(target);
    if (reply.status == status) return;
    if (std::chrono::steady_clock::now() > deadline) FAIL(target << " still answers " << reply.status << reply.body);
    std::this_thread::yield();
  }
}

}  // namespace

TEST_CASE("a lost database is told as 503, published files stay readable, and all recovers by itself") {
  MariadbServer database;
  TestSite site(database);
  const WebElection election(site, 2);
  REQUIRE(election.cast(election.ballot(0, 0)).status == 201);
  const auto office = site.staff(election::Role::committee);
  wait_for(site, "/log/" + election.uuid() + "/checkpoint", 200);
  const auto before = election.size();

  database.kill9();
  const std::string ballot = election.ballot(1, 0);
  const auto lost = election.cast(ballot);
  CHECK(lost.status == 503);
  CHECK(error_code(lost) == "unavailable");
  CHECK_FALSE(lost.header("retry-after").empty());
  CHECK(error_code(site.get(election.path("/turnout"))) == "unavailable");
  CHECK(error_code(site.post(election.path("/close"), office)) == "unavailable");
  wait_for(site, "/healthz", 503);
  CHECK(site.get("/log/" + election.uuid() + "/checkpoint").status == 200);
  CHECK(site.get("/").status == 200);

  database.restart();
  wait_for(site, "/healthz", 200);
  CHECK(election.size() == before);
  const auto accepted = election.cast(ballot);
  CHECK(accepted.status == 201);
  CHECK(site.post(election.path("/close"), office).status == 200);
}

TEST_CASE("an election whose entries were changed is listed as faulty after a restart") {
  MariadbServer database;
  std::string uuid;
  {
    TestSite site(database);
    const WebElection election(site, 2);
    uuid = election.uuid();
    CHECK(site.get(election.path()).body.find("\"fault\":null") != std::string::npos);
  }
  const auto root = ledger::mariadb::Connection::open(database.root()).value();
  REQUIRE(root->execute("DROP TRIGGER entries_refuse_update"));
  REQUIRE(root->execute("UPDATE entries SET entry = INSERT(entry, 60, 1, '~') WHERE seq = 4"));
  TestSite site(database);
  wait_for(site, "/api/v1/elections/" + uuid, 200);
  CHECK(site.get("/api/v1/elections").body.find(uuid) != std::string::npos);
  const auto shown = site.get("/api/v1/elections/" + uuid).body;
  CHECK(json_text(shown, "name") == "Ketua OSIS");
  CHECK(json_text(shown, "fault").find("entry 4") != std::string::npos);
  CHECK(site.get("/healthz").body.find("entry 4") != std::string::npos);
  const auto closed = site.post("/api/v1/elections/" + uuid + "/close", site.staff(election::Role::committee));
  CHECK(closed.status == 500);
  CHECK(error_code(closed) == "integrity");
}

TEST_CASE("a service that starts without its database serves when it comes") {
  MariadbServer database;
  std::string uuid;
  {
    TestSite site(database);
    uuid = WebElection(site, 1, WebElection::Until::drafted).uuid();
  }
  database.kill9();
  TestSite site(database);
  CHECK(site.get("/api/v1/elections/" + uuid).status == 503);
  CHECK(site.get("/healthz").status == 503);
  database.restart();
  wait_for(site, "/api/v1/elections/" + uuid, 200);
  wait_for(site, "/healthz", 200);
}

}  // namespace suara::test
