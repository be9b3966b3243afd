#include <catch2/catch.hpp>
#include <functional>
#include <thread>

#include "core/audit/audit.hpp"
#include "core/audit/bel_audit.hpp"
#include "tests/integration/http/downloads.hpp"
#include "tests/integration/http/eventually.hpp"

namespace suara::test {
namespace {

using election::Role;
using namespace std::chrono_literals;

bool has(const HttpReply& reply, const std::string& text) { return reply.body.find(text) != std::string::npos; }

}  // namespace

TEST_CASE("an election that is over can be downloaded, checked, and says where its ledger stood") {
  TestSite& site = shared_site();
  const WebElection election(site, 2);
  for (const char* file : {"/bundle.tar", "/election.bel", "/result.csv", "/result.json"}) {
    CAPTURE(file);
    const auto early = site.get(election.path(file));
    CHECK(early.status == 409);
    CHECK(error_code(early) == "wrong_phase");
    CHECK(error_code(site.get("/api/v1/elections/ucSijHEHGk8LHG" + std::string(file))) == "not_found");
  }
  REQUIRE(election.cast(election.ballot(0, 1)).status == 201);
  election.close();
  election.decrypt();
  election.step("/result");
  CHECK(json_text(downloaded(site, election.path("/result.json")).body, "status") == "tallied");
  election.step("/certification");

  const auto json = downloaded(site, election.path("/result.json"));
  REQUIRE(json.status == 200);
  CHECK(json_text(json.body, "status") == "certified");
  CHECK(json_number(json.body, "counted") == 1);
  CHECK(json_number(json.body, "voters") == 2);
  CHECK(has(json, R"({"question":"Pilih satu pasangan","number":2,"name":"Citra & Dimas","votes":1})"));
  const auto head = site.get(election.path("/ledger")).body;
  CHECK(json_number(json.body, "ledger.entries") == election.size());
  CHECK(json_text(json.body, "ledger.root") == json_text(head, "checkpoint.root"));
  CHECK(json_text(json.body, "fingerprint") == election.sealed().fingerprint);

  const auto csv = downloaded(site, election.path("/result.csv"));
  REQUIRE(csv.status == 200);
  CHECK(csv.header("content-disposition") == "attachment; filename=\"" + election.uuid() + "-result.csv\"");
  CHECK(has(csv, "\"certified\"," + std::to_string(election.size()) + ",\"" + json_text(head, "checkpoint.root")));
  CHECK(has(csv, "\"Pilih satu pasangan\",2,\"Citra & Dimas\",1\r\n"));

  const auto bundle = downloaded(site, election.path("/bundle.tar"));
  REQUIRE(bundle.status == 200);
  CHECK(bundle.header("content-type") == "application/x-tar");
  CHECK(bundle.header("content-length") == std::to_string(bundle.body.size()));
  CHECK(bundle.header("x-content-type-options") == "nosniff");
  SentBundle source(bundle.body);
  const auto report = audit::audit_bundle(source, {});
  REQUIRE(report);
  CHECK(report->verified());
  CHECK(report->size == election.size());

  const auto archive = downloaded(site, election.path("/election.bel"));
  REQUIRE(archive.status == 200);
  CHECK(audit::audit_bel(archive.body, {}).verified());

  auto client = site.client();
  const auto only_head = client.send("HEAD", election.path("/bundle.tar"));
  CHECK(only_head.status == 200);
  CHECK(only_head.header("content-length") == bundle.header("content-length"));

  // What is recorded afterwards belongs to the ledger too.
  REQUIRE(site.post(election.path("/incidents"), site.staff(Role::supervisor), R"({"text":"Terlambat"})").status ==
          201);
  eventually(20s, [&] {
    const auto later = site.get(election.path("/result.json"));
    return later.status == 200 && json_number(later.body, "ledger.entries") == election.size();
  });
}

TEST_CASE("a cancelled election says so everywhere, and leaves what there is of it") {
  TestSite& site = shared_site();
  const WebElection election(site, 1, WebElection::Until::enrolled);
  const auto office = site.staff(Role::committee);
  REQUIRE(site.post(election.path("/cancellation"), office, R"({"reason":"Calon mengundurkan diri"})").status == 200);
  const auto shown = site.get(election.path());
  CHECK(json_text(shown.body, "phase") == "cancelled");
  CHECK(json_text(shown.body, "cancel_reason") == "Calon mengundurkan diri");
  CHECK_FALSE(json_text(shown.body, "cancelled_at").empty());
  CHECK(has(site.get("/api/v1/elections"), R"("cancel_reason":"Calon mengundurkan diri")"));
  const auto bundle = downloaded(site, election.path("/bundle.tar"));
  REQUIRE(bundle.status == 200);
  SentBundle source(bundle.body);
  const auto report = audit::audit_bundle(source, {});
  REQUIRE(report);
  CHECK(report->verified());
  for (const char* file : {"/election.bel", "/result.csv", "/result.json"}) {
    CAPTURE(file);
    CHECK(error_code(site.get(election.path(file))) == "not_found");
  }
}

TEST_CASE("the feed and the notes of those who watch are for everybody") {
  TestSite& site = shared_site();
  const WebElection election(site, 1);
  const auto watching = site.staff(Role::supervisor);
  REQUIRE(site.post(election.path("/incidents"), watching, R"({"text":"Listrik padam","entries":[0,1]})").status ==
          201);
  const std::string note = R"("by":"supervisor:supervisor","text":"Listrik padam","entries":[0,1])";
  eventually(20s, [&] { return has(site.get(election.path("/incidents")), note); });

  const auto events = site.get(election.path("/events?limit=2"));
  CHECK(has(events, R"("type":"IncidentNoted","actor":"supervisor:supervisor","data":{"entries":[0,1])"));
  CHECK(has(events, R"("type":"ElectionOpened")"));
  const auto seq = json_number(site.get(election.path("/ledger")).body, "size") - 1;
  CHECK_FALSE(has(site.get(election.path("/events?before=" + std::to_string(seq))), "IncidentNoted"));
  const auto drafted = site.get(election.path("/events?type=ElectionDrafted"));
  CHECK(has(drafted, "ElectionDrafted"));
  CHECK_FALSE(has(drafted, "ElectionOpened"));
  // The notes by pages, each once.
  REQUIRE(site.post(election.path("/incidents"), watching, R"({"text":"Listrik menyala"})").status == 201);
  eventually(20s, [&] { return has(site.get(election.path("/incidents")), "menyala"); });
  const auto newest = site.get(election.path("/incidents?limit=1"));
  CHECK(has(newest, "menyala"));
  CHECK_FALSE(has(newest, "padam"));
  const auto older = site.get(election.path("/incidents?before=" + std::to_string(json_number(newest.body, "incidents.0.seq"))));
  CHECK(has(older, "padam"));
  CHECK_FALSE(has(older, "menyala"));
  for (const char* wrong : {"?limit=0", "?limit=1001", "?before=-1"}) {
    CAPTURE(wrong);
    CHECK(error_code(site.get(election.path("/incidents" + std::string(wrong)))) == "malformed");
  }
  for (const char* wrong : {"?limit=0", "?limit=201", "?before=-1", "?type=..%2F"}) {
    CAPTURE(wrong);
    CHECK(error_code(site.get(election.path("/events" + std::string(wrong)))) == "malformed");
  }
}

TEST_CASE("many refused ballots raise an alert, which staff read and everybody counts") {
  TestSite& site = shared_site();
  const WebElection election(site, 1);
  CHECK(error_code(site.get(election.path("/alerts"))) == "unauthenticated");
  const auto watching = site.staff(Role::supervisor).read();
  CHECK(site.get(election.path("/alerts"), watching).body == R"({"alerts":[]})");
  for (int i = 0; i < 10; ++i) CHECK(election.cast("{}").status == 400);
  REQUIRE(election.cast(election.ballot(0, 0)).status == 201);
  const auto alerts = site.get(election.path("/alerts"), watching);
  CHECK(has(alerts, R"("kind":"rejected_rate")"));
  CHECK(has(alerts, R"("figures":{"refused":10,"accepted":1,"minutes":10})"));
  auto stream = site.client();
  stream.write("GET " + election.path("/stream") + " HTTP/1.1\r\nHost: x\r\n\r\n");
  stream.read_until("event: alerts\ndata: {\"count\":1}");
}

}  // namespace suara::test
