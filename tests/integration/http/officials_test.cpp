#include <catch2/catch.hpp>
#include <cctype>

#include "core/codec/event.hpp"
#include "tests/integration/http/site.hpp"

// Roles in an election, steps that two approve, the draft, and the places' devices, asked of the running service.
namespace suara::test {
namespace {

using election::Role;

std::string official(const std::string& login, const std::string& role, const std::string& place = {},
                     const std::string& reason = {}) {
  return R"({"login":")" + login + R"(","role":")" + role + "\"" +
         (place.empty() ? "" : R"(,"place":")" + place + "\"") +
         (reason.empty() ? "" : R"(,"reason":")" + reason + "\"") + "}";
}

std::string step(const std::string& name, const std::string& more = {}) {
  return R"({"step":")" + name + "\"" + more + "}";
}

election::Draft by_two() {
  auto draft = small_draft();
  draft.policies.approval = election::ApprovalPolicy::two;
  return draft;
}

}  // namespace

TEST_CASE("an account acts in an election as what it is appointed to, from then on until it is revoked") {
  TestSite& site = shared_site();
  const WebElection election(site, 1, WebElection::Until::drafted);
  const auto office = site.staff(Role::committee);
  const auto rina = site.staff("rina", Role::committee);  // an account that was added after the drafting
  const auto before = site.get(election.path("/officials"), office.read());
  REQUIRE(before.status == 200);
  CHECK(before.body.find(R"({"login":"registrar","role":"registrar"})") != std::string::npos);
  CHECK(before.body.find("rina") == std::string::npos);
  CHECK(before.body.find(R"("administrator")") == std::string::npos);

  CHECK(site.get(election.path("/me"), rina.read()).body == R"({"login":"rina","roles":[],"may":[]})");
  CHECK(error_code(site.get(election.path("/officials"), rina.read())) == "not_permitted");
  CHECK(error_code(site.post(election.path("/seal"), rina)) == "not_permitted");

  CHECK(site.post(election.path("/officials"), office, official("rina", "registrar")).status == 201);
  CHECK(error_code(site.post(election.path("/officials"), office, official("rina", "registrar"))) == "conflict");
  const auto me = site.get(election.path("/me"), rina.read());
  CHECK(me.body.find(R"("roles":[{"role":"registrar"}])") != std::string::npos);
  CHECK(me.body.find(R"("import_credentials")") != std::string::npos);
  CHECK(me.body.find(R"("seal")") == std::string::npos);
  CHECK(site.get(election.path("/roll"), rina.read()).status == 200);
  CHECK(error_code(site.post(election.path("/seal"), rina)) == "not_permitted");
  // A role in one election is none in another.
  const WebElection other(site, 1, WebElection::Until::drafted);
  CHECK(site.get(other.path("/me"), rina.read()).body.find(R"({"role":"committee"})") != std::string::npos);

  CHECK(error_code(site.post(election.path("/officials/revoke"), office, official("rina", "registrar"))) ==
        "malformed");
  CHECK(
      site.post(election.path("/officials/revoke"), office, official("rina", "registrar", {}, "Is on leave.")).status ==
      201);
  CHECK(error_code(site.get(election.path("/roll"), rina.read())) == "not_permitted");
}

TEST_CASE("appointments name accounts, roles and places that there are") {
  TestSite& site = shared_site();
  const WebElection election(site, 1, WebElection::Until::drafted);
  const auto office = site.staff(Role::committee);
  const auto size = election.size();
  const auto refused = [&](const std::string& body) {
    return error_code(site.post(election.path("/officials"), office, body));
  };
  CHECK(refused(official("nobody-at-all", "witness")) == "not_found");
  CHECK(refused(official("officer", "officer")) == "malformed");
  CHECK(refused(official("officer", "officer", "tps-9")) == "not_found");
  CHECK(refused(official("officer", "witness", "tps-1")) == "malformed");
  CHECK(refused(official("officer", "chief")) == "malformed");
  CHECK(refused(official("officer", "administrator")) == "malformed");
  CHECK(refused(R"({"login":"officer"})") == "malformed");
  CHECK(election.size() == size);
}

