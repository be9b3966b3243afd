#include "http/handlers/staff.hpp"

#include <spdlog/spdlog.h>

#include "core/codec/json_reader.hpp"
#include "core/crypto/hash.hpp"
#include "core/crypto/password.hpp"
#include "http/views.hpp"

namespace suara::http {
namespace {

constexpr std::size_t max_password = 1024;
constexpr std::size_t min_password = 10;

std::string cookie(std::string_view token, std::int64_t seconds, bool tls) {
  std::string text(session_cookie);
  text.append("=")
      .append(token)
      .append("; Path=/; HttpOnly; SameSite=Strict; Max-Age=")
      .append(std::to_string(seconds));
  if (tls) text += "; Secure";
  return text;
}

// Checked where there is no such login, so that the time of an answer does not tell which logins exist.
const std::string& nobodys_hash() {
  static const std::string hash = crypto::hash_password("nobody's password");
  return hash;
}

struct Credentials {
  std::string login;
  std::string password;
};

Result<Credentials> read_credentials(std::string_view body) {
  const auto document = codec::JsonDocument::parse(body, "login");
  if (!document) return fail(document.error());
  codec::JsonFields fields(document->root(), {"login", "password"});
  Credentials wanted{std::string(fields.text("login")), std::string(fields.text("password"))};
  if (fields.failed()) return fail(fields.error());
  if (wanted.password.size() > max_password) {
    return fail(ErrorCode::malformed, "login: password may be at most 1024 bytes.");
  }
  return wanted;
}

Result<ledger::StaffSession> open_session(ledger::PeopleStore& people, const Credentials& wanted, Timestamp now,
                                          std::string& token) {
  std::optional<ledger::StaffMember> member;
  if (check_login(wanted.login)) {
    auto found = people.staff(wanted.login);
    if (!found) return fail(std::move(found.error()));
    member = std::move(*found);
  }
  const bool right = crypto::password_matches(member ? member->password_hash : nobodys_hash(), wanted.password);
  if (!right || !member) return fail(ErrorCode::bad_login, "Login or password is wrong. Check both and try again.");
  token = random_token();
  ledger::StaffSession session{
      crypto::sha256(token), member->login, member->role, random_token(), {now.ms + session_lifetime_ms}};
  if (auto swept = people.remove_expired_sessions(now); !swept) return fail(std::move(swept.error()));
  if (auto added = people.add_session(session); !added) return fail(std::move(added.error()));
  return session;
}

}  // namespace

Result<void> check_login(std::string_view login) {
  if (!login.empty() && login.size() <= election::max_login_length &&
      login.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string_view::npos) {
    return {};
  }
  return fail(ErrorCode::malformed, "A login is 1 to 32 of the characters a-z, 0-9, dot, underscore and dash.");
}

Result<void> check_new_password(std::string_view password) {
  if (password.size() >= min_password && password.size() <= max_password) return {};
  return fail(ErrorCode::malformed, "A password must be 10 to 1024 bytes long.");
}

Handler log_in(ledger::PeopleStore& people, LoginGuard& logins, Clock clock, bool tls) {
  nobodys_hash();
  return at_once([&people, &logins, clock = std::move(clock), tls](const Call& call) -> Result<Response> {
    const auto wanted = read_credentials(call.request.body);
    if (!wanted) return fail(wanted.error());
    const Timestamp now = clock();
    const std::string login = wanted->login.substr(0, election::max_login_length + 1);
    if (const unsigned wait = logins.begin(login, call.request.peer, now); wait > 0) {
      return error_response(
          {ErrorCode::rate_limited, "Too many wrong tries; wait " + std::to_string(wait) + " seconds and try again."},
          wait);
    }
    std::string token;
    const auto session = open_session(people, *wanted, now, token);
    if (session || session.error().code != ErrorCode::bad_login) logins.forgive(login, call.request.peer, now);
    if (!session) {
      if (session.error().code == ErrorCode::bad_login) spdlog::warn("a login from {} failed", call.request.peer);
      return fail(session.error());
    }
    spdlog::info("{} logged in", election::Actor{session->role, session->login}.text());
    Response response = json_response(200, views::session(*session));
    response.headers.emplace_back("Set-Cookie", cookie(token, session_lifetime_ms / 1000, tls));
    return response;
  });
}

Handler show_session() {
  return at_once(
      [](const Call& call) -> Result<Response> { return json_response(200, views::session(*call.session)); });
}

Handler log_out(ledger::PeopleStore& people, bool tls) {
  return at_once([&people, tls](const Call& call) -> Result<Response> {
    if (auto removed = people.remove_session(call.session->token_hash); !removed)
      return fail(std::move(removed.error()));
    Response response;
    response.status = 204;
    response.headers.emplace_back("Set-Cookie", cookie("", 0, tls));
    return response;
  });
}

Handler add_staff(ledger::PeopleStore& people) {
  return at_once([&people](const Call& call) -> Result<Response> {
    const auto document = codec::JsonDocument::parse(call.request.body, "staff");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"login", "role", "password"});
    const std::string login(fields.text("login"));
    const std::string_view role_text = fields.text("role");
    const std::string_view password = fields.text("password");
    if (fields.failed()) return fail(fields.error());
    if (auto good = check_login(login); !good) return fail(std::move(good.error()));
    if (auto good = check_new_password(password); !good) return fail(std::move(good.error()));
    using election::Role;
    const auto role = election::role_from_name(role_text);
    if (!role || (*role != Role::administrator && *role != Role::committee && *role != Role::registrar &&
                  *role != Role::trustee && *role != Role::supervisor)) {
      return fail(ErrorCode::malformed,
                  "staff: role must be one of administrator, committee, registrar, trustee, supervisor.");
    }
    if (auto added = people.add_staff({login, *role, crypto::hash_password(password)}); !added) {
      return fail(std::move(added.error()));
    }
    spdlog::info("{} added {}", call.actor().text(), election::Actor{*role, login}.text());
    return json_response(201, views::staff_added(login, *role));
  });
}

}  // namespace suara::http
