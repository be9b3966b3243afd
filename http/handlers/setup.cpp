#include "http/handlers/setup.hpp"

#include <spdlog/spdlog.h>

#include "core/codec/json_reader.hpp"
#include "core/crypto/password.hpp"
#include "http/handlers/staff_sessions.hpp"
#include "http/passwords.hpp"
#include "http/views_staff.hpp"

namespace suara::http {

Handler show_setup(ledger::StaffStore& staff, SetupToken& token) {
  return at_once([&staff, &token](const Call&) -> Result<Response> {
    const auto any = staff.any_staff();
    if (!any) return fail(any.error());
    if (*any) {
      token.remove();
    } else if (auto there = token.provide(); !there) {
      return fail(std::move(there.error()));
    }
    return json_response(200, views::setup(!*any));
  });
}

Handler set_up(ledger::StaffStore& staff, SetupToken& token, Clock clock, bool tls) {
  return at_once([&staff, &token, clock = std::move(clock), tls](const Call& call) -> Result<Response> {
    const auto document = codec::JsonDocument::parse(call.request.body, "setup");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"token", "login", "password"});
    const std::string_view shown = fields.text("token");
    const std::string login(fields.text("login"));
    const std::string_view password = fields.text("password");
    if (fields.failed()) return fail(fields.error());
    if (auto good = check_login(login); !good) return fail(std::move(good.error()));
    if (auto good = check_new_password(password); !good) return fail(std::move(good.error()));
    const auto any = staff.any_staff();
    if (!any) return fail(any.error());
    if (*any)
      return fail(ErrorCode::conflict, "Suara has been set up; log in, or ask an administrator for an account.");
    const auto right = token.use(shown);
    if (!right) return fail(right.error());
    if (!*right) {
      return fail(ErrorCode::not_permitted,
                  "This is not the token of the setup; take it anew from the file setup.token in the service's keys.");
    }
    const ledger::StaffMember first{login, election::Role::administrator, crypto::hash_password(password)};
    if (auto added = staff.add_staff(first); !added) return fail(std::move(added.error()));
    spdlog::info("{} set the service up", election::Actor{first.role, login}.text());
    return open_session(staff, first, clock(), tls, 201);
  });
}

}  // namespace suara::http