TEST_CASE("an election can be drafted with nobody but the drafter appointed") {
  TestSite& site = shared_site();
  const auto office = site.staff(Role::committee);
  const auto keeper = site.staff(Role::registrar);
  const std::string draft = codec::write_draft(small_draft());
  CHECK(error_code(site.post("/api/v1/elections?appoint=some", office, draft)) == "malformed");
  const auto drafted = site.post("/api/v1/elections?appoint=none", office, draft);
  REQUIRE(drafted.status == 201);
  const std::string path = "/api/v1/elections/" + json_text(drafted.body, "uuid");
  CHECK(site.get(path + "/officials", office.read()).body ==
        R"({"officials":[{"login":"committee","role":"committee"}]})");
  CHECK(error_code(site.get(path + "/roll", keeper.read())) == "not_permitted");
  const auto last = official("committee", "committee", {}, "No more.");
  CHECK(error_code(site.post(path + "/officials/revoke", office, last)) == "conflict");
}

TEST_CASE("under the approval policy two, one member proposes a step and another takes it") {
  TestSite& site = shared_site();
  const auto sari = site.staff("sari", Role::committee);
  const WebElection election(site, by_two(), {1}, WebElection::Until::enrolled);
  const auto office = site.staff(Role::committee);
  const auto chief = site.staff(Role::administrator);
  const auto size = election.size();
  CHECK(error_code(site.post(election.path("/seal"), office)) == "approval_needed");
  CHECK(election.size() == size);

  CHECK(site.get(election.path("/proposals"), office.read()).body == R"({"approval":"two","proposals":[]})");
  CHECK(error_code(site.post(election.path("/proposals"), office, step("dance"))) == "malformed");
  CHECK(error_code(site.post(election.path("/proposals"), office, step("close"))) == "wrong_phase");
  CHECK(site.post(election.path("/proposals"), office, step("seal")).status == 201);
  CHECK(error_code(site.post(election.path("/proposals"), sari, step("seal"))) == "conflict");
  const auto list = site.get(election.path("/proposals"), sari.read());
  CHECK(list.body.find(R"("step":"seal","reason":"","by":"committee:committee")") != std::string::npos);

  CHECK(error_code(site.post(election.path("/seal"), office)) == "approval_needed");
  CHECK(error_code(site.post(election.path("/seal"), chief)) == "approval_needed");
  CHECK(site.post(election.path("/proposals/withdraw"), sari, step("seal")).status == 201);
  CHECK(error_code(site.post(election.path("/seal"), sari)) == "approval_needed");
  CHECK(site.post(election.path("/proposals"), chief, step("seal")).status == 201);
  CHECK(site.post(election.path("/seal"), sari).status == 200);
  CHECK(site.get(election.path("/proposals"), sari.read()).body == R"({"approval":"two","proposals":[]})");

  CHECK(error_code(site.post(election.path("/proposals"), office, step("cancel"))) == "malformed");
  CHECK(
      site.post(election.path("/proposals"), office, step("cancel", R"(,"reason":"The school is flooded.")")).status ==
      201);
  CHECK(site.post(election.path("/cancellation"), sari, "{}").status == 200);
  CHECK(error_code(site.post(election.path("/open"), office)) == "wrong_phase");
}

TEST_CASE("one member cancels alone where one suffices, and must say why") {
  TestSite& site = shared_site();
  const WebElection election(site, 1, WebElection::Until::sealed);
  const auto office = site.staff(Role::committee);
  CHECK(error_code(site.post(election.path("/cancellation"), office, "{}")) == "malformed");
  CHECK(site.post(election.path("/cancellation"), office, R"({"reason":"The school is flooded."})").status == 200);
  CHECK(error_code(site.post(election.path("/open"), office)) == "wrong_phase");
  CHECK(error_code(site.post(election.path("/cancellation"), office, R"({"reason":"Again."})")) == "wrong_phase");
}

