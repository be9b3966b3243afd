#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <thread>

#include "http/totp.hpp"
#include "tests/integration/http/site.hpp"

// Accounts, their sessions and their second factor, asked of the running service.
namespace suara::test {
namespace {

using election::Role;

StaffAccess access_of(const HttpReply& reply) {
  const std::string cookie = reply.header("set-cookie");
  REQUIRE(cookie.starts_with("suara_session="));
  return {cookie.substr(14, cookie.find(';') - 14), json_text(reply.body, "csrf_token")};
}

HttpReply log_in(const TestSite& site, const std::string& login, const std::string& password,
                 const std::string& code = {}) {
  return site.post_json("/api/v1/session", R"({"login":")" + login + R"(","password":")" + password + "\"" +
                                               (code.empty() ? "" : R"(,"code":")" + code + "\"") + "}");
}

// An administrator with a password, and a site of one's own.
struct Office {
  MariadbServer database;
  TestSite site{database};
  StaffAccess ani;

  Office() {
    REQUIRE(create_admin(database.service(), "ani", "a long password") == 0);
    const auto reply = log_in(site, "ani", "a long password");
    REQUIRE(reply.status == 200);
    ani = access_of(reply);
  }
  void add(const std::string& login, const std::string& role, const std::string& password) const {
    const auto reply =
        site.post("/api/v1/staff", ani,
                  R"({"login":")" + login + R"(","role":")" + role + R"(","password":")" + password + R"("})");
    REQUIRE(reply.status == 201);
  }
};

Bytes from_base32(std::string_view text) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  Bytes bytes;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    bits = bits << 5 | static_cast<std::uint32_t>(alphabet.find(c));
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes.push_back(static_cast<std::uint8_t>(bits >> count));
  }
  return bytes;
}

// The code of the present step, or of one beside it.
std::string code_now(const Bytes& secret, int offset) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  return http::totp::code(secret, http::totp::step_at({ms}) + static_cast<std::uint64_t>(offset));
}

// So that no step ends between two requests of a test.
void wait_for_a_young_step() {
  for (;;) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    if (std::chrono::duration_cast<std::chrono::seconds>(now).count() % 30 < 20) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
}

std::string session_ids(const HttpReply& list, bool current) {
  std::string ids;
  const std::string wanted = std::string(R"("current":)") + (current ? "true" : "false");
  for (std::size_t at = list.body.find(R"("id":")"); at != std::string::npos;
       at = list.body.find(R"("id":")", at + 1)) {
    const auto end = list.body.find('}', at);
    if (list.body.substr(at, end - at).find(wanted) != std::string::npos) ids += list.body.substr(at + 6, 16);
  }
  return ids;
}

}  // namespace

TEST_CASE("logging in, the session, adding staff, logging out") {
  MariadbServer database;
  TestSite site(database);
  REQUIRE(create_admin(database.service(), "ani", "short") == 1);
  REQUIRE(create_admin(database.service(), "ani", "a long password") == 0);
  CHECK(create_admin(database.service(), "budi", "a long password") == 1);  // only the first

  CHECK(error_code(log_in(site, "ani", "a wrong password")) == "bad_login");
  CHECK(error_code(log_in(site, "nobody", "x")) == "bad_login");
  CHECK(error_code(site.post_json("/api/v1/session", R"({"login":"ani"})")) == "malformed");

  const auto right = log_in(site, "ani", "a long password");
  REQUIRE(right.status == 200);
  CHECK(json_text(right.body, "role") == "administrator");
  const std::string cookie = right.header("set-cookie");
  CHECK(cookie.find("; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200") != std::string::npos);
  CHECK(cookie.find("Secure") == std::string::npos);
  const auto ani = access_of(right);
  CHECK(site.get("/api/v1/session", ani.read()).body == right.body);

  const std::string staff = R"({"login":"sari","role":"supervisor","password":"another password"})";
  CHECK(site.post("/api/v1/staff", ani, staff).status == 201);
  CHECK(error_code(site.post("/api/v1/staff", ani, staff)) == "conflict");
  for (const char* bad : {R"({"login":"Sari","role":"supervisor","password":"another password"})",
                          R"({"login":"sri","role":"voter","password":"another password"})",
                          R"({"login":"sri","role":"supervisor","password":"short"})"}) {
    CHECK(error_code(site.post("/api/v1/staff", ani, bad)) == "malformed");
  }
  CHECK(site.get("/api/v1/staff", ani.read()).body ==
        R"({"staff":[{"login":"ani","role":"administrator","totp":false},)"
        R"({"login":"sari","role":"supervisor","totp":false}]})");
  CHECK(log_in(site, "sari", "another password").status == 200);

  CHECK(site.remove("/api/v1/session", ani).status == 204);
  CHECK(site.get("/api/v1/session", ani.read()).status == 401);
  CHECK(site.service().log().find("password") == std::string::npos);
}

