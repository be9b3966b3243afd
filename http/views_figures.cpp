#include "core/crypto/encoding.hpp"
#include "http/json_parts.hpp"
#include "http/views.hpp"

namespace suara::http::views {
namespace {

void as_of(JsonWriter& json, const projections::AsOf& moment) {
  json.key("as_of").begin_object();
  json.number("entries", moment.entries);
  time_or_null(json, "time", moment.time);
  json.end_object();
}

}  // namespace

std::string board(const projections::bulletin_board::Board& board) {
  JsonWriter json = writer();
  json.begin_object();
  as_of(json, board.as_of);
  json.key("ballots").begin_array();
  for (const auto& item : board.items) {
    json.begin_object();
    json.number("seq", item.seq.value);
    json.text("time", format_time(item.time));
    json.text("tracker", crypto::to_base64_unpadded(item.tracker.view()));
    json.text("status", item.replaced ? "replaced" : "counted");
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string turnout(const projections::turnout::Turnout& turnout) {
  JsonWriter json = writer();
  json.begin_object();
  as_of(json, turnout.as_of);
  json.number("voters", turnout.voters);
  json.number("voted", turnout.voted);
  json.number("ballots", turnout.ballots);
  json.key("places").begin_array();
  for (const auto& place : turnout.places) {
    json.begin_object();
    json.text("id", place.id.value);
    json.text("name", place.name);
    json.number("voters", place.voters);
    json.number("voted", place.voted);
    json.end_object();
  }
  json.end_array().key("hours").begin_array();
  for (const auto& hour : turnout.hours) {
    json.begin_object();
    json.text("hour", format_time(hour.hour));
    json.number("voted", hour.voted);
    json.number("ballots", hour.ballots);
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string tally(const projections::live_tally::Tally& tally) {
  JsonWriter json = writer();
  json.begin_object();
  as_of(json, tally.as_of);
  json.text("status", projections::live_tally::status_name(tally.status));
  number_or_null(json, "through", tally.through ? std::optional(tally.through->value) : std::nullopt);
  json.number("accepted", tally.accepted);
  json.number("counted", tally.counted);
  json.key("contests").begin_array();
  for (const auto& contest : tally.contests) {
    json.begin_object();
    json.text("question", contest.question);
    json.key("candidates").begin_array();
    for (const auto& candidate : contest.candidates) {
      json.begin_object();
      json.number("number", candidate.number);
      json.text("name", candidate.name);
      number_or_null(json, "count", candidate.count);
      json.end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string ledger_head(const std::string& key, std::uint64_t size, const std::optional<log::Checkpoint>& checkpoint,
                        const std::vector<projections::Status>& projections) {
  JsonWriter json = writer();
  json.begin_object();
  json.text("origin", origin_of(key));
  json.text("key", key);
  json.number("size", size);
  json.key("checkpoint");
  if (checkpoint) {
    json.begin_object();
    json.number("size", checkpoint->size);
    json.text("root", crypto::to_base64(checkpoint->root.view()));
    json.end_object();
  } else {
    json.null();
  }
  json.key("projections").begin_array();
  for (const auto& projection : projections) {
    json.begin_object();
    json.text("name", projection.name);
    json.number("position", projection.position);
    json.number("lag", projection.lag);
    text_or_null(json, "stopped", projection.stopped ? &*projection.stopped : nullptr);
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

}  // namespace suara::http::views
