#include <catch2/catch.hpp>
#include <map>

#include "core/election/action.hpp"
#include "http/routes.hpp"
#include "tests/integration/http/site.hpp"

// Who may do what, asked of the running service for every route of the table.
namespace suara::test {
namespace {

using election::Action;
using election::Role;
using http::Method;

const std::vector<Role> staff_roles = {Role::administrator, Role::committee, Role::registrar, Role::trustee,
                                       Role::supervisor};

std::string filled(std::string_view pattern, const std::string& uuid) {
  std::string target(pattern);
  if (const auto at = target.find("{uuid}"); at != std::string::npos) target.replace(at, 6, uuid);
  if (const auto at = target.find("{rest}"); at != std::string::npos) target.replace(at, 6, "1");
  return target;
}

// The commands of the domain behind the routes: both tables must say the same.
const std::map<std::string, Action> actions = {
    {"/api/v1/elections", Action::open_ledger},
    {"/api/v1/elections/{uuid}/roll", Action::enrol_voters},
    {"/api/v1/elections/{uuid}/credentials", Action::import_credentials},
    {"/api/v1/elections/{uuid}/trustees", Action::publish_trustee_key},
    {"/api/v1/elections/{uuid}/ceremony/certificate", Action::publish_certificate},
    {"/api/v1/elections/{uuid}/ceremony/coefexps", Action::publish_coefexps},
    {"/api/v1/elections/{uuid}/ceremony/confirmation", Action::confirm_share},
    {"/api/v1/elections/{uuid}/ceremony/restart", Action::restart_ceremony},
    {"/api/v1/elections/{uuid}/seal", Action::seal},
    {"/api/v1/elections/{uuid}/open", Action::open},
    {"/api/v1/elections/{uuid}/close", Action::close},
    {"/api/v1/elections/{uuid}/decryption", Action::decrypt},
    {"/api/v1/elections/{uuid}/result", Action::publish_result},
    {"/api/v1/elections/{uuid}/certification", Action::certify},
};

}  // namespace

TEST_CASE("every route for staff refuses the public, other roles and writes without a token, and nothing changes") {
  TestSite& site = shared_site();
  const WebElection election(site, 1, WebElection::Until::drafted);
  std::map<Role, StaffAccess> access;
  for (const Role role : staff_roles) access[role] = site.staff(role);
  const auto before = election.size();
  const auto elections = site.get("/api/v1/elections").body;
  auto client = site.client();
  for (const auto& route : http::route_table()) {
    if (route.roles.everybody()) continue;
    const std::string method(http::method_name(route.method));
    const std::string target = filled(route.pattern, election.uuid());
    CAPTURE(method, target);
    const auto open = client.send(method, target);
    CHECK(open.status == 401);
    CHECK(error_code(open) == "unauthenticated");
    for (const Role role : staff_roles) {
      CAPTURE(election::role_name(role));
      if (!route.roles.contain(role)) {
        const auto refused = client.send(method, target, access[role].write());
        CHECK(refused.status == 403);
        CHECK(error_code(refused) == "not_permitted");
      } else if (route.method != Method::get) {
        const auto missing = client.send(method, target, access[role].read());
        CHECK(missing.status == 403);
        CHECK(error_code(missing) == "csrf");
        auto other = access[role];
        other.csrf = access[role == Role::committee ? Role::trustee : Role::committee].csrf;
        CHECK(error_code(client.send(method, target, other.write())) == "csrf");
      } else {
        // This election has no threshold trustees, so a trustee is told that there are no shares.
        const bool shares = route.pattern.find("/shares/") != std::string_view::npos;
        CHECK(client.send(method, target, access[role].read()).status == (shares ? 404 : 200));
      }
    }
  }
  CHECK(election.size() == before);
  CHECK(site.get("/api/v1/elections").body == elections);
}

TEST_CASE("the routes' roles are the domain's") {
  std::size_t found = 0;
  for (const auto& route : http::route_table()) {
    if (route.method != Method::post || !actions.contains(std::string(route.pattern))) continue;
    ++found;
    CAPTURE(route.pattern);
    for (const Role role : staff_roles) {
      CAPTURE(election::role_name(role));
      CHECK(route.roles.contain(role) == election::may(role, actions.at(std::string(route.pattern))));
    }
  }
  CHECK(found == actions.size());
}

TEST_CASE("an expired session is told to log in again") {
  TestSite& site = shared_site();
  const WebElection election(site, 1, WebElection::Until::drafted);
  const auto before = election.size();
  const auto reply = site.post(election.path("/seal"), site.staff(Role::committee, true));
  CHECK(reply.status == 401);
  CHECK(error_code(reply) == "unauthenticated");
  CHECK(election.size() == before);
}

TEST_CASE("a large body is refused before it is sent where its sender may not send it") {
  TestSite& site = shared_site();
  const WebElection election(site, 1, WebElection::Until::drafted);
  auto client = site.client();
  client.write("POST " + election.path("/roll") +
               " HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: 60000000\r\n\r\n");
  const auto reply = client.read();
  CHECK(reply.status == 401);
  CHECK(reply.header("connection") == "close");
  auto allowed = site.client();
  const auto keeper = site.staff(Role::registrar);
  allowed.write("POST " + election.path("/roll") + " HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nCookie: " +
                keeper.read()[0].second + "\r\nX-CSRF-Token: " + keeper.csrf + "\r\nContent-Length: 67108865\r\n\r\n");
  CHECK(allowed.read().status == 413);
}

TEST_CASE("logging in, the session, adding staff, logging out") {
  MariadbServer database;
  TestSite site(database);
  REQUIRE(create_admin(database.service(), "ani", "short") == 1);
  REQUIRE(create_admin(database.service(), "ani", "a long password") == 0);
  CHECK(create_admin(database.service(), "budi", "a long password") == 1);  // only the first

  const auto wrong = site.post_json("/api/v1/session", R"({"login":"ani","password":"a wrong password"})");
  CHECK(wrong.status == 401);
  CHECK(error_code(wrong) == "bad_login");
  CHECK(error_code(site.post_json("/api/v1/session", R"({"login":"nobody","password":"x"})")) == "bad_login");
  CHECK(error_code(site.post_json("/api/v1/session", R"({"login":"ani"})")) == "malformed");

  const auto right = site.post_json("/api/v1/session", R"({"login":"ani","password":"a long password"})");
  REQUIRE(right.status == 200);
  CHECK(json_text(right.body, "role") == "administrator");
  const std::string cookie = right.header("set-cookie");
  CHECK(cookie.find("; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200") != std::string::npos);
  CHECK(cookie.find("Secure") == std::string::npos);
  StaffAccess ani{cookie.substr(14, cookie.find(';') - 14), json_text(right.body, "csrf_token")};
  CHECK(site.get("/api/v1/session", ani.read()).body == right.body);

  const std::string staff = R"({"login":"sari","role":"supervisor","password":"another password"})";
  CHECK(site.post("/api/v1/staff", ani, staff).status == 201);
  CHECK(error_code(site.post("/api/v1/staff", ani, staff)) == "conflict");
  for (const char* bad : {R"({"login":"Sari","role":"supervisor","password":"another password"})",
                          R"({"login":"sri","role":"voter","password":"another password"})",
                          R"({"login":"sri","role":"supervisor","password":"short"})"}) {
    CHECK(error_code(site.post("/api/v1/staff", ani, bad)) == "malformed");
  }
  CHECK(site.post_json("/api/v1/session", R"({"login":"sari","password":"another password"})").status == 200);

  CHECK(site.remove("/api/v1/session", ani).status == 204);
  CHECK(site.get("/api/v1/session", ani.read()).status == 401);
  CHECK(site.service().log().find("password") == std::string::npos);
}

TEST_CASE("the sixth wrong password within a minute waits, also for those who know it") {
  MariadbServer database;
  TestSite site(database);
  REQUIRE(create_admin(database.service(), "ani", "a long password") == 0);
  for (int i = 0; i < 5; ++i) {
    CHECK(site.post_json("/api/v1/session", R"({"login":"ani","password":"a wrong password"})").status == 401);
  }
  const auto reply = site.post_json("/api/v1/session", R"({"login":"ani","password":"a long password"})");
  CHECK(reply.status == 429);
  CHECK(error_code(reply) == "rate_limited");
  CHECK(std::stoi(reply.header("retry-after")) > 30);
}

}  // namespace suara::test
