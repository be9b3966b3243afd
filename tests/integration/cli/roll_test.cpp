#include <catch2/catch.hpp>

#include "tests/integration/cli/draft.hpp"
#include "tests/integration/cli/running_service.hpp"

using Catch::Matchers::Contains;
using suara::test::draft_election;
using suara::test::RunningService;

TEST_CASE("faults of a roll are told by line and column, and nothing is imported") {
  const auto& service = RunningService::shared();
  const std::string uuid = draft_election(service, "live");
  const auto roll = service.file("roll.csv",
                                 "id,name,class,place\n"
                                 "1,Ani,X-A,tps-1\n"
                                 "1,Budi,X-A,tps-1\n"
                                 "2,=1+1,X-A,tps-1\n"
                                 "3,Citra,X-A,tps-9\n");
  const auto refused = service.as("reni", {"roll", "import", uuid, roll.string()});
  CHECK(refused.status == 1);
  CHECK_THAT(refused.err, Contains("line 3") && Contains("line 4") && Contains("line 5") && Contains("column"));
  const auto as_json = service.as("reni", {"roll", "import", uuid, roll.string(), "--json"});
  CHECK(as_json.status == 1);
  CHECK_THAT(as_json.out, Contains(R"({"error":{"code":"roll_invalid")") && Contains(R"("details":[")"));
  CHECK_THAT(service.anyone({"election", "show", uuid, "--json"}).out, Contains(R"("voters":0)"));
}

TEST_CASE("a dry run checks a roll and imports nothing") {
  const auto& service = RunningService::shared();
  const std::string uuid = draft_election(service, "live");
  // As a spreadsheet saves it: byte order mark, semicolons, CRLF.
  const auto roll =
      service.file("roll.csv", "\xEF\xBB\xBFnomor;nama;kelas;tps\r\n1;Ani;X-A;tps-1\r\n2;Budi;X-B;tps-2\r\n");
  const auto dry = service.as("reni", {"roll", "import", uuid, roll.string(), "--dry-run"});
  CHECK(dry.status == 0);
  CHECK_THAT(dry.out, Contains("2 voters; no fault. Nothing was imported."));
  CHECK_THAT(service.anyone({"election", "show", uuid, "--json"}).out, Contains(R"("voters":0)"));
  const auto real = service.as("reni", {"roll", "import", uuid, roll.string(), "--json"});
  CHECK(real.status == 0);
  CHECK_THAT(real.out, Contains(R"("imported":true)") && Contains(R"("voters":2)"));
  CHECK_THAT(service.anyone({"election", "show", uuid, "--json"}).out, Contains(R"("voters":2)"));
}

TEST_CASE("the service's refusals are shown as it gives them") {
  const auto& service = RunningService::shared();
  const std::string uuid = draft_election(service, "live");

  const auto early = service.as("ani", {"election", "open", uuid, "--json"});
  CHECK(early.status == 1);
  CHECK_THAT(early.out, Contains(R"("code":"wrong_phase")"));

  const auto watcher = service.as("sari", {"election", "close", uuid, "--json"});
  CHECK(watcher.status == 1);
  CHECK_THAT(watcher.out, Contains(R"("code":"not_permitted")"));

  const auto unknown = service.anyone({"election", "show", "11111111111111", "--json"});
  CHECK(unknown.status == 1);
  CHECK_THAT(unknown.out, Contains(R"("code":"not_found")"));

  const auto wrong_password = service.file("password", "not this one\n");
  const auto stranger = suara::test::run_suara({"--server", service.url(), "--user", "nobody", "--password-file",
                                                wrong_password.string(), "election", "close", uuid, "--json"});
  CHECK(stranger.status == 1);
  CHECK_THAT(stranger.out, Contains(R"("code":"bad_login")"));

  const auto no_draft = service.file("draft.json", R"({"name": "Tanpa yang lain"})");
  const auto draft = service.as("ani", {"election", "draft", no_draft.string(), "--json"});
  CHECK(draft.status == 1);
  CHECK_THAT(draft.out, Contains(R"("error")"));

  const auto empty_roll =
      service.as("reni", {"credentials", "generate", uuid, "--out", service.fresh("cards").string()});
  CHECK(empty_roll.status == 1);
  CHECK_THAT(empty_roll.err, Contains("suara roll import"));

  const auto taken = service.as("admin", {"user", "add", "ani", "--role", "committee", "--json"});
  CHECK(taken.status == 1);
  CHECK_THAT(taken.out, Contains(R"("code":"conflict")"));
}

TEST_CASE("data of voters is erased one by one or all, once the election is over") {
  const auto& service = RunningService::shared();
  const std::string uuid = draft_election(service, "live");
  const auto roll = service.file("roll.csv", "id,name,class,place\nN/1,Ani,X-A,tps-1\n2,Budi,X-A,tps-1\n3,Citra,X-A,tps-1\n");
  REQUIRE(service.as("reni", {"roll", "import", uuid, roll.string()}).status == 0);
  const auto early = service.as("reni", {"voter", "erase", uuid, "2", "--json"});
  CHECK(early.status == 1);
  CHECK_THAT(early.out, Contains(R"("code":"wrong_phase")"));
  CHECK(service.as("reni", {"voter", "erase", uuid}).status == 2);
  CHECK(service.as("reni", {"voter", "erase", uuid, "2", "--all"}).status == 2);
  REQUIRE(service.as("ani", {"election", "cancel", uuid, "--reason", "Batal."}).status == 0);
  CHECK(service.as("sari", {"voter", "erase", uuid, "2"}).status == 1);
  const auto one = service.as("reni", {"voter", "erase", uuid, "N/1", "--reason", "At the voter's wish."});
  CHECK(one.status == 0);
  CHECK_THAT(one.out, Contains("Erased the data of 1 voter "));
  CHECK(service.as("reni", {"voter", "erase", uuid, "N/1"}).status == 1);
  CHECK_THAT(service.as("reni", {"voter", "erase", uuid, "--all", "--json"}).out, Contains(R"({"erased":2})"));
}
