#include "http/handlers/activity.hpp"
#include "http/handlers/alerts.hpp"
#include "http/handlers/ballots.hpp"
#include "http/handlers/downloads.hpp"
#include "http/handlers/elections.hpp"
#include "http/handlers/figures.hpp"
#include "http/handlers/health.hpp"
#include "http/handlers/log_files.hpp"
#include "http/handlers/stored_entries.hpp"
#include "http/handlers/witnesses.hpp"
#include "http/route_parts.hpp"

namespace suara::http {
namespace {

// What everybody may see of an election, and of the service.
// clang-format off
const Route figure_table[] = {
    {get, "/api/v1/elections", everybody, no_body, Where::here, [](D d) { return list_elections(d.commands); }},
    {get, ELECTION, everybody, no_body, Where::here, [](D d) { return show_election(d.commands); }},
    {get, ELECTION "/ballots", everybody, no_body, Where::database,
     [](D d) { return list_ballots(d.reads, d.ledgers); }},
    {get, ELECTION "/turnout", everybody, no_body, Where::database, [](D d) { return show_turnout(d.reads, d.ledgers); }},
    {get, ELECTION "/tally", everybody, no_body, Where::database, [](D d) { return show_tally(d.reads, d.ledgers); }},
    {get, ELECTION "/ledger", everybody, no_body, Where::here,
     [](D d) { return show_ledger(d.commands, d.publisher, d.projections); }},
    {get, ELECTION "/witnesses", everybody, no_body, Where::files,
     [](D d) { return show_witnesses(d.commands, d.witnesses); }},
    {get, ELECTION "/entries/{rest}", everybody, no_body, Where::database,
     [](D d) { return show_stored_entries(d.store, d.ledgers); }},
    {get, ELECTION "/stream", everybody, no_body, Where::here, [](D d) { return open_stream(d.commands, d.live); }},
    {get, ELECTION "/events", everybody, no_body, Where::database, [](D d) { return list_events(d.reads, d.ledgers); }},
    {get, ELECTION "/incidents", everybody, no_body, Where::database,
     [](D d) { return list_incidents(d.reads, d.ledgers); }},
    {get, ELECTION "/alerts", all_staff, no_body, Where::database,
     [](D d) { return list_alerts(d.reads, d.ledgers, d.rejections, d.clock); }},
    {get, ELECTION "/bundle.tar", everybody, no_body, Where::files,
     [](D d) { return download(d.exporter, ledger::ExportKind::bundle); }},
    {get, ELECTION "/election.bel", everybody, no_body, Where::files,
     [](D d) { return download(d.exporter, ledger::ExportKind::belenios); }},
    {get, ELECTION "/result.csv", everybody, no_body, Where::files,
     [](D d) { return download(d.exporter, ledger::ExportKind::result_csv); }},
    {get, ELECTION "/result.json", everybody, no_body, Where::files,
     [](D d) { return download(d.exporter, ledger::ExportKind::result_json); }},
    {get, "/healthz", everybody, no_body, Where::here,
     [](D d) { return show_health(d.commands, d.publisher, d.teller, d.projections); }},
    {get, "/metrics", everybody, no_body, Where::here,
     [](D d) { return show_metrics(d.metrics, d.commands, d.projections, d.publisher, d.witnesses, d.pools, d.live); }},
    {get, "/log/{uuid}/{rest}", everybody, no_body, Where::files, [](D d) { return show_log_file(d.publisher); }},
    {options, "/log/{uuid}/{rest}", everybody, no_body, Where::here, [](D) { return allow_log_readers(); }},
};
// clang-format on

}  // namespace

std::span<const Route> figure_routes() { return figure_table; }

}  // namespace suara::http
