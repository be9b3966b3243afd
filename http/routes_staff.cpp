#include "http/handlers/staff.hpp"
#include "http/route_parts.hpp"

namespace suara::http {
namespace {

// Sessions and accounts.
// clang-format off
const Route table[] = {
    {post, "/api/v1/session", everybody, json, Where::password,
     [](D d) { return log_in(d.people, d.logins, d.clock, d.tls); }},
    {get, "/api/v1/session", any_account, no_body, Where::here, [](D) { return show_session(); }},
    {remove, "/api/v1/session", any_account, no_body, Where::database, [](D d) { return log_out(d.people, d.tls); }},
    {post, "/api/v1/staff", administrator, json, Where::password, [](D d) { return add_staff(d.people); }},
};
// clang-format on

}  // namespace

std::span<const Route> staff_routes() { return table; }

}  // namespace suara::http
