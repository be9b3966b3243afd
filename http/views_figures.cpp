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

void count(JsonWriter& json, const std::optional<std::uint64_t>& number) {
  if (number) {
    json.number(*number);
  } else {
    json.null();
  }
}

// As a tally's `result` has them: a list for each question, the blank votes first where it allows them.
void counts(JsonWriter& json, const std::vector<projections::live_tally::Contest>& contests) {
  json.key("counts").begin_array();
  for (const auto& contest : contests) {
    json.begin_array();
    if (contest.blank) count(json, contest.blank_count);
    for (const auto& candidate : contest.candidates) count(json, candidate.count);
    json.end_array();
  }
  json.end_array();
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
    json.text("status", projections::bulletin_board::status_name(item.status));
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
  json.number("verified", turnout.verified);
  json.number("attended", turnout.attended);
  json.number("voted", turnout.voted);
  json.number("ballots", turnout.ballots);
  json.key("places").begin_array();
  for (const auto& place : turnout.places) {
    json.begin_object();
    json.text("id", place.id.value);
    json.text("name", place.name);
    json.number("voters", place.voters);
    json.number("verified", place.verified);
    json.number("attended", place.attended);
    json.number("voted", place.voted);
    json.end_object();
  }
  json.end_array().key("hours").begin_array();
  for (const auto& hour : turnout.hours) {
    json.begin_object();
    json.text("hour", format_time(hour.hour));
    json.number("verified", hour.verified);
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
  if (tally.weight) json.number("total_weight", *tally.weight);
  json.key("contests").begin_array();
  for (const auto& contest : tally.contests) {
    json.begin_object();
    json.text("question", contest.question);
    json.boolean("blank", contest.blank);
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
  json.end_array();
  counts(json, tally.contests);
  json.end_object();
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
