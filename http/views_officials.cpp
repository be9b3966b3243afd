#include "http/views_officials.hpp"

#include <algorithm>

#include "core/election/action.hpp"
#include "http/json_parts.hpp"

namespace suara::http::views {
namespace {

constexpr auto last_action = election::Action::note_incident;

void place_if(JsonWriter& json, const std::optional<PlaceId>& place) {
  if (place) json.text("place", place->value);
}

}  // namespace

std::string me(const Caller& caller) {
  JsonWriter json = writer();
  json.begin_object();
  json.text("login", caller.session->login);
  json.key("roles").begin_array();
  for (const HeldRole& held : caller.held) {
    json.begin_object();
    json.text("role", election::role_name(held.role));
    place_if(json, held.place);
    json.end_object();
  }
  json.end_array();
  json.key("may").begin_array();
  for (auto number = 0; number <= static_cast<int>(last_action); ++number) {
    const auto action = static_cast<election::Action>(number);
    const bool may = std::any_of(caller.held.begin(), caller.held.end(),
                                 [action](const HeldRole& held) { return election::may(held.role, action); });
    if (may) json.text(election::action_name(action));
  }
  json.end_array();
  json.end_object();
  return json.take();
}

std::string officials(const election::Summary& summary) {
  JsonWriter json = writer();
  json.begin_object();
  json.key("officials").begin_array();
  for (const auto& official : summary.officials) {
    json.begin_object();
    json.text("login", official.login);
    json.text("role", election::role_name(official.role));
    place_if(json, official.place);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

std::string proposals(const election::Summary& summary) {
  JsonWriter json = writer();
  json.begin_object();
  json.text("approval", election::policy_name(summary.draft.policies.approval));
  json.key("proposals").begin_array();
  for (const auto& [step, proposal] : summary.proposals) {
    json.begin_object();
    json.text("step", election::step_name(step));
    json.text("reason", proposal.reason);
    if (proposal.entry) json.number("entry", proposal.entry->value);
    json.text("by", proposal.by.text());
    json.text("time", format_time(proposal.time));
    json.number("seq", proposal.seq.value);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

std::string devices(const election::Summary& summary, const std::set<std::string>& claimed) {
  JsonWriter json = writer();
  json.begin_object();
  json.key("devices").begin_array();
  for (const auto& device : summary.devices) {
    json.begin_object();
    json.text("device", device.id);
    json.text("name", device.name);
    json.text("place", device.place.value);
    json.boolean("claimed", claimed.contains(device.id));
    json.boolean("revoked", device.revoked);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

std::string device_code(const std::string& device, const std::string& code, const ledger::Receipt* enrolled) {
  JsonWriter json = writer();
  json.begin_object();
  json.text("device", device);
  json.text("code", code);
  if (enrolled != nullptr) json.number("seq", enrolled->last.value);
  json.end_object();
  return json.take();
}

std::string own_device(const CallingDevice& device, const election::Summary& summary) {
  JsonWriter json = writer();
  json.begin_object();
  json.text("election", device.election.value);
  json.text("device", device.device);
  for (const auto& known : summary.devices) {
    if (known.id == device.device) json.text("name", known.name);
  }
  json.key("place").begin_object();
  json.text("id", device.place.value);
  for (const auto& place : summary.draft.places) {
    if (place.id == device.place) json.text("name", place.name);
  }
  json.end_object();
  json.end_object();
  return json.take();
}

}  // namespace suara::http::views
