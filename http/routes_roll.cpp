#include "http/handlers/attendance.hpp"
#include "http/handlers/alerts.hpp"
#include "http/handlers/ballots.hpp"
#include "http/handlers/credentials.hpp"
#include "http/handlers/photos.hpp"
#include "http/handlers/polling_day.hpp"
#include "http/handlers/roll.hpp"
#include "http/handlers/sign_in.hpp"
#include "http/handlers/voters.hpp"
#include "http/route_parts.hpp"

namespace suara::http {
namespace {

using election::Action;
using election::Role;

Roles also(Roles roles, std::initializer_list<Role> more) {
  for (const Role role : more) roles.add(role);
  return roles;
}

// The roll, the codes, what voters send, and what is said of an election while it is held.
// clang-format off
const Route roll_table[] = {
    {get, ELECTION "/challenge", everybody, no_body, Where::here,
     [](D d) { return give_challenge(d.commands, d.nonces, d.clock); }},
    {post, ELECTION "/sign-in", everybody, json, Where::verify,
     [](D d) { return sign_in(d.commands, d.nonces, d.clock); }, asks_device},
    {post, ELECTION "/ballots", everybody, json, Where::verify,
     [](D d) { return counting_refusals(cast_ballot(d.commands, d.pools.verify, d.metrics), d.rejections, d.clock); }, asks_device},
    {post, ELECTION "/challenges", everybody, json, Where::verify,
     [](D d) { return counting_refusals(challenge_ballot(d.commands, d.pools.verify, d.metrics), d.rejections, d.clock); }, asks_device},

    {post, ELECTION "/roll", may(Action::enrol_voters), large_csv, Where::database,
     [](D d) { return import_roll(d.commands, d.roll, d.ledgers); }},
    {get, ELECTION "/roll", also(may(Action::enrol_voters), {Role::officer}), no_body, Where::database,
     [](D d) { return list_voters(d.commands, d.roll, d.reads, d.ledgers); }},
    {get, ELECTION "/roll/summary",
     also(may(Action::enrol_voters), {Role::officer, Role::supervisor, Role::witness, Role::auditor}), no_body,
     Where::database, [](D d) { return count_voters(d.commands, d.roll, d.ledgers); }},
    {post, ELECTION "/voters", may(Action::enrol_voters), json, Where::database,
     [](D d) { return add_voter(d.commands, d.roll, d.ledgers); }},
    {post, ELECTION "/voters/correct", may(Action::correct_voter), json, Where::database,
     [](D d) { return correct_voter(d.commands, d.roll, d.ledgers); }},
    {post, ELECTION "/voters/remove", may(Action::remove_voter), json, Where::database,
     [](D d) { return remove_voter(d.commands, d.roll, d.ledgers); }},

    {remove, ELECTION "/voters/{id}/data", may(Action::enrol_voters), json, Where::database,
     [](D d) { return erase_voters(d.commands, d.roll, d.ledgers); }},
    {remove, ELECTION "/voters/data", may(Action::enrol_voters), json, Where::database,
     [](D d) { return erase_voters(d.commands, d.roll, d.ledgers); }},

    {post, ELECTION "/credentials", may(Action::import_credentials), large_json, Where::database,
     [](D d) { return import_credentials(d.commands); }},
    {post, ELECTION "/credentials/withdraw", may(Action::withdraw_credentials), json, Where::database,
     [](D d) { return withdraw_credentials(d.commands); }},
    {post, ELECTION "/credentials/replace", may(Action::replace_credential), json, Where::database,
     [](D d) { return replace_credential(d.commands); }},
    {get, ELECTION "/credentials/status", may(Action::import_credentials), no_body, Where::here,
     [](D d) { return show_credential(d.commands); }},

    {post, ELECTION "/attendance", may(Action::verify_at_place), json, Where::database,
     [](D d) { return mark_attendance(d.commands, d.roll, d.ledgers); }},
    {post, ELECTION "/extension", may(Action::extend), json, Where::database,
     [](D d) { return extend_voting(d.commands); }},
    {post, ELECTION "/incidents", may(Action::note_incident), json, Where::database,
     [](D d) { return note_incident(d.commands); }},

    {post, "/api/v1/photos", {Role::administrator, Role::committee}, picture, Where::database,
     [](D d) { return add_photo(d.photos); }},
    {get, "/api/v1/photos/{rest}", everybody, no_body, Where::database, [](D d) { return show_photo(d.photos); }},
};
// clang-format on

}  // namespace

std::span<const Route> roll_routes() { return roll_table; }

}  // namespace suara::http
