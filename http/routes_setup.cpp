#include "http/handlers/ceremony.hpp"
#include "http/handlers/elections.hpp"
#include "http/handlers/stages.hpp"
#include "http/handlers/trustees.hpp"
#include "http/route_parts.hpp"

namespace suara::http {
namespace {

using election::Action;

// Drafting an election, its key, and its way from stage to stage.
// clang-format off
const Route setup_table[] = {
    {post, "/api/v1/elections", may(Action::open_ledger), json, Where::database,
     [](D d) { return draft_election(d.commands, d.staff, d.origin_prefix, d.clock); }},
    {get, ELECTION "/draft", everybody, no_body, Where::here, [](D d) { return show_draft(d.commands); }},
    {post, ELECTION "/draft", may(Action::revise_draft), json, Where::database, [](D d) { return revise_draft(d.commands); }},
    {post, ELECTION "/trustees", may(Action::publish_trustee_key), json, Where::database, [](D d) { return publish_trustee_key(d.commands); }},
    {get, ELECTION "/ceremony", everybody, no_body, Where::here, [](D d) { return show_ceremony(d.commands); }},
    {post, ELECTION "/ceremony/certificate", may(Action::publish_certificate), json, Where::database,
     [](D d) { return publish_certificate(d.commands); }},
    {post, ELECTION "/ceremony/coefexps", may(Action::publish_coefexps), json, Where::database,
     [](D d) { return publish_coefexps(d.commands, d.shares, d.ledgers); }},
    {get, ELECTION "/ceremony/shares/{rest}", may(Action::publish_coefexps), no_body, Where::database,
     [](D d) { return show_sealed_shares(d.commands, d.shares, d.ledgers); }},
    {post, ELECTION "/ceremony/confirmation", may(Action::confirm_share), json, Where::database,
     [](D d) { return confirm_share(d.commands); }},
    {post, ELECTION "/ceremony/restart", may(Action::restart_ceremony), json, Where::database,
     [](D d) { return restart_ceremony(d.commands, d.shares, d.ledgers); }},
    {post, ELECTION "/seal", may(Action::seal), no_body, Where::database, [](D d) { return seal_election(d.commands); }},
    {post, ELECTION "/open", may(Action::open), no_body, Where::database, [](D d) { return open_election(d.commands); }},
    {post, ELECTION "/close", may(Action::close), no_body, Where::database, [](D d) { return close_election(d.commands); }},
    {get, ELECTION "/decryption", everybody, no_body, Where::here, [](D d) { return show_decryption(d.commands); }},
    {post, ELECTION "/decryption", may(Action::decrypt), json, Where::database, [](D d) { return submit_decryption(d.commands); }},
    {post, ELECTION "/result", may(Action::publish_result), no_body, Where::database, [](D d) { return publish_result(d.commands); }},
    {post, ELECTION "/certification", may(Action::certify), no_body, Where::database, [](D d) { return certify_result(d.commands); }},
    {post, ELECTION "/key/rotate", may(Action::rotate_key), no_body, Where::database, [](D d) { return rotate_key(d.commands); }},
};
// clang-format on

}  // namespace

std::span<const Route> setup_routes() { return setup_table; }

}  // namespace suara::http
