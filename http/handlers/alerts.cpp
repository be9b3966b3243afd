#include "http/handlers/alerts.hpp"

#include "http/views_feed.hpp"

namespace suara::http {
namespace {

Result<views::Alerts> read_alerts(ledger::mariadb::Pool& reads, const ledger::LedgerInfo& ledger,
                                  const Rejections& rejections, Timestamp now) {
  auto recorded = projections::turnout::read_alerts(reads, ledger.id);
  if (!recorded) return fail(std::move(recorded.error()));
  return views::Alerts{std::move(*recorded), rejections.rate(ledger.uuid, now)};
}

}  // namespace

Handler list_alerts(ledger::mariadb::Pool& reads, Ledgers& ledgers, const Rejections& rejections, Clock clock) {
  return at_once([&reads, &ledgers, &rejections, clock = std::move(clock)](const Call& call) -> Result<Response> {
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    const auto alerts = read_alerts(reads, *ledger, rejections, clock());
    if (!alerts) return fail(alerts.error());
    return json_response(200, views::alerts(*alerts));
  });
}

Result<std::string> count_alerts(ledger::mariadb::Pool& reads, const ledger::LedgerInfo& ledger,
                                 const Rejections& rejections, Timestamp now) {
  const auto alerts = read_alerts(reads, ledger, rejections, now);
  if (!alerts) return fail(alerts.error());
  return views::alert_count(*alerts);
}

Handler counting_refusals(Handler ballots, Rejections& rejections, Clock clock) {
  return [ballots = std::move(ballots), &rejections, clock = std::move(clock)](Call call, const Done& done) {
    const ElectionUuid uuid = call.uuid;
    ballots(std::move(call), [&rejections, clock, uuid, done](Result<Response> result) {
      if (result) {
        rejections.accepted(uuid, clock());
      } else {
        rejections.refused(uuid, result.error().code, clock());
      }
      done(std::move(result));
    });
  };
}

}  // namespace suara::http
