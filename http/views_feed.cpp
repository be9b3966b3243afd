#include "http/views_feed.hpp"

#include <string_view>

#include "http/json_parts.hpp"

namespace suara::http::views {
namespace {

using projections::turnout::AlertKind;
using projections::turnout::PlacedAlert;

struct Words {
  std::string_view kind;
  std::string_view figure;
  std::string_view measure;  // empty: not told
};

Words words(AlertKind kind) {
  switch (kind) {
    case AlertKind::burst:
      return {"burst", "ballots", "usual"};
    case AlertKind::over_attendance:
      return {"over_attendance", "voted", "attended"};
    case AlertKind::over_roll:
      return {"over_roll", "verified", "voters"};
    case AlertKind::clock_gap:
      return {"clock_jump", "seconds", "usual_seconds"};
    case AlertKind::clock_still:
      return {"clock_still", "entries", {}};
  }
  return {};
}

void recorded_alert(JsonWriter& json, const PlacedAlert& alert) {
  const Words names = words(alert.key.kind);
  json.begin_object().text("kind", names.kind);
  if (alert.place) json.text("place", alert.place->value);
  json.text("since", format_time(alert.key.since));
  json.number("seq", alert.alert.seq.value);
  json.key("figures").begin_object().number(names.figure, alert.alert.figure);
  if (!names.measure.empty()) json.number(names.measure, alert.alert.measure);
  json.end_object().end_object();
}

void rejected_rate(JsonWriter& json, const Rejections::Rate& rate) {
  json.begin_object().text("kind", "rejected_rate").text("since", format_time(rate.since));
  json.key("figures").begin_object().number("refused", rate.refused).number("accepted", rate.accepted);
  json.number("minutes", Rejections::minutes).end_object().end_object();
}

}  // namespace

std::string feed(const projections::activity::Feed& feed) {
  JsonWriter json = writer();
  json.begin_object().key("events").begin_array();
  for (const auto& item : feed.items) {
    json.begin_object().number("seq", item.seq.value).text("time", format_time(item.time));
    json.text("type", item.type).text("actor", item.actor).key("data");
    if (item.data) {
      json.raw(*item.data);
    } else {
      json.null();
    }
    json.end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string incidents(const std::vector<projections::activity::Incident>& incidents) {
  JsonWriter json = writer();
  json.begin_object().key("incidents").begin_array();
  for (const auto& incident : incidents) {
    json.begin_object().number("seq", incident.seq.value).text("time", format_time(incident.time));
    json.text("by", incident.by).text("text", incident.text).key("entries").begin_array();
    for (const Seq entry : incident.entries) json.number(entry.value);
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return json.take();
}

std::string alerts(const Alerts& alerts) {
  JsonWriter json = writer();
  json.begin_object().key("alerts").begin_array();
  if (alerts.rejections.unusual()) rejected_rate(json, alerts.rejections);
  for (const auto& alert : alerts.recorded) recorded_alert(json, alert);
  json.end_array().end_object();
  return json.take();
}

std::string alert_count(const Alerts& alerts) {
  JsonWriter json = writer();
  json.begin_object().number("count", alerts.recorded.size() + (alerts.rejections.unusual() ? 1 : 0)).end_object();
  return json.take();
}

}  // namespace suara::http::views
