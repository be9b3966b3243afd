#include "http/handlers/staff_account.hpp"

#include <spdlog/spdlog.h>

#include "core/codec/json_reader.hpp"
#include "core/crypto/password.hpp"
#include "http/passwords.hpp"
#include "http/totp.hpp"
#include "http/views_staff.hpp"

namespace suara::http {
namespace {

tl::unexpected<Error> wrong_code() {
  return fail(ErrorCode::second_factor_needed, "This is not the code that the app shows now; wait for the next one.");
}

Response session_now(const Call& call, bool totp) {
  ledger::StaffSession session = *call.session;
  session.totp = totp;
  return json_response(200, views::session(session));
}

}  // namespace

Handler change_password(ledger::StaffStore& staff, LoginGuard& logins, Clock clock) {
  return at_once([&staff, &logins, clock = std::move(clock)](const Call& call) -> Result<Response> {
    const auto document = codec::JsonDocument::parse(call.request.body, "password");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"old", "new"});
    const std::string_view old = fields.text("old");
    const std::string_view fresh = fields.text("new");
    if (fields.failed()) return fail(fields.error());
    if (auto good = check_new_password(fresh); !good) return fail(std::move(good.error()));
    if (auto shown = confirm_password(staff, logins, clock, call, call.request.peer, old); !shown) {
      return fail(std::move(shown.error()));
    }
    auto set = staff.set_password(call.session->login, crypto::hash_password(fresh), call.session->token_hash);
    if (!set) return fail(std::move(set.error()));
    spdlog::info("{} changed the password", call.actor().text());
    return session_now(call, call.session->totp);
  });
}

Handler offer_totp(ledger::StaffStore& staff) {
  return at_once([&staff](const Call& call) -> Result<Response> {
    const Bytes secret = totp::new_secret();
    const auto offered = staff.offer_totp(call.session->login, secret);
    if (!offered) return fail(offered.error());
    if (!*offered) {
      return fail(ErrorCode::conflict, "The second factor is on already; switch it off before setting up another app.");
    }
    const std::string text = totp::base32(secret);
    return json_response(200, views::totp_offer(text, totp::key_uri(call.session->login, text)));
  });
}

Handler confirm_totp(ledger::StaffStore& staff, LoginGuard& logins, Clock clock) {
  return at_once([&staff, &logins, clock = std::move(clock)](const Call& call) -> Result<Response> {
    const auto document = codec::JsonDocument::parse(call.request.body, "code");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"code"});
    const std::string_view code = fields.text("code");
    if (fields.failed()) return fail(fields.error());
    const std::string& login = call.session->login;
    const Timestamp now = clock();
    const auto state = staff.totp(login);
    if (!state) return fail(state.error());
    if (!state->offered) return fail(ErrorCode::conflict, "There is no app to confirm; begin again.");
    if (const unsigned wait = logins.begin(login, call.request.peer, now); wait > 0) return fail(too_many_tries(wait));
    const auto step = totp::matching_step(*state->offered, code, now, state->last_step);
    if (!step) return wrong_code();
    logins.forgive(login, call.request.peer, now);
    const auto confirmed = staff.confirm_totp(login, *state->offered, *step);
    if (!confirmed) return fail(confirmed.error());
    if (!*confirmed) return fail(ErrorCode::conflict, "Another app was set up meanwhile; begin again.");
    spdlog::info("{} switched the second factor on", call.actor().text());
    return session_now(call, true);
  });
}

Handler remove_totp(ledger::StaffStore& staff, LoginGuard& logins, Clock clock) {
  return at_once([&staff, &logins, clock = std::move(clock)](const Call& call) -> Result<Response> {
    const auto document = codec::JsonDocument::parse(call.request.body, "password");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"password"});
    const std::string_view password = fields.text("password");
    if (fields.failed()) return fail(fields.error());
    if (auto shown = confirm_password(staff, logins, clock, call, call.request.peer, password); !shown) {
      return fail(std::move(shown.error()));
    }
    if (auto removed = staff.remove_totp(call.session->login); !removed) return fail(std::move(removed.error()));
    spdlog::info("{} switched the second factor off", call.actor().text());
    return session_now(call, false);
  });
}

}  // namespace suara::http
