#include "http/handlers/setup.hpp"
#include "http/handlers/staff.hpp"
#include "http/handlers/staff_account.hpp"
#include "http/handlers/staff_sessions.hpp"
#include "http/route_parts.hpp"

namespace suara::http {
namespace {

// Sessions and accounts.
// clang-format off
const Route staff_table[] = {
    {get, "/api/v1/setup", everybody, no_body, Where::database, [](D d) { return show_setup(d.staff, d.setup); }},
    {post, "/api/v1/setup", everybody, json, Where::password,
     [](D d) { return set_up(d.staff, d.setup, d.clock, d.tls); }},

    {post, "/api/v1/session", everybody, json, Where::password,
     [](D d) { return log_in(d.staff, d.logins, d.clock, d.tls); }},
    {get, "/api/v1/session", any_account, no_body, Where::here, [](D) { return show_session(); }},
    {remove, "/api/v1/session", any_account, no_body, Where::database, [](D d) { return log_out(d.staff, d.tls); }},
    {get, "/api/v1/sessions", any_account, no_body, Where::database, [](D d) { return list_sessions(d.staff, d.clock); }},
    {remove, "/api/v1/sessions/{id}", any_account, no_body, Where::database,
     [](D d) { return end_session(d.staff, d.clock); }},

    {post, "/api/v1/account/password", any_account, json, Where::password,
     [](D d) { return change_password(d.staff, d.logins, d.clock); }},
    {post, "/api/v1/account/totp", any_account, no_body, Where::database, [](D d) { return offer_totp(d.staff); }},
    {post, "/api/v1/account/totp/confirm", any_account, json, Where::database,
     [](D d) { return confirm_totp(d.staff, d.logins, d.clock); }},
    {remove, "/api/v1/account/totp", any_account, json, Where::password,
     [](D d) { return remove_totp(d.staff, d.logins, d.clock); }},

    {get, "/api/v1/staff", administrator, no_body, Where::database, [](D d) { return list_staff(d.staff); }},
    {post, "/api/v1/staff", administrator, json, Where::password, [](D d) { return add_staff(d.staff); }},
    {remove, "/api/v1/staff/{login}", administrator, no_body, Where::database, [](D d) { return remove_staff(d.staff); }},
    {post, "/api/v1/staff/{login}/reset", administrator, json, Where::password, [](D d) { return reset_staff(d.staff); }},
};
// clang-format on

}  // namespace

std::span<const Route> staff_routes() { return staff_table; }

}  // namespace suara::http
