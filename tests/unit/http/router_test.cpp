#include "http/router.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "http/routes.hpp"

namespace suara::http {
namespace {

Handler nothing(const Dependencies&) {
  return [](const Call&, const Done& done) { done(Response{}); };
}

const Route routes[] = {
    {Method::get, "/", {}, {}, Where::here, nothing},
    {Method::get, "/a/{uuid}", {}, {}, Where::here, nothing},
    {Method::post, "/a/{uuid}", {}, {}, Where::here, nothing},
    {Method::remove, "/a/{uuid}/b", {}, {}, Where::here, nothing},
    {Method::get, "/files/{rest}", {}, {}, Where::here, nothing},
    {Method::post, "/b/{login}/reset", {}, {}, Where::here, nothing},
};

// The handlers above look at no dependency.
Router make_router() { return Router(routes, *static_cast<const Dependencies*>(static_cast<const void*>(routes))); }

const std::string uuid = "ucSijHEHGk8LHG";

}  // namespace

TEST_CASE("a path finds its route and its parts") {
  const Router router = make_router();
  std::string allow;
  const auto home = router.match(Method::get, "/", allow);
  REQUIRE(home);
  CHECK(home->route == &routes[0]);
  const auto one = router.match(Method::post, "/a/" + uuid, allow);
  REQUIRE(one);
  CHECK(one->route == &routes[2]);
  CHECK(one->uuid.value == uuid);
  const auto file = router.match(Method::get, "/files/x/y.js", allow);
  REQUIRE(file);
  CHECK(file->rest == "x/y.js");
}

TEST_CASE("HEAD is answered where GET is") {
  std::string allow;
  CHECK(make_router().match(Method::head, "/", allow));
}

TEST_CASE("a wrong method is told which are right") {
  std::string allow;
  const auto match = make_router().match(Method::options, "/a/" + uuid, allow);
  REQUIRE_FALSE(match);
  CHECK(match.error().code == ErrorCode::method_not_allowed);
  CHECK(allow == "GET, HEAD, POST");
}

TEST_CASE("unknown paths and election numbers of a wrong form are not found") {
  const auto path = GENERATE(as<std::string>{}, "", "x", "//", "/a", "/a/", "/a/short", "/a/ucSijHEHGk8LH0",
                             "/a/ucSijHEHGk8LHG/", "/a/ucSijHEHGk8LHG/c", "/files/", "/files", "/a/%75cSijHEHGk8LHG",
                             "/a/ucSijHEHGk8LHGucSijHEHGk8LHGucSijHEHGk8LHG");
  CAPTURE(path);
  std::string allow;
  const auto match = make_router().match(Method::get, path, allow);
  REQUIRE_FALSE(match);
  CHECK(match.error().code == ErrorCode::not_found);
}

TEST_CASE("every writing route of the table is for staff, but for what voters and devices send and for logging in") {
  using election::Role;
  std::set<std::string> open;
  for (const Route& route : route_table()) {
    CAPTURE(route.pattern);
    if (route.method == Method::get || route.method == Method::options) continue;
    if (route.roles.everybody()) open.emplace(route.pattern);
    CHECK(route.needs_csrf() != route.roles.everybody());
    // Below an election nobody writes who only watches; everybody may change their own account.
    const bool watched = route.pattern.ends_with("/incidents") || route.roles.any_session();
    CHECK((watched || !route.roles.contain(Role::supervisor)));
    CHECK((watched || !route.roles.contain(Role::witness)));
    CHECK((route.roles.any_session() || !route.roles.contain(Role::auditor)));
    if (route.body.limit > small_body) CHECK_FALSE(route.roles.everybody());
  }
  CHECK(open == std::set<std::string>{"/api/v1/elections/{uuid}/sign-in", "/api/v1/elections/{uuid}/ballots",
                                      "/api/v1/elections/{uuid}/challenges", "/api/v1/session", "/api/v1/setup",
                                      "/api/v1/device"});
}

TEST_CASE("whoever logged in, in whatever role, may use the addresses of the own account alone") {
  for (const Route& route : route_table()) {
    if (!route.roles.any_session()) continue;
    CAPTURE(route.pattern);
    CHECK((route.pattern.starts_with("/api/v1/session") || route.pattern.starts_with("/api/v1/account/") ||
           route.pattern.ends_with("/me")));
  }
}

TEST_CASE("a segment with a name of its own is handed to the handler") {
  std::string allow;
  const auto match = make_router().match(Method::post, "/b/somebody/reset", allow);
  REQUIRE(match);
  CHECK(match->rest == "somebody");
  CHECK_FALSE(make_router().match(Method::post, "/b//reset", allow));
  CHECK_FALSE(make_router().match(Method::post, "/b/a/b/reset", allow));
}

}  // namespace suara::http
