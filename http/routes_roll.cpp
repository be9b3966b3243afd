#include "http/handlers/ballots.hpp"
#include "http/handlers/roll.hpp"
#include "http/handlers/sign_in.hpp"
#include "http/route_parts.hpp"

namespace suara::http {
namespace {

using election::Action;

// The roll, the codes, and what voters send.
// clang-format off
const Route table[] = {
    {get, ELECTION "/challenge", everybody, no_body, Where::here,
     [](D d) { return give_challenge(d.commands, d.nonces, d.clock); }},
    {post, ELECTION "/sign-in", everybody, json, Where::verify,
     [](D d) { return sign_in(d.commands, d.nonces, d.clock); }, asks_device},
    {post, ELECTION "/ballots", everybody, json, Where::verify,
     [](D d) { return cast_ballot(d.commands, d.pools.verify, d.metrics); }, asks_device},
    {post, ELECTION "/challenges", everybody, json, Where::verify,
     [](D d) { return challenge_ballot(d.commands, d.pools.verify, d.metrics); }, asks_device},
    {post, ELECTION "/roll", may(Action::enrol_voters), large_csv, Where::database,
     [](D d) { return import_roll(d.commands, d.people, d.ledgers); }},
    {get, ELECTION "/roll", may(Action::enrol_voters), no_body, Where::database, [](D d) { return list_voters(d.people, d.ledgers); }},
    {post, ELECTION "/credentials", may(Action::import_credentials), large_json, Where::database,
     [](D d) { return import_credentials(d.commands); }},
};
// clang-format on

}  // namespace

std::span<const Route> roll_routes() { return table; }

}  // namespace suara::http
