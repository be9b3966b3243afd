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
using http::staff_roles;

std::string filled(std::string_view pattern, const std::string& uuid) {
  std::string target(pattern);
  if (const auto at = target.find("{uuid}"); at != std::string::npos) target.replace(at, 6, uuid);
  if (const auto at = target.find("{rest}"); at != std::string::npos) target.replace(at, 6, "1");
  if (const auto at = target.find("{login}"); at != std::string::npos) target.replace(at, 7, "somebody");
  if (const auto at = target.find("{id}"); at != std::string::npos) target.replace(at, 4, "0123456789abcdef");
  return target;
}

// The commands of the domain behind the routes: both tables must say the same.
const std::map<std::string, Action> actions = {
    {"/api/v1/elections", Action::open_ledger},
    {"/api/v1/elections/{uuid}/draft", Action::revise_draft},
    {"/api/v1/elections/{uuid}/roll", Action::enrol_voters},
    {"/api/v1/elections/{uuid}/voters", Action::enrol_voters},
    {"/api/v1/elections/{uuid}/voters/correct", Action::correct_voter},
    {"/api/v1/elections/{uuid}/voters/remove", Action::remove_voter},
    {"/api/v1/elections/{uuid}/credentials", Action::import_credentials},
    {"/api/v1/elections/{uuid}/credentials/withdraw", Action::withdraw_credentials},
    {"/api/v1/elections/{uuid}/credentials/replace", Action::replace_credential},
    {"/api/v1/elections/{uuid}/trustees", Action::publish_trustee_key},
    {"/api/v1/elections/{uuid}/ceremony/certificate", Action::publish_certificate},
    {"/api/v1/elections/{uuid}/ceremony/coefexps", Action::publish_coefexps},
    {"/api/v1/elections/{uuid}/ceremony/confirmation", Action::confirm_share},
    {"/api/v1/elections/{uuid}/ceremony/restart", Action::restart_ceremony},
    {"/api/v1/elections/{uuid}/seal", Action::seal},
    {"/api/v1/elections/{uuid}/open", Action::open},
    {"/api/v1/elections/{uuid}/attendance", Action::verify_at_place},
    {"/api/v1/elections/{uuid}/extension", Action::extend},
    {"/api/v1/elections/{uuid}/close", Action::close},
    {"/api/v1/elections/{uuid}/decryption", Action::decrypt},
    {"/api/v1/elections/{uuid}/result", Action::publish_result},
    {"/api/v1/elections/{uuid}/certification", Action::certify},
    {"/api/v1/elections/{uuid}/key/rotate", Action::rotate_key},
    {"/api/v1/elections/{uuid}/officials", Action::appoint},
    {"/api/v1/elections/{uuid}/officials/revoke", Action::revoke},
    {"/api/v1/elections/{uuid}/proposals", Action::propose},
    {"/api/v1/elections/{uuid}/proposals/withdraw", Action::withdraw_proposal},
    {"/api/v1/elections/{uuid}/cancellation", Action::cancel},
    {"/api/v1/elections/{uuid}/corrections", Action::correct},
    {"/api/v1/elections/{uuid}/devices", Action::enrol_device},
    {"/api/v1/elections/{uuid}/devices/code", Action::enrol_device},
    {"/api/v1/elections/{uuid}/devices/revoke", Action::revoke_device},
    {"/api/v1/elections/{uuid}/incidents", Action::note_incident},
};

// Everybody who may act in this election, in one role each.
std::map<Role, StaffAccess> everyone_in(const TestSite& site, const WebElection& election) {
  std::map<Role, StaffAccess> access;
  for (const Role role : staff_roles) access[role] = site.staff(role);
  const auto appointed = site.post(election.path("/officials"), access[Role::committee],
                                   R"({"login":"officer","role":"officer","place":"tps-1"})");
  REQUIRE(appointed.status == 201);
  return access;
}

}  // namespace

TEST_CASE("every route for staff refuses the public, other roles and writes without a token, and nothing changes") {
  TestSite& site = shared_site();
  const WebElection election(site, 1, WebElection::Until::drafted);
  auto access = everyone_in(site, election);
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
        // This election has no threshold trustees, so a trustee is told that there are no shares; and a credential must
        // be named to be shown.
        const bool shares = route.pattern.find("/shares/") != std::string_view::npos;
        const bool credential = route.pattern.ends_with("/credentials/status");
        CHECK(client.send(method, target, access[role].read()).status == (shares ? 404 : credential ? 400 : 200));
      }
    }
  }
  CHECK(election.size() == before);
  CHECK(site.get("/api/v1/elections").body == elections);
}

TEST_CASE("those who only watch are refused everything that changes an election, but may note incidents") {
  TestSite& site = shared_site();
  const WebElection election(site, 1, WebElection::Until::drafted);
  const auto before = election.size();
  auto client = site.client();
  for (const Role role : {Role::supervisor, Role::witness, Role::auditor}) {
    const auto access = site.staff(role);
    for (const auto& route : http::route_table()) {
      if (route.method == Method::get || !route.pattern.starts_with("/api/v1/elections")) continue;
      if (route.roles.everybody()) continue;  // what voters send
      if (route.pattern.ends_with("/incidents") && role != Role::auditor) continue;
      CAPTURE(election::role_name(role), route.pattern);
      const auto reply = client.send(std::string(http::method_name(route.method)),
                                     filled(route.pattern, election.uuid()), access.write());
      CHECK(error_code(reply) == "not_permitted");
    }
  }
  CHECK(election.size() == before);
  const auto noted = site.post(election.path("/incidents"), site.staff(Role::supervisor),
                               R"({"text":"A ballot box stood open for a minute.","entries":[]})");
  CHECK(noted.status == 201);
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

}  // namespace suara::test
