#include "http/handlers/devices.hpp"
#include "http/handlers/officials.hpp"
#include "http/handlers/proposals.hpp"
#include "http/route_parts.hpp"

namespace suara::http {
namespace {

using election::Action;

// Who serves in an election, what they approve together, and the polling places' devices.
// clang-format off
const Route official_table[] = {
    {get, ELECTION "/me", any_account, no_body, Where::here, [](D) { return show_me(); }},
    {get, ELECTION "/officials", all_staff, no_body, Where::here, [](D d) { return list_officials(d.commands); }},
    {post, ELECTION "/officials", may(Action::appoint), json, Where::database,
     [](D d) { return appoint_official(d.commands, d.staff); }},
    {post, ELECTION "/officials/revoke", may(Action::revoke), json, Where::database,
     [](D d) { return revoke_official(d.commands); }},

    {get, ELECTION "/proposals", all_staff, no_body, Where::here, [](D d) { return list_proposals(d.commands); }},
    {post, ELECTION "/proposals", may(Action::propose), json, Where::database, [](D d) { return propose_step(d.commands); }},
    {post, ELECTION "/proposals/withdraw", may(Action::withdraw_proposal), json, Where::database,
     [](D d) { return withdraw_proposal(d.commands); }},
    {post, ELECTION "/cancellation", may(Action::cancel), json, Where::database,
     [](D d) { return cancel_election(d.commands); }},
    {post, ELECTION "/corrections", may(Action::correct), json, Where::database,
     [](D d) { return record_correction(d.commands); }},

    {get, ELECTION "/devices", all_staff, no_body, Where::database,
     [](D d) { return list_devices(d.commands, d.devices, d.ledgers, d.clock); }},
    {post, ELECTION "/devices", may(Action::enrol_device), json, Where::database,
     [](D d) { return enrol_device(d.commands, d.devices, d.ledgers, d.clock); }},
    {post, ELECTION "/devices/code", may(Action::enrol_device), json, Where::database,
     [](D d) { return renew_device_code(d.commands, d.devices, d.ledgers, d.clock); }},
    {post, ELECTION "/devices/revoke", may(Action::revoke_device), json, Where::database,
     [](D d) { return revoke_device(d.commands, d.devices, d.ledgers); }},

    {post, "/api/v1/device", everybody, json, Where::database,
     [](D d) { return claim_device(d.commands, d.devices, d.ledgers, d.claims, d.clock, d.tls); }},
    {get, "/api/v1/device", everybody, no_body, Where::here, [](D d) { return show_own_device(d.commands); }, asks_device},
    {remove, "/api/v1/device", everybody, no_body, Where::database, [](D d) { return release_device(d.devices, d.tls); }},
};
// clang-format on

}  // namespace

std::span<const Route> official_routes() { return official_table; }

}  // namespace suara::http
