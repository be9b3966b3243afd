#include "http/access.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "core/crypto/hash.hpp"
#include "http/roles_held.hpp"
#include "ledger/memory_staff.hpp"

namespace suara::http {
namespace {

using election::Role;

constexpr Route write{Method::post, "/x", {Role::committee}, {}, Where::here, nullptr};
constexpr Route read{Method::get, "/x", {Role::committee, Role::supervisor}, {}, Where::here, nullptr};
const ElectionUuid uuid{"ucSijHEHGk8LHG"};

struct People {
  ledger::MemoryStaff store;
  election::Summary summary;
  std::string token = random_token();
  Access access{store, nullptr, nullptr,
                [this](const ElectionUuid& asked) -> Result<std::shared_ptr<const election::Summary>> {
                  if (asked != uuid) return fail(ErrorCode::not_found, "none");
                  return std::make_shared<const election::Summary>(summary);
                }};

  explicit People(Role role) {
    REQUIRE(store.add_staff({"ani", role, "hash"}));
    REQUIRE(store.add_session({crypto::sha256(token), "ani", role, "the-csrf-token", {100'000}}));
  }
  Request request(const std::string& csrf = {}) const {
    Request request;
    request.headers.emplace_back("cookie", "other=1; suara_session=" + token);
    if (!csrf.empty()) request.headers.emplace_back("x-csrf-token", csrf);
    return request;
  }
  ErrorCode refusal(const Request& request, const Route& route, const ElectionUuid& asked = {},
                    Timestamp now = {1}) const {
    const auto result = access.admit(request, route, asked, now);
    REQUIRE_FALSE(result);
    return result.error().code;
  }
};

}  // namespace

TEST_CASE("a session with the right role and token may pass") {
  const People people(Role::committee);
  const auto caller = people.access.admit(people.request("the-csrf-token"), write, {}, {1});
  REQUIRE(caller);
  CHECK(caller->session->login == "ani");
  CHECK(caller->actor().text() == "committee:ani");
  CHECK(people.access.admit(people.request(), read, {}, {1}));
}

TEST_CASE("without a session, or with an expired or unknown one, nobody passes") {
  const People people(Role::committee);
  CHECK(people.refusal(Request{}, read) == ErrorCode::unauthenticated);
  CHECK(people.refusal(people.request(), read, {}, {100'000}) == ErrorCode::unauthenticated);
  Request other;
  other.headers.emplace_back("cookie", "suara_session=" + random_token());
  CHECK(people.refusal(other, read) == ErrorCode::unauthenticated);
}

TEST_CASE("a session of an account that was removed is none") {
  People people(Role::committee);
  REQUIRE(people.store.remove_staff("ani"));
  CHECK(people.refusal(people.request(), read) == ErrorCode::unauthenticated);
}

TEST_CASE("the role is asked before the token, and a write needs the token") {
  const People supervisor(Role::supervisor);
  CHECK(supervisor.refusal(supervisor.request("the-csrf-token"), write) == ErrorCode::not_permitted);
  CHECK(supervisor.refusal(supervisor.request(), write) == ErrorCode::not_permitted);
  const People committee(Role::committee);
  CHECK(committee.refusal(committee.request(), write) == ErrorCode::csrf);
  CHECK(committee.refusal(committee.request("the-csrf-tokem"), write) == ErrorCode::csrf);
}

TEST_CASE("in an election that appoints, an account is what it is appointed to, and at once") {
  People people(Role::committee);
  CHECK(people.access.admit(people.request(), read, uuid, {1}));  // nobody is appointed: the account's role
  people.summary.appoints = true;
  people.summary.officials = {{"budi", Role::committee, {}}};
  CHECK(people.refusal(people.request(), read, uuid) == ErrorCode::not_permitted);
  people.summary.officials.push_back({"ani", Role::supervisor, {}});
  const auto caller = people.access.admit(people.request(), read, uuid, {1});
  REQUIRE(caller);
  CHECK(caller->role == Role::supervisor);
  CHECK(people.refusal(people.request("the-csrf-token"), write, uuid) == ErrorCode::not_permitted);
  people.summary.officials.pop_back();
  CHECK(people.refusal(people.request(), read, uuid) == ErrorCode::not_permitted);
  CHECK(people.refusal(people.request(), read, ElectionUuid{"ucSijHEHGk8LHH"}) == ErrorCode::not_found);
}

TEST_CASE("an administrator acts as such in every election, and as a member of the committee where appointed") {
  election::Summary summary;
  summary.appoints = true;
  ledger::StaffSession session;
  session.login = "ani";
  session.role = Role::administrator;
  CHECK(roles_held(summary, session) == std::vector<HeldRole>{{Role::administrator, {}}});
  summary.officials = {{"ani", Role::committee, {}}, {"ani", Role::officer, PlaceId{"tps-1"}}};
  const auto held = roles_held(summary, session);
  CHECK(held.size() == 3);
  CHECK(acting_role(held, {Role::administrator, Role::committee}) == Role::committee);
  CHECK(acting_role(held, {Role::administrator, Role::officer}) == Role::administrator);
  CHECK(acting_role(held, {Role::officer}) == Role::officer);
  CHECK_FALSE(acting_role(held, {Role::registrar}));
}

TEST_CASE("an officer's account alone gives no place") {
  ledger::StaffSession session;
  session.role = Role::officer;
  CHECK(roles_held({}, session).empty());
}

TEST_CASE("a lost database is not taken for a missing session") {
  struct Lost : ledger::MemoryStaff {
    Result<std::optional<ledger::StaffSession>> session(const Hash&, Timestamp) override {
      return fail(ErrorCode::unavailable, "gone");
    }
  } lost;
  const Access access(lost, nullptr, nullptr, {});
  Request request;
  request.headers.emplace_back("cookie", "suara_session=" + random_token());
  const auto result = access.admit(request, read, {}, {1});
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::unavailable);
}

TEST_CASE("a cookie is found by its whole name") {
  Request request;
  request.headers.emplace_back("cookie", "xsuara_session=a; suara_sessionx=b; suara_session=c; d");
  CHECK(cookie_value(request, session_cookie) == "c");
  CHECK(cookie_value(request, device_cookie).empty());
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
