#include "tests/integration/http/staff_tour.hpp"

#include <catch2/catch.hpp>
#include <chrono>

#include "core/codec/event.hpp"
#include "http/totp.hpp"

namespace suara::test {
namespace {

using election::Role;

std::string right_code(std::string_view base32) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  Bytes secret;
  std::uint64_t bits = 0;
  unsigned count = 0;
  for (const char c : base32) {
    bits = bits << 5 | alphabet.find(c);
    if ((count += 5) >= 8) secret.push_back(static_cast<std::uint8_t>(bits >> (count -= 8)));
  }
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  return http::totp::code(secret, http::totp::step_at({ms}));
}

void use_accounts(const TestSite& site, const StaffAccess& ani) {
  CHECK(site.get("/api/v1/setup").status == 200);
  CHECK(site.get("/api/v1/staff", ani.read()).status == 200);
  CHECK(site.post("/api/v1/staff", ani, R"({"login":"gone","role":"witness","password":"another password"})").status ==
        201);
  CHECK(site.post("/api/v1/staff/gone/reset", ani, R"({"password":"a given password"})").status == 204);
  CHECK(site.remove("/api/v1/staff/gone", ani).status == 204);

  const std::string password = R"({"password":"a long password"})";
  const auto offer = site.post("/api/v1/account/totp", ani);
  REQUIRE(offer.status == 200);
  const std::string code = R"({"code":")" + right_code(json_text(offer.body, "secret")) + R"("})";
  CHECK(site.post("/api/v1/account/totp/confirm", ani, code).status == 200);
  CHECK(site.remove("/api/v1/account/totp", ani, password).status == 200);
  CHECK(site.post("/api/v1/account/password", ani, R"({"old":"a long password","new":"a long password"})").status ==
        200);

  const auto second = site.post_json("/api/v1/session", R"({"login":"ani","password":"a long password"})");
  REQUIRE(second.status == 200);
  const auto sessions = site.get("/api/v1/sessions", ani.read());
  const auto other = sessions.body.find(R"("current":false)");
  REQUIRE(other != std::string::npos);
  const auto id = sessions.body.rfind(R"("id":")", other) + 6;
  CHECK(site.remove("/api/v1/sessions/" + sessions.body.substr(id, 16), ani).status == 204);
}

void use_devices(const TestSite& site, const WebElection& election, const StaffAccess& office) {
  const auto enrolled = site.post(election.path("/devices"), office, R"({"name":"Laptop","place":"tps-1"})");
  REQUIRE(enrolled.status == 201);
  const std::string named = R"({"device":")" + json_text(enrolled.body, "device") + "\"";
  const auto code = site.post(election.path("/devices/code"), office, named + "}");
  REQUIRE(code.status == 201);
  const auto claimed = site.post_json("/api/v1/device", R"({"code":")" + json_text(code.body, "code") + R"("})");
  REQUIRE(claimed.status == 200);
  const std::string cookie = claimed.header("set-cookie");
  StaffAccess device;  // whose cookie alone counts
  CHECK(site.get("/api/v1/device", {{"Cookie", cookie.substr(0, cookie.find(';'))}}).status == 200);
  CHECK(site.get(election.path("/devices"), office.read()).status == 200);
  CHECK(site.remove("/api/v1/device", device).status == 204);
  CHECK(site.post(election.path("/devices/revoke"), office, named + R"(,"reason":"It was stolen."})").status == 201);
}

}  // namespace

void use_every_staff_operation(const TestSite& site, const StaffAccess& ani) {
  use_accounts(site, ani);
  auto draft = small_draft();
  draft.policies.approval = election::ApprovalPolicy::two;
  const WebElection election(site, draft, {}, WebElection::Until::drafted);
  const auto office = site.staff(Role::committee);
  CHECK(site.get(election.path("/draft")).status == 200);
  CHECK(site.post(election.path("/draft"), office, codec::write_draft(draft)).status == 201);
  CHECK(site.get(election.path("/me"), office.read()).status == 200);
  CHECK(site.get(election.path("/officials"), office.read()).status == 200);
  const std::string official = R"({"login":"officer","role":"officer","place":"tps-1")";
  CHECK(site.post(election.path("/officials"), office, official + "}").status == 201);
  CHECK(site.post(election.path("/officials/revoke"), office, official + R"(,"reason":"Is on leave."})").status == 201);
  use_devices(site, election, office);

  const std::string correct = R"({"step":"correct","entry":1,"reason":"A name is misspelt."})";
  CHECK(site.post(election.path("/proposals"), ani, correct).status == 201);
  CHECK(site.get(election.path("/proposals"), ani.read()).status == 200);
  CHECK(site.post(election.path("/corrections"), office, "{}").status == 201);
  const std::string cancel = R"({"step":"cancel","reason":"The school is flooded."})";
  CHECK(site.post(election.path("/proposals"), ani, cancel).status == 201);
  CHECK(site.post(election.path("/proposals/withdraw"), ani, R"({"step":"cancel"})").status == 201);
  CHECK(site.post(election.path("/proposals"), ani, cancel).status == 201);
  CHECK(site.post(election.path("/cancellation"), office, "{}").status == 200);
}

}  // namespace suara::test
