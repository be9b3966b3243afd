#include "http/views_roll.hpp"

#include "http/json_parts.hpp"

namespace suara::http::views {
namespace {

std::uint64_t count_at(const std::map<PlaceId, std::uint64_t>& counts, const PlaceId& place) {
  const auto found = counts.find(place);
  return found == counts.end() ? 0 : found->second;
}

}  // namespace

std::string roll_report(const std::vector<std::pair<std::string, std::uint64_t>>& places, bool imported) {
  JsonWriter json = writer();
  std::uint64_t voters = 0;
  for (const auto& [place, count] : places) voters += count;
  json.begin_object();
  json.number("voters", voters);
  json.key("places").begin_array();
  for (const auto& [place, count] : places) {
    json.begin_object();
    json.text("id", place);
    json.number("voters", count);
    json.end_object();
  }
  json.end_array();
  json.boolean("imported", imported);
  json.end_object();
  return json.take();
}

std::string voters(const ledger::RollPage& page, const Attendances& attended) {
  JsonWriter json = writer();
  json.begin_object().key("voters").begin_array();
  for (const auto& row : page.voters) {
    json.begin_object();
    json.text("id", row.id.value);
    json.text("name", row.name);
    json.text("class", row.klass);
    json.text("place", row.place.value);
    if (row.weight != 1) json.number("weight", row.weight);
    if (row.delivery == codec::Delivery::place) json.text("delivery", codec::delivery_name(row.delivery));
    if (const auto mark = attended.find(row.commitment); mark != attended.end()) {
      json.key("attended").begin_object();
      json.text("time", format_time(mark->second.time));
      json.number("seq", mark->second.seq.value);
      json.end_object();
    }
    json.end_object();
  }
  json.end_array();
  json.number("total", page.total);
  if (page.next) json.text("next", page.next->value);
  json.end_object();
  return json.take();
}

std::string roll_counts(const election::Summary& summary, const std::vector<ledger::ClassCount>& classes) {
  JsonWriter json = writer();
  json.begin_object();
  json.number("voters", summary.voters);
  json.key("classes").begin_array();
  for (const auto& one : classes) {
    json.begin_object();
    json.text("class", one.klass);
    json.number("voters", one.voters);
    json.end_object();
  }
  json.end_array();
  json.key("places").begin_array();
  for (const auto& place : summary.draft.places) {
    json.begin_object();
    json.text("place", place.id.value);
    json.number("voters", count_at(summary.voters_by_place, place.id));
    json.number("credentials", count_at(summary.credentials_by_place, place.id));
    json.number("reserve", count_at(summary.reserve_by_place, place.id));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

std::string erased(std::uint64_t voters) {
  JsonWriter json = writer();
  json.begin_object().number("erased", voters).end_object();
  return json.take();
}

std::string marked(const ledger::Receipt& receipt, const PlaceId& place, codec::Delivery delivery) {
  JsonWriter json = writer();
  json.begin_object();
  json.number("seq", receipt.last.value);
  json.text("time", format_time(receipt.time));
  json.text("place", place.value);
  json.text("delivery", codec::delivery_name(delivery));
  json.end_object();
  return json.take();
}

}  // namespace suara::http::views
