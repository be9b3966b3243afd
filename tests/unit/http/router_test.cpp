#include "http/router.hpp"

#include <catch2/catch.hpp>

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

TEST_CASE("every writing route of the table is for staff, but for what voters send and for logging in") {
  std::vector<std::string> open;
  for (const Route& route : route_table()) {
    if (route.method != Method::get && route.roles.everybody()) open.emplace_back(route.pattern);
    CHECK_FALSE((route.method != Method::get && route.roles.contain(election::Role::supervisor) &&
                 route.pattern != "/api/v1/session"));
    if (route.body.limit > small_body) CHECK_FALSE(route.roles.everybody());
  }
  CHECK(open == std::vector<std::string>{"/api/v1/elections/{uuid}/sign-in", "/api/v1/elections/{uuid}/ballots",
                                         "/api/v1/elections/{uuid}/challenges", "/api/v1/session"});
}

}  // namespace suara::http
