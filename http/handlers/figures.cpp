#include "http/handlers/figures.hpp"

#include "http/handlers/activity.hpp"
#include "http/handlers/alerts.hpp"
#include "http/handlers/lookup.hpp"
#include "http/handlers/witnesses.hpp"
#include "http/views.hpp"

namespace suara::http {
namespace {

Result<std::string> turnout_json(ledger::mariadb::Pool& reads, Ledgers& ledgers, const ElectionUuid& uuid) {
  const auto ledger = ledgers.find(uuid);
  if (!ledger) return fail(ledger.error());
  const auto turnout = projections::turnout::read_turnout(reads, ledger->id);
  if (!turnout) return fail(turnout.error());
  return views::turnout(*turnout);
}

Result<std::string> tally_json(ledger::mariadb::Pool& reads, Ledgers& ledgers, const ElectionUuid& uuid) {
  const auto ledger = ledgers.find(uuid);
  if (!ledger) return fail(ledger.error());
  const auto tally = projections::live_tally::read_tally(reads, ledger->id);
  if (!tally) return fail(tally.error());
  return views::tally(*tally);
}

std::string ledger_json(const election::Summary& summary, ledger::CommandHandler& commands,
                        ledger::Publisher& publisher, projections::Runner& projections) {
  return views::ledger_head(summary.key, commands.counts(summary.uuid).entries, publisher.checkpoint(summary.uuid),
                            projections.status(summary.uuid));
}

Result<Response> as_response(Result<std::string> json) {
  if (!json) return fail(std::move(json.error()));
  return json_response(200, std::move(*json));
}

}  // namespace

Handler show_turnout(ledger::mariadb::Pool& reads, Ledgers& ledgers) {
  return at_once([&reads, &ledgers](const Call& call) { return as_response(turnout_json(reads, ledgers, call.uuid)); });
}

Handler show_tally(ledger::mariadb::Pool& reads, Ledgers& ledgers) {
  return at_once([&reads, &ledgers](const Call& call) { return as_response(tally_json(reads, ledgers, call.uuid)); });
}

Handler show_ledger(ledger::CommandHandler& commands, ledger::Publisher& publisher, projections::Runner& projections) {
  return at_once([&commands, &publisher, &projections](const Call& call) -> Result<Response> {
    const auto summary = find_election(commands, call.uuid);
    if (!summary) return fail(summary.error());
    return json_response(200, ledger_json(**summary, commands, publisher, projections));
  });
}

Handler open_stream(ledger::CommandHandler& commands, LiveHub& live) {
  return at_once([&commands, &live](const Call& call) -> Result<Response> {
    if (const auto summary = find_election(commands, call.uuid); !summary) return fail(summary.error());
    Response response;
    response.content_type = "text/event-stream";
    response.headers.emplace_back("Cache-Control", "no-store");
    if (call.request.method == Method::head) return response;
    auto subscription = live.subscribe(call.uuid);
    if (!subscription) return fail(std::move(subscription.error()));
    response.stream = std::move(*subscription);
    return response;
  });
}

LiveHub::Snapshot live_snapshot(ledger::CommandHandler& commands, ledger::Publisher& publisher,
                                const ledger::WitnessFeed& witnesses, projections::Runner& projections,
                                ledger::mariadb::Pool& reads, Ledgers& ledgers, const Rejections& rejections,
                                Clock clock) {
  return [&commands, &publisher, &witnesses, &projections, &reads, &ledgers, &rejections,
          clock = std::move(clock)](const ElectionUuid& uuid) -> Result<LiveHub::Events> {
    const auto summary = find_election(commands, uuid);
    if (!summary) return fail(summary.error());
    auto turnout = turnout_json(reads, ledgers, uuid);
    if (!turnout) return fail(std::move(turnout.error()));
    auto tally = tally_json(reads, ledgers, uuid);
    if (!tally) return fail(std::move(tally.error()));
    const auto ledger = ledgers.find(uuid);
    if (!ledger) return fail(ledger.error());
    auto activity = latest_events(reads, ledger->id);
    if (!activity && activity.error().code == ErrorCode::unavailable) return fail(std::move(activity.error()));
    auto alerts = count_alerts(reads, *ledger, rejections, clock());
    if (!alerts) return fail(std::move(alerts.error()));
    LiveHub::Events events;
    events.emplace_back("election", views::election_summary(views::shown(commands, *summary)));
    events.emplace_back("turnout", std::move(*turnout));
    events.emplace_back("tally", std::move(*tally));
    events.emplace_back("ledger", ledger_json(**summary, commands, publisher, projections));
    events.emplace_back("witnesses", witnesses_json(**summary, witnesses));
    // An entry that can no longer be read keeps nobody from the figures.
    if (activity) events.emplace_back("activity", std::move(*activity));
    events.emplace_back("alerts", std::move(*alerts));
    return events;
  };
}

}  // namespace suara::http