TEST_CASE("the sixth wrong password within a minute waits, also for those who know it") {
  MariadbServer database;
  TestSite site(database);
  REQUIRE(create_admin(database.service(), "ani", "a long password") == 0);
  for (int i = 0; i < 5; ++i) CHECK(log_in(site, "ani", "a wrong password").status == 401);
  const auto reply = log_in(site, "ani", "a long password");
  CHECK(reply.status == 429);
  CHECK(error_code(reply) == "rate_limited");
  CHECK(std::stoi(reply.header("retry-after")) > 30);
}

TEST_CASE("whoever reads the service's token makes the first administrator, once") {
  MariadbServer database;
  TestSite site(database);
  const auto file = database.dir() / "suara" / "keys" / "setup.token";
  CHECK(site.get("/api/v1/setup").body == R"({"needed":true})");
  REQUIRE(std::filesystem::exists(file));
  CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms::all) ==
        (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
  std::string token;
  std::getline(std::ifstream(file), token);
  const auto body = [](const std::string& shown, const std::string& login, const std::string& password) {
    return R"({"token":")" + shown + R"(","login":")" + login + R"(","password":")" + password + R"("})";
  };
  const auto wrong = site.post_json("/api/v1/setup", body("not-the-token", "ani", "a long password"));
  CHECK(wrong.status == 403);
  CHECK(error_code(wrong) == "not_permitted");
  // What is mistyped does not use the token up.
  CHECK(error_code(site.post_json("/api/v1/setup", body(token, "Ani", "a long password"))) == "malformed");
  CHECK(error_code(site.post_json("/api/v1/setup", body(token, "ani", "short"))) == "malformed");

  const auto made = site.post_json("/api/v1/setup", body(token, "ani", "a long password"));
  REQUIRE(made.status == 201);
  CHECK(json_text(made.body, "role") == "administrator");
  CHECK(site.get("/api/v1/staff", access_of(made).read()).status == 200);
  CHECK_FALSE(std::filesystem::exists(file));
  CHECK(site.get("/api/v1/setup").body == R"({"needed":false})");
  CHECK(error_code(site.post_json("/api/v1/setup", body(token, "budi", "a long password"))) == "conflict");
  CHECK(log_in(site, "budi", "a long password").status == 401);
  CHECK(site.service().log().find(token) == std::string::npos);
}

TEST_CASE("a second factor is asked for once it is confirmed, and each code is good once") {
  Office office;
  TestSite& site = office.site;
  wait_for_a_young_step();
  const auto offer = site.post("/api/v1/account/totp", office.ani);
  REQUIRE(offer.status == 200);
  const Bytes secret = from_base32(json_text(offer.body, "secret"));
  CHECK(json_text(offer.body, "uri").find("otpauth://totp/Suara:ani?secret=") == 0);
  // Not confirmed yet, so not asked for.
  CHECK(log_in(site, "ani", "a long password").status == 200);
  const auto confirm = [&](const std::string& code) {
    return site.post("/api/v1/account/totp/confirm", office.ani, R"({"code":")" + code + R"("})");
  };
  CHECK(error_code(confirm("000000x")) == "second_factor_needed");
  const auto on = confirm(code_now(secret, -1));
  REQUIRE(on.status == 200);
  CHECK(on.body.find(R"("totp":true)") != std::string::npos);
  CHECK(error_code(site.post("/api/v1/account/totp", office.ani)) == "conflict");

  CHECK(error_code(log_in(site, "ani", "a long password")) == "second_factor_needed");
  CHECK(error_code(log_in(site, "ani", "a long password", code_now(secret, -1))) == "second_factor_needed");
  CHECK(log_in(site, "ani", "a long password", code_now(secret, 0)).status == 200);
  CHECK(error_code(log_in(site, "ani", "a long password", code_now(secret, 0))) == "second_factor_needed");
  CHECK(log_in(site, "ani", "a long password", code_now(secret, 1)).status == 200);

  CHECK(error_code(site.remove("/api/v1/account/totp", office.ani, R"({"password":"a wrong password"})")) ==
        "bad_login");
  CHECK(site.remove("/api/v1/account/totp", office.ani, R"({"password":"a long password"})").status == 200);
  CHECK(log_in(site, "ani", "a long password").status == 200);
  CHECK(site.service().log().find(json_text(offer.body, "secret")) == std::string::npos);
}

TEST_CASE("wrong codes are counted like wrong passwords") {
  Office office;
  TestSite& site = office.site;
  wait_for_a_young_step();
  const Bytes secret = from_base32(json_text(site.post("/api/v1/account/totp", office.ani).body, "secret"));
  REQUIRE(
      site.post("/api/v1/account/totp/confirm", office.ani, R"({"code":")" + code_now(secret, 0) + R"("})").status ==
      200);
  for (int i = 0; i < 5; ++i) CHECK(log_in(site, "ani", "a long password", "abcdef").status == 401);
  CHECK(log_in(site, "ani", "a long password", code_now(secret, 1)).status == 429);
}

