#include "projections/activity/queries.hpp"

#include <algorithm>

#include "core/codec/entry_body.hpp"
#include "core/codec/event.hpp"
#include "core/log/entry.hpp"
#include "ledger/mariadb/connection.hpp"
#include "projections/snapshot.hpp"

namespace suara::projections::activity {
namespace {

using ledger::mariadb::Connection;
using ledger::mariadb::Rows;

Result<codec::EntryBody> body_of(std::string_view entry) {
  const auto split = log::split_entry(entry);
  if (!split) return fail(split.error());
  return codec::decode_entry_body(split->body);
}

Result<Rows> entries(Connection& connection, LedgerId ledger, std::optional<Seq> before, std::string_view type,
                     std::size_t limit) {
  const std::uint64_t end = before ? before->value : UINT64_MAX;
  if (type.empty()) {
    return connection.query(
        "SELECT e.entry FROM activity a JOIN entries e ON e.ledger_id = a.ledger_id AND e.seq = a.seq "
        "WHERE a.ledger_id = ? AND a.seq < ? ORDER BY a.seq DESC LIMIT ?",
        {ledger, end, limit});
  }
  return connection.query(
      "SELECT e.entry FROM activity a JOIN entries e ON e.ledger_id = a.ledger_id AND e.seq = a.seq "
      "WHERE a.ledger_id = ? AND a.type = ? AND a.seq < ? ORDER BY a.seq DESC LIMIT ?",
      {ledger, type, end, limit});
}

}  // namespace

Result<Feed> read_feed(ledger::mariadb::Pool& pool, LedgerId ledger, std::optional<Seq> before, std::string_view type,
                       std::size_t limit) {
  Feed feed;
  const auto read = [&](Connection& connection, const AsOf& as_of) -> Result<void> {
    feed.as_of = as_of;
    const auto rows = entries(connection, ledger, before, type, std::min(limit, max_page));
    if (!rows) return fail(rows.error());
    for (const auto row : *rows) {
      auto body = body_of(row.text(0));
      if (!body) return fail(body.error());
      Item item{body->seq, body->time, std::move(body->type), std::move(body->actor), std::nullopt};
      if (body->data.size() <= max_data) item.data = std::move(body->data);
      feed.items.push_back(std::move(item));
    }
    return {};
  };
  if (auto done = read_snapshot(pool, "activity", ledger, read); !done) return fail(std::move(done).error());
  return feed;
}

Result<std::vector<Incident>> read_incidents(ledger::mariadb::Pool& pool, LedgerId ledger,
                                             std::optional<Seq> before, std::size_t limit) {
  std::vector<Incident> incidents;
  const auto read = [&](Connection& connection, const AsOf&) -> Result<void> {
    const auto rows = entries(connection, ledger, before, "IncidentNoted", std::min(limit, max_incidents));
    if (!rows) return fail(rows.error());
    for (const auto row : *rows) {
      auto recorded = codec::read_recorded(row.text(0), codec::Trust::trusted);
      if (!recorded) return fail(recorded.error());
      auto& noted = std::get<election::IncidentNoted>(recorded->event);
      incidents.push_back({recorded->seq, recorded->time, recorded->actor.text(), std::move(noted.text),
                           std::move(noted.entries)});
    }
    return {};
  };
  if (auto done = read_snapshot(pool, "activity", ledger, read); !done) return fail(std::move(done).error());
  return incidents;
}

}  // namespace suara::projections::activity
