#include "http/access.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "core/crypto/hash.hpp"
#include "ledger/memory_store.hpp"

namespace suara::http {
namespace {

using election::Role;

constexpr Route write{Method::post, "/x", {Role::committee}, {}, Where::here, nullptr};
constexpr Route read{Method::get, "/x", {Role::committee, Role::supervisor}, {}, Where::here, nullptr};

struct People {
  ledger::MemoryPeople store;
  std::string token = random_token();

  explicit People(Role role) {
    REQUIRE(store.add_session({crypto::sha256(token), "ani", role, "the-csrf-token", {1000}}));
  }
  Request request(const std::string& csrf = {}) const {
    Request request;
    request.headers.emplace_back("cookie", "other=1; suara_session=" + token);
    if (!csrf.empty()) request.headers.emplace_back("x-csrf-token", csrf);
    return request;
  }
};

ErrorCode refusal(People& people, const Request& request, const Route& route, Timestamp now = {1}) {
  const auto result = authorize(people.store, request, route, now);
  REQUIRE_FALSE(result);
  return result.error().code;
}

}  // namespace

TEST_CASE("a session with the right role and token may pass") {
  People people(Role::committee);
  const auto session = authorize(people.store, people.request("the-csrf-token"), write, {1});
  REQUIRE(session);
  CHECK(session->login == "ani");
  CHECK(authorize(people.store, people.request(), read, {1}));
}

TEST_CASE("without a session, or with an expired or unknown one, nobody passes") {
  People people(Role::committee);
  CHECK(refusal(people, Request{}, read) == ErrorCode::unauthenticated);
  CHECK(refusal(people, people.request(), read, {1000}) == ErrorCode::unauthenticated);
  Request other;
  other.headers.emplace_back("cookie", "suara_session=" + random_token());
  CHECK(refusal(people, other, read) == ErrorCode::unauthenticated);
}

TEST_CASE("the role is asked before the token, and a write needs the token") {
  People supervisor(Role::supervisor);
  CHECK(refusal(supervisor, supervisor.request("the-csrf-token"), write) == ErrorCode::not_permitted);
  CHECK(refusal(supervisor, supervisor.request(), write) == ErrorCode::not_permitted);
  People committee(Role::committee);
  CHECK(refusal(committee, committee.request(), write) == ErrorCode::csrf);
  CHECK(refusal(committee, committee.request("the-csrf-tokem"), write) == ErrorCode::csrf);
}

TEST_CASE("a lost database is not taken for a missing session") {
  struct Lost : ledger::MemoryPeople {
    Result<std::optional<ledger::StaffSession>> session(const Hash&, Timestamp) override {
      return fail(ErrorCode::unavailable, "gone");
    }
  } lost;
  Request request;
  request.headers.emplace_back("cookie", "suara_session=" + random_token());
  const auto result = authorize(lost, request, read, {1});
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::unavailable);
}

TEST_CASE("the session cookie is found by its whole name") {
  Request request;
  request.headers.emplace_back("cookie", "xsuara_session=a; suara_sessionx=b; suara_session=c; d");
  CHECK(session_token(request) == "c");
}

TEST_CASE("tokens are 256 random bits in base64url") {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string token = random_token();
    CHECK(token.size() == 43);
    CHECK(token.find_first_of("+/=") == std::string::npos);
    CHECK(from_base64url(token).value().size() == 32);
    seen.insert(token);
  }
  CHECK(seen.size() == 100);
}

}  // namespace suara::http