TEST_CASE("an account sees its own sessions and ends them at once, and no others") {
  Office office;
  TestSite& site = office.site;
  office.add("sari", "committee", "another password");
  const auto sari = access_of(log_in(site, "sari", "another password"));
  const auto second = access_of(log_in(site, "ani", "a long password"));
  const auto list = site.get("/api/v1/sessions", office.ani.read());
  REQUIRE(list.status == 200);
  const std::string mine = session_ids(list, true), other = session_ids(list, false);
  CHECK(mine.size() == 16);
  CHECK(other.size() == 16);

  // Another account's session is nobody else's to end.
  CHECK(error_code(site.remove("/api/v1/sessions/" + mine, sari)) == "not_found");
  CHECK(site.get("/api/v1/session", second.read()).status == 200);
  CHECK(site.remove("/api/v1/sessions/" + other, office.ani).status == 204);
  CHECK(site.get("/api/v1/session", second.read()).status == 401);
  CHECK(site.get("/api/v1/session", office.ani.read()).status == 200);
  CHECK(error_code(site.remove("/api/v1/sessions/" + other, office.ani)) == "not_found");
}

TEST_CASE("a new password needs the old one and ends the account's other sessions") {
  Office office;
  TestSite& site = office.site;
  const auto second = access_of(log_in(site, "ani", "a long password"));
  const auto change = [&](const std::string& old, const std::string& fresh) {
    return site.post("/api/v1/account/password", office.ani, R"({"old":")" + old + R"(","new":")" + fresh + R"("})");
  };
  CHECK(error_code(change("a wrong password", "a fresh password")) == "bad_login");
  CHECK(error_code(change("a long password", "short")) == "malformed");
  CHECK(site.get("/api/v1/session", second.read()).status == 200);
  CHECK(change("a long password", "a fresh password").status == 200);
  CHECK(site.get("/api/v1/session", second.read()).status == 401);
  CHECK(site.get("/api/v1/session", office.ani.read()).status == 200);
  CHECK(log_in(site, "ani", "a long password").status == 401);
  CHECK(log_in(site, "ani", "a fresh password").status == 200);
}

TEST_CASE("resetting one account touches no other") {
  Office office;
  TestSite& site = office.site;
  office.add("sari", "committee", "another password");
  office.add("tono", "committee", "a third password");
  wait_for_a_young_step();
  const auto sari = access_of(log_in(site, "sari", "another password"));
  const auto tono = access_of(log_in(site, "tono", "a third password"));
  std::map<std::string, Bytes> secrets;
  for (const auto& [login, access] : {std::pair{"sari", sari}, {"tono", tono}}) {
    secrets[login] = from_base32(json_text(site.post("/api/v1/account/totp", access).body, "secret"));
    REQUIRE(site.post("/api/v1/account/totp/confirm", access, R"({"code":")" + code_now(secrets[login], 0) + R"("})")
                .status == 200);
  }
  const std::string body = R"({"password":"a given password"})";
  CHECK(error_code(site.post("/api/v1/staff/sari/reset", tono, body)) == "not_permitted");
  CHECK(error_code(site.post("/api/v1/staff/nobody/reset", office.ani, body)) == "not_found");
  CHECK(error_code(site.post("/api/v1/staff/ani/reset", office.ani, body)) == "conflict");
  CHECK(error_code(site.post("/api/v1/staff/sari/reset", office.ani, R"({"password":"short"})")) == "malformed");
  CHECK(site.post("/api/v1/staff/sari/reset", office.ani, body).status == 204);

  CHECK(site.get("/api/v1/session", sari.read()).status == 401);
  CHECK(log_in(site, "sari", "another password").status == 401);
  CHECK(log_in(site, "sari", "a given password").status == 200);  // and no code is asked for
  CHECK(site.get("/api/v1/session", tono.read()).status == 200);
  CHECK(error_code(log_in(site, "tono", "a given password")) == "bad_login");
  CHECK(error_code(log_in(site, "tono", "a third password")) == "second_factor_needed");
  CHECK(log_in(site, "tono", "a third password", code_now(secrets["tono"], 1)).status == 200);
  CHECK(log_in(site, "ani", "a long password").status == 200);
}

TEST_CASE("a removed account is out at once, and an administrator always remains") {
  Office office;
  TestSite& site = office.site;
  office.add("sari", "administrator", "another password");
  const auto sari = access_of(log_in(site, "sari", "another password"));
  CHECK(error_code(site.remove("/api/v1/staff/ani", office.ani)) == "conflict");
  CHECK(error_code(site.remove("/api/v1/staff/nobody", office.ani)) == "not_found");
  CHECK(site.remove("/api/v1/staff/sari", office.ani).status == 204);
  CHECK(site.get("/api/v1/session", sari.read()).status == 401);
  CHECK(error_code(site.get("/api/v1/staff", sari.read())) == "unauthenticated");
  CHECK(log_in(site, "sari", "another password").status == 401);
}

}  // namespace suara::test
