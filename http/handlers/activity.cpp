#include "http/handlers/activity.hpp"

#include <algorithm>

#include "http/views_feed.hpp"

namespace suara::http {
namespace {

namespace activity = projections::activity;

constexpr std::size_t streamed_events = 20;
constexpr std::size_t longest_type = 64;

Result<std::string> type_parameter(const Request& request) {
  const std::string type(request.parameter("type").value_or(std::string_view{}));
  const bool plain = std::all_of(type.begin(), type.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  });
  if (plain && type.size() <= longest_type) return type;
  return fail(ErrorCode::malformed, "The parameter type must be the name of a type of entries, such as IncidentNoted.");
}

}  // namespace

Handler list_events(ledger::mariadb::Pool& reads, Ledgers& ledgers) {
  return at_once([&reads, &ledgers](const Call& call) -> Result<Response> {
    const auto limit = number_parameter(call.request, "limit", 50, 1, activity::max_page);
    if (!limit) return fail(limit.error());
    const auto before = seq_parameter(call.request, "before");
    if (!before) return fail(before.error());
    const auto type = type_parameter(call.request);
    if (!type) return fail(type.error());
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    const auto feed = activity::read_feed(reads, ledger->id, *before, *type, *limit);
    if (!feed) return fail(feed.error());
    return json_response(200, views::feed(*feed));
  });
}

Handler list_incidents(ledger::mariadb::Pool& reads, Ledgers& ledgers) {
  return at_once([&reads, &ledgers](const Call& call) -> Result<Response> {
    const auto limit = number_parameter(call.request, "limit", activity::max_incidents, 1, activity::max_incidents);
    if (!limit) return fail(limit.error());
    const auto before = seq_parameter(call.request, "before");
    if (!before) return fail(before.error());
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    const auto incidents = activity::read_incidents(reads, ledger->id, *before, *limit);
    if (!incidents) return fail(incidents.error());
    return json_response(200, views::incidents(*incidents));
  });
}

Result<std::string> latest_events(ledger::mariadb::Pool& reads, LedgerId ledger) {
  const auto feed = activity::read_feed(reads, ledger, std::nullopt, {}, streamed_events);
  if (!feed) return fail(feed.error());
  return views::feed(*feed);
}

}  // namespace suara::http