TEST_CASE("a correction names an entry that stands") {
  TestSite& site = shared_site();
  const WebElection election(site, 1, WebElection::Until::sealed);
  const auto office = site.staff(Role::committee);
  CHECK(site.post(election.path("/corrections"), office, R"({"entry":1,"reason":"A name is misspelt."})").status ==
        201);
  const auto size = election.size();
  for (const char* bad :
       {R"({"entry":100000,"reason":"A name is misspelt."})", R"({"entry":1,"reason":""})", R"({"entry":1})",
        R"({"reason":"A name is misspelt."})", "{}", R"({"entry":-1,"reason":"x"})"}) {
    CAPTURE(bad);
    const auto reply = site.post(election.path("/corrections"), office, bad);
    CHECK(reply.status >= 400);
    CHECK(reply.status < 500);
  }
  CHECK(election.size() == size);
}

TEST_CASE("the draft is given as it can be sent again, and revised until it is sealed") {
  TestSite& site = shared_site();
  const WebElection election(site, 1, WebElection::Until::drafted);
  const auto office = site.staff(Role::committee);
  const auto draft = site.get(election.path("/draft"));
  REQUIRE(draft.status == 200);
  CHECK(codec::read_draft(draft.body).value() == small_draft());
  auto revised = small_draft();
  revised.name = "Ketua OSIS 2027";
  revised.policies.approval = election::ApprovalPolicy::two;
  CHECK(site.post(election.path("/draft"), office, codec::write_draft(revised)).status == 201);
  CHECK(json_text(site.get(election.path()).body, "name") == "Ketua OSIS 2027");
  CHECK(codec::read_draft(site.get(election.path("/draft")).body).value() == revised);
  const auto base = std::to_string(json_number(site.get(election.path()).body, "draft_seq"));
  CHECK(site.post(election.path("/draft?base=" + base), office, codec::write_draft(revised)).status == 201);
  const auto late = site.post(election.path("/draft?base=" + base), office, codec::write_draft(revised));
  CHECK(late.status == 409);
  CHECK(error_code(late) == "draft_changed");
  CHECK(error_code(site.post(election.path("/draft?base=x"), office, codec::write_draft(revised))) == "malformed");
  revised.places.clear();
  CHECK(error_code(site.post(election.path("/draft"), office, codec::write_draft(revised))) == "invalid_draft");
  const WebElection sealed(site, 1, WebElection::Until::sealed);
  CHECK(error_code(site.post(sealed.path("/draft"), office, codec::write_draft(small_draft()))) == "wrong_phase");
}

namespace {

StaffAccess officer_of(const TestSite& site, const WebElection& election) {
  const auto appointed =
      site.post(election.path("/officials"), site.staff(Role::committee), official("officer", "officer", "tps-1"));
  REQUIRE(appointed.status == 201);
  return site.staff(Role::officer);
}

HttpHeaders device_header(const HttpReply& claimed) {
  const std::string cookie = claimed.header("set-cookie");
  REQUIRE(cookie.starts_with("suara_device="));
  return {{"Cookie", cookie.substr(0, cookie.find(';'))}};
}

}  // namespace

