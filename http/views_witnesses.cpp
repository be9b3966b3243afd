#include "http/views_witnesses.hpp"

#include "http/json_parts.hpp"

namespace suara::http::views {

std::string witnesses(const std::optional<election::WitnessPolicy>& policy,
                      const std::vector<ledger::WitnessStatus>& list,
                      const std::optional<ledger::Witnessed>& witnessed) {
  JsonWriter json = writer();
  json.begin_object().key("policy");
  if (policy) {
    json.begin_object().number("needed", policy->needed).key("keys").begin_array();
    for (const auto& key : policy->keys) json.text(key);
    json.end_array().end_object();
  } else {
    json.null();
  }
  json.key("witnesses").begin_array();
  for (const auto& witness : list) {
    json.begin_object().text("name", witness.name).text("key", witness.key);
    if (witness.url) json.text("url", *witness.url);
    json.number("size", witness.size);
    time_or_null(json, "time", witness.time);
    json.text("state", ledger::state_name(witness.state)).text("detail", witness.detail).end_object();
  }
  json.end_array().key("witnessed");
  if (witnessed) {
    json.begin_object().number("size", witnessed->size).text("time", format_time(witnessed->time)).end_object();
  } else {
    json.null();
  }
  json.end_object();
  return json.take();
}

}  // namespace suara::http::views
