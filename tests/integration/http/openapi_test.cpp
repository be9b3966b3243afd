#include "tests/integration/http/openapi.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "http/routes.hpp"
#include "tests/integration/http/ceremony.hpp"
#include "tests/integration/http/downloads.hpp"
#include "tests/integration/http/roll_tour.hpp"
#include "tests/integration/http/site.hpp"
#include "tests/integration/http/staff_tour.hpp"

// schema/openapi.yaml says what the service does: no more, no less. That each reply is as described is checked by
// TestSite, in all tests of this folder.
namespace suara::test {
namespace {

const OpenApi& api() {
  static const OpenApi description;
  return description;
}

// `{rest}` of the table of routes has a name in the description.
std::string in_description(std::string path) {
  const auto at = path.find("{rest}");
  if (at == std::string::npos) return path;
  const bool shares = path.find("/shares/") != std::string::npos;
  const bool photo = path.starts_with("/photos/");
  return path.replace(at, 6, shares ? "{trustee}" : photo ? "{hash}" : "{bundle}");
}

}  // namespace

TEST_CASE("the description and the table of routes name the same operations with the same protection") {
  constexpr std::string_view base = "/api/v1";
  std::set<std::string> routes, described;
  for (const auto& route : http::route_table()) {
    if (!route.pattern.starts_with(base)) continue;
    const std::string body = route.body.kind == http::BodyKind::json      ? " application/json"
                             : route.body.kind == http::BodyKind::csv     ? " text/csv"
                             : route.body.kind == http::BodyKind::picture ? " image/webp"  // the last that is described
                                                                          : "";
    routes.insert(std::string(http::method_name(route.method)) + " " +
                  in_description(std::string(route.pattern.substr(base.size()))) +
                  (route.roles.everybody() ? "" : " session") + (route.needs_csrf() ? " csrf" : "") + body);
  }
  for (const auto& operation : api().operations()) {
    described.insert(operation.method + " " + operation.path + (operation.needs_session ? " session" : "") +
                     (operation.needs_csrf ? " csrf" : "") +
                     (operation.body_type.empty() ? "" : " " + operation.body_type));
  }
  CHECK(routes == described);
}

TEST_CASE("the check of descriptions finds what is missing, of a wrong type, null or undescribed") {
  CHECK(api().schema_faults("Error", R"({"code":"x","message":"y","details":[]})").empty());
  CHECK(api().schema_faults("Error", R"({"code":"x","message":"y"})").size() == 1);
  CHECK(api().schema_faults("Error", R"({"code":1,"message":"y","details":[]})").size() == 1);
  CHECK(api().schema_faults("Error", R"({"code":null,"message":"y","details":[]})").size() == 1);
  CHECK(api().schema_faults("Error", R"({"code":"x","message":"y","details":[3]})").size() == 1);
  CHECK(api().schema_faults("Error", R"({"code":"x","message":"y","details":[],"more":1})").size() == 1);
  CHECK(api().schema_faults("BoardItem", R"({"seq":1,"time":"t","tracker":"x","status":"other"})").size() == 1);
  CHECK(api().schema_faults("BoardItem", R"({"seq":"1","time":"t","tracker":"x","status":"counted"})").size() == 1);
}

TEST_CASE("every operation of the description is answered, and as described") {
  MariadbServer database;
  TestSite site(database);
  std::string token;
  std::getline(std::ifstream(database.dir() / "suara" / "keys" / "setup.token"), token);
  const auto session =
      site.post_json("/api/v1/setup", R"({"token":")" + token + R"(","login":"ani","password":"a long password"})");
  REQUIRE(session.status == 201);
  const std::string cookie = session.header("set-cookie");
  const StaffAccess ani{cookie.substr(14, cookie.find(';') - 14), json_text(session.body, "csrf_token")};
  CHECK(site.get("/api/v1/session", ani.read()).status == 200);
  CHECK(
      site.post("/api/v1/staff", ani, R"({"login":"sari","role":"supervisor","password":"another password"})").status ==
      201);

  use_every_staff_operation(site, ani);
  use_every_roll_operation(site);

  const WebElection election(site, rich_draft(), {1, 3});
  CHECK(site.get(election.path("/ceremony")).status == 200);
  const WebElection begun(site, rich_draft(), {}, WebElection::Until::drafted);
  begun.ceremony().run_until(WebCeremony::Step::coefexps);
  CHECK(site.post(begun.path("/ceremony/restart"), ani, R"({"reason":"A key file was lost."})").status == 201);
  CHECK(site.post_json(election.path("/sign-in"), election.sign_in_body(election.voter(0))).status == 200);
  CHECK(election.cast(election.ballot(0, 0)).status == 201);
  CHECK(site.post(election.path("/key/rotate"), ani).status == 201);  // so that the downloads are of two keys
  CHECK(election.challenge(election.ballot(1, 0)).status == 201);
  for (const char* rest :
       {"", "/ballots", "/turnout", "/tally", "/ledger", "/witnesses", "/entries/0", "/events", "/incidents"}) {
    CHECK(site.get(election.path(rest)).status == 200);
  }
  CHECK(site.get(election.path("/roll"), ani.read()).status == 200);
  CHECK(site.get(election.path("/alerts"), ani.read()).status == 200);
  election.close();
  election.decrypt();
  for (const std::uint32_t number : {1, 3})
    CHECK(election.decrypt_as(1 + number, election.ceremony().secret(number)).status == 201);
  election.step("/result");
  election.step("/certification");
  for (const char* file : {"/bundle.tar", "/election.bel", "/result.csv", "/result.json"})
    CHECK(downloaded(site, election.path(file)).status == 200);
  CHECK(site.get("/api/v1/elections").status == 200);
  CHECK(site.get(election.path()).status == 200);
  CHECK(site.remove("/api/v1/session", ani).status == 204);

  for (const auto& operation : api().operations()) {
    if (operation.path == "/elections/{uuid}/stream") continue;  // endless: the next test reads it
    CAPTURE(operation.method, operation.path);
    CHECK(answered_operations().contains(operation.method + " " + operation.path));
  }
}

TEST_CASE("the stream tells what its description names") {
  TestSite& site = shared_site();
  const WebElection election(site, 1);
  auto stream = site.client();
  stream.write("GET " + election.path("/stream") + " HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::vector<std::pair<std::string, std::string>> events = {
      {"activity", "Events"},   {"alerts", "AlertCount"}, {"election", "ElectionSummary"},
      {"ledger", "LedgerHead"}, {"tally", "Tally"},       {"turnout", "Turnout"}};
  for (const auto& [event, schema] : events) {
    stream.read_until("event: " + event + "\ndata: ");
    std::string json = stream.read_until("\n\n");
    json.resize(json.size() - 2);
    CAPTURE(event, json);
    CHECK(api().schema_faults(schema, json) == std::vector<std::string>{});
  }
}

}  // namespace suara::test
