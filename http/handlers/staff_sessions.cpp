#include "http/handlers/staff_sessions.hpp"

#include <spdlog/spdlog.h>

#include "core/codec/json_reader.hpp"
#include "core/crypto/hash.hpp"
#include "http/passwords.hpp"
#include "http/totp.hpp"
#include "http/views_staff.hpp"

namespace suara::http {
namespace {

struct Shown {
  std::string login;
  std::string password;
  std::string code;  // empty where there is none
};

Result<Shown> read_login(std::string_view body) {
  const auto document = codec::JsonDocument::parse(body, "login");
  if (!document) return fail(document.error());
  codec::JsonFields fields(document->root(), {"login", "password"}, {"code"});
  Shown shown{std::string(fields.text("login")), std::string(fields.text("password")), {}};
  if (fields.has("code")) shown.code = fields.text("code");
  if (fields.failed()) return fail(fields.error());
  if (shown.password.size() > max_password) {
    return fail(ErrorCode::malformed, "login: password may be at most 1024 bytes.");
  }
  return shown;
}

Result<void> check_second_factor(ledger::StaffStore& staff, const std::string& login, const std::string& code,
                                 Timestamp now) {
  if (code.empty()) {
    return fail(ErrorCode::second_factor_needed, "This account asks for a code too; enter what its app shows now.");
  }
  const auto state = staff.totp(login);
  if (!state) return fail(state.error());
  if (!state->secret) return {};  // switched off meanwhile
  if (const auto step = totp::matching_step(*state->secret, code, now, state->last_step)) {
    const auto used = staff.use_totp(login, *step);
    if (!used) return fail(used.error());
    if (*used) return {};
  }
  return fail(ErrorCode::second_factor_needed,
              "The code is wrong, too old, or was used before; wait for the next one that the app shows.");
}

}  // namespace

Result<Response> open_session(ledger::StaffStore& staff, const ledger::StaffMember& member, Timestamp now, bool tls,
                              unsigned status) {
  const std::string token = random_token();
  const ledger::StaffSession session{crypto::sha256(token),          member.login, member.role, random_token(),
                                     {now.ms + session_lifetime_ms}, now,          now,         member.totp};
  if (auto swept = staff.remove_expired_sessions(now); !swept) return fail(std::move(swept.error()));
  if (auto added = staff.add_session(session); !added) return fail(std::move(added.error()));
  Response response = json_response(status, views::session(session));
  response.headers.emplace_back("Set-Cookie", set_cookie(session_cookie, token, session_lifetime_ms / 1000, tls));
  return response;
}

Handler log_in(ledger::StaffStore& staff, LoginGuard& logins, Clock clock, bool tls) {
  prepare_password_checks();
  return at_once([&staff, &logins, clock = std::move(clock), tls](const Call& call) -> Result<Response> {
    const auto shown = read_login(call.request.body);
    if (!shown) return fail(shown.error());
    const Timestamp now = clock();
    const std::string& address = call.request.peer;
    const std::string login = shown->login.substr(0, election::max_login_length + 1);
    if (const unsigned wait = logins.begin(login, address, now); wait > 0) {
      return error_response(too_many_tries(wait), wait);
    }
    const auto member = check_password(staff, shown->login, shown->password);
    Result<void> passed = member.map([](const auto&) {});
    if (member && member->totp) passed = check_second_factor(staff, member->login, shown->code, now);
    // A wrong password or code counts as a try; whoever only has not been asked for the code yet guessed nothing.
    const bool guessed = !passed && (passed.error().code == ErrorCode::bad_login ||
                                     (passed.error().code == ErrorCode::second_factor_needed && !shown->code.empty()));
    if (!guessed) logins.forgive(login, address, now);
    if (guessed) spdlog::warn("a login from {} failed", address);
    if (!passed) return fail(passed.error());
    spdlog::info("{} logged in", election::Actor{member->role, member->login}.text());
    return open_session(staff, *member, now, tls, 200);
  });
}

Handler show_session() {
  return at_once(
      [](const Call& call) -> Result<Response> { return json_response(200, views::session(*call.session)); });
}

Handler log_out(ledger::StaffStore& staff, bool tls) {
  return at_once([&staff, tls](const Call& call) -> Result<Response> {
    if (auto removed = staff.remove_session(call.session->token_hash); !removed) {
      return fail(std::move(removed.error()));
    }
    Response response;
    response.status = 204;
    response.headers.emplace_back("Set-Cookie", set_cookie(session_cookie, "", 0, tls));
    return response;
  });
}

Handler list_sessions(ledger::StaffStore& staff, Clock clock) {
  return at_once([&staff, clock = std::move(clock)](const Call& call) -> Result<Response> {
    const auto all = staff.sessions_of(call.session->login, clock());
    if (!all) return fail(all.error());
    return json_response(200, views::sessions(*all, call.session->token_hash));
  });
}

Handler end_session(ledger::StaffStore& staff, Clock clock) {
  return at_once([&staff, clock = std::move(clock)](const Call& call) -> Result<Response> {
    const auto all = staff.sessions_of(call.session->login, clock());
    if (!all) return fail(all.error());
    for (const auto& one : *all) {
      if (views::session_id(one) != call.rest) continue;
      if (auto removed = staff.remove_session(one.token_hash); !removed) return fail(std::move(removed.error()));
      Response response;
      response.status = 204;
      return response;
    }
    return fail(ErrorCode::not_found, "You have no session with this id; it may have ended.");
  });
}

}  // namespace suara::http