TEST_CASE("a device is enrolled, claimed by its code once, and out as soon as it is revoked") {
  TestSite& site = shared_site();
  auto draft = small_draft();
  draft.places.push_back({PlaceId{"tps-2"}, "TPS 2"});
  const WebElection election(site, draft, {}, WebElection::Until::drafted);
  const auto keeper = officer_of(site, election);
  CHECK(error_code(site.post(election.path("/devices"), keeper, R"({"name":"Laptop","place":"tps-2"})")) ==
        "not_permitted");
  const auto enrolled = site.post(election.path("/devices"), keeper, R"({"name":"Laptop","place":"tps-1"})");
  REQUIRE(enrolled.status == 201);
  const std::string device = json_text(enrolled.body, "device"), code = json_text(enrolled.body, "code");
  CHECK(device.size() == 8);
  CHECK(code.size() == 8);
  const auto shown = [&](bool claimed, bool revoked) {
    return R"({"devices":[{"device":")" + device + R"(","name":"Laptop","place":"tps-1","claimed":)" +
           (claimed ? "true" : "false") + R"(,"revoked":)" + (revoked ? "true" : "false") + "}]}";
  };
  CHECK(site.get(election.path("/devices"), keeper.read()).body == shown(false, false));

  CHECK(error_code(site.get("/api/v1/device")) == "not_found");
  CHECK(error_code(site.post_json("/api/v1/device", R"({"code":"AAAAAAAA"})")) == "not_found");
  // As it is typed: in small letters, in two groups.
  std::string typed = code.substr(0, 4) + " " + code.substr(4);
  for (char& c : typed) c = static_cast<char>(std::tolower(c));
  const auto claimed = site.post_json("/api/v1/device", R"({"code":")" + typed + R"("})");
  REQUIRE(claimed.status == 200);
  CHECK(claimed.header("set-cookie").find("; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000") != std::string::npos);
  CHECK(claimed.body == R"({"election":")" + election.uuid() + R"(","device":")" + device +
                            R"(","name":"Laptop","place":{"id":"tps-1","name":"TPS 1"}})");
  const auto header = device_header(claimed);
  CHECK(site.get("/api/v1/device", header).body == claimed.body);
  CHECK(site.get(election.path("/devices"), keeper.read()).body == shown(true, false));
  CHECK(error_code(site.post_json("/api/v1/device", R"({"code":")" + code + R"("})")) == "not_found");

  // A new code moves the claim to whoever types it.
  const auto renewed = site.post(election.path("/devices/code"), keeper, R"({"device":")" + device + R"("})");
  REQUIRE(renewed.status == 201);
  CHECK(site.get("/api/v1/device", header).status == 200);
  const auto moved = site.post_json("/api/v1/device", R"({"code":")" + json_text(renewed.body, "code") + R"("})");
  REQUIRE(moved.status == 200);
  CHECK(site.get("/api/v1/device", header).status == 404);
  CHECK(site.get("/api/v1/device", device_header(moved)).status == 200);

  CHECK(site.post(election.path("/devices/revoke"), keeper,
                  R"({"device":")" + device + R"(","reason":"It was stolen."})")
            .status == 201);
  CHECK(site.get("/api/v1/device", device_header(moved)).status == 404);
  CHECK(site.get(election.path("/devices"), keeper.read()).body == shown(false, true));
  CHECK(error_code(site.post(election.path("/devices/code"), keeper, R"({"device":")" + device + R"("})")) ==
        "conflict");
  CHECK(error_code(site.post(election.path("/devices/code"), keeper, R"({"device":"zzzzzzzz"})")) == "not_found");
}

TEST_CASE("a device gives its claim up, and guessing codes is slowed") {
  MariadbServer database;
  TestSite site(database);
  const WebElection election(site, 1, WebElection::Until::drafted);
  const auto enrolled =
      site.post(election.path("/devices"), site.staff(Role::committee), R"({"name":"Tablet","place":"tps-1"})");
  REQUIRE(enrolled.status == 201);
  const auto claimed = site.post_json("/api/v1/device", R"({"code":")" + json_text(enrolled.body, "code") + R"("})");
  REQUIRE(claimed.status == 200);
  const auto header = device_header(claimed);
  CHECK(site.client().send("DELETE", "/api/v1/device", header).status == 204);
  CHECK(site.get("/api/v1/device", header).status == 404);
  for (int i = 0; i < 5; ++i) {
    CHECK(error_code(site.post_json("/api/v1/device", R"({"code":"AAAAAAAA"})")) == "not_found");
  }
  const auto slowed = site.post_json("/api/v1/device", R"({"code":"AAAAAAAA"})");
  CHECK(slowed.status == 429);
  CHECK(std::stoi(slowed.header("retry-after")) > 30);
}

}  // namespace suara::test
