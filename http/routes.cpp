#include "http/routes.hpp"

#include "http/handlers/ballots.hpp"
#include "http/handlers/ceremony.hpp"
#include "http/handlers/elections.hpp"
#include "http/handlers/figures.hpp"
#include "http/handlers/files.hpp"
#include "http/handlers/health.hpp"
#include "http/handlers/roll.hpp"
#include "http/handlers/sign_in.hpp"
#include "http/handlers/staff.hpp"
#include "http/handlers/stages.hpp"
#include "http/handlers/stored_entries.hpp"
#include "http/handlers/trustees.hpp"

namespace suara::http {
namespace {

using election::Role;
using D = const Dependencies&;

constexpr Roles everybody{};
constexpr Roles administrator{Role::administrator};
constexpr Roles runs_it{Role::administrator, Role::committee};
constexpr Roles keeps_roll{Role::registrar, Role::committee, Role::administrator};
constexpr Roles holds_keys{Role::trustee, Role::committee};
constexpr Roles all_staff{Role::administrator, Role::committee, Role::registrar, Role::trustee, Role::supervisor};

constexpr BodyRule no_body{};
constexpr BodyRule json{BodyKind::json, small_body};
constexpr BodyRule large_json{BodyKind::json, large_body};
constexpr BodyRule large_csv{BodyKind::csv, large_body};

constexpr Method get = Method::get;
constexpr Method post = Method::post;
constexpr Method remove = Method::remove;

#define ELECTION "/api/v1/elections/{uuid}"
// clang-format off
const Route table[] = {
    {get, "/api/v1/elections", everybody, no_body, Where::here, [](D d) { return list_elections(d.commands); }},
    {post, "/api/v1/elections", runs_it, json, Where::database,
     [](D d) { return draft_election(d.commands, d.origin_prefix, d.clock); }},
    {get, ELECTION, everybody, no_body, Where::here, [](D d) { return show_election(d.commands); }},

    {get, ELECTION "/challenge", everybody, no_body, Where::here,
     [](D d) { return give_challenge(d.commands, d.nonces, d.clock); }},
    {post, ELECTION "/sign-in", everybody, json, Where::verify,
     [](D d) { return sign_in(d.commands, d.nonces, d.clock); }},
    {post, ELECTION "/ballots", everybody, json, Where::verify,
     [](D d) { return cast_ballot(d.commands, d.pools.verify, d.metrics); }},
    {post, ELECTION "/challenges", everybody, json, Where::verify,
     [](D d) { return challenge_ballot(d.commands, d.pools.verify, d.metrics); }},
    {get, ELECTION "/ballots", everybody, no_body, Where::database,
     [](D d) { return list_ballots(d.reads, d.ledgers); }},

    {get, ELECTION "/turnout", everybody, no_body, Where::database, [](D d) { return show_turnout(d.reads, d.ledgers); }},
    {get, ELECTION "/tally", everybody, no_body, Where::database, [](D d) { return show_tally(d.reads, d.ledgers); }},
    {get, ELECTION "/ledger", everybody, no_body, Where::here,
     [](D d) { return show_ledger(d.commands, d.publisher, d.projections); }},
    {get, ELECTION "/entries/{rest}", everybody, no_body, Where::database,
     [](D d) { return show_stored_entries(d.store, d.ledgers); }},
    {get, ELECTION "/stream", everybody, no_body, Where::here, [](D d) { return open_stream(d.commands, d.live); }},

    {post, ELECTION "/roll", keeps_roll, large_csv, Where::database,
     [](D d) { return import_roll(d.commands, d.people, d.ledgers); }},
    {get, ELECTION "/roll", keeps_roll, no_body, Where::database, [](D d) { return list_voters(d.people, d.ledgers); }},
    {post, ELECTION "/credentials", keeps_roll, large_json, Where::database,
     [](D d) { return import_credentials(d.commands); }},
    {post, ELECTION "/trustees", holds_keys, json, Where::database, [](D d) { return publish_trustee_key(d.commands); }},
    {get, ELECTION "/ceremony", everybody, no_body, Where::here, [](D d) { return show_ceremony(d.commands); }},
    {post, ELECTION "/ceremony/certificate", holds_keys, json, Where::database,
     [](D d) { return publish_certificate(d.commands); }},
    {post, ELECTION "/ceremony/coefexps", holds_keys, json, Where::database,
     [](D d) { return publish_coefexps(d.commands, d.people, d.ledgers); }},
    {get, ELECTION "/ceremony/shares/{rest}", holds_keys, no_body, Where::database,
     [](D d) { return show_sealed_shares(d.commands, d.people, d.ledgers); }},
    {post, ELECTION "/ceremony/confirmation", holds_keys, json, Where::database,
     [](D d) { return confirm_share(d.commands); }},
    {post, ELECTION "/ceremony/restart", runs_it, json, Where::database,
     [](D d) { return restart_ceremony(d.commands, d.people, d.ledgers); }},
    {post, ELECTION "/seal", runs_it, no_body, Where::database, [](D d) { return seal_election(d.commands); }},
    {post, ELECTION "/open", runs_it, no_body, Where::database, [](D d) { return open_election(d.commands); }},
    {post, ELECTION "/close", runs_it, no_body, Where::database, [](D d) { return close_election(d.commands); }},
    {get, ELECTION "/decryption", everybody, no_body, Where::here, [](D d) { return show_decryption(d.commands); }},
    {post, ELECTION "/decryption", holds_keys, json, Where::database, [](D d) { return submit_decryption(d.commands); }},
    {post, ELECTION "/result", runs_it, no_body, Where::database, [](D d) { return publish_result(d.commands); }},
    {post, ELECTION "/certification", runs_it, no_body, Where::database, [](D d) { return certify_result(d.commands); }},

    {post, "/api/v1/session", everybody, json, Where::password,
     [](D d) { return log_in(d.people, d.logins, d.clock, d.tls); }},
    {get, "/api/v1/session", all_staff, no_body, Where::here, [](D) { return show_session(); }},
    {remove, "/api/v1/session", all_staff, no_body, Where::database, [](D d) { return log_out(d.people, d.tls); }},
    {post, "/api/v1/staff", administrator, json, Where::password, [](D d) { return add_staff(d.people); }},

    {get, "/healthz", everybody, no_body, Where::here,
     [](D d) { return show_health(d.commands, d.publisher, d.teller, d.projections); }},
    {get, "/metrics", everybody, no_body, Where::here,
     [](D d) { return show_metrics(d.metrics, d.commands, d.projections, d.publisher, d.pools, d.live); }},

    {get, "/log/{uuid}/{rest}", everybody, no_body, Where::files, [](D d) { return show_log_file(d.publisher); }},
    {get, "/", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "portal.html"); }},
    {get, "/elections/{uuid}", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "portal.html"); }},
    {get, "/vote/{uuid}", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "vote.html"); }},
    {get, "/check", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "check.html"); }},
    {get, "/check/{uuid}", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "check.html"); }},
    {get, "/trustee", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "trustee.html"); }},
    {get, "/committee", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "committee.html"); }},
    {get, "/supervisor", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "supervisor.html"); }},
    {get, "/projector/{uuid}", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "projector.html"); }},
    {get, "/officer", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "officer.html"); }},
    {get, "/kiosk", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "kiosk.html"); }},
    {get, "/verify-help", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "verify-help.html"); }},
    {get, "/print/{uuid}/{rest}", everybody, no_body, Where::files, [](D d) { return show_page(d.pages, "print.html"); }},
    {get, "/copy-template.html", everybody, no_body, Where::files,
     [](D d) { return show_page(d.pages, "copy-template.html"); }},
    {get, "/assets/{rest}", everybody, no_body, Where::files, [](D d) { return show_asset(d.pages); }},
};
// clang-format on
#undef ELECTION

}  // namespace

std::span<const Route> route_table() { return table; }

}  // namespace suara::http
