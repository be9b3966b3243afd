#include "http/views_officials.hpp"

#include <algorithm>

#include "core/election/action.hpp"
#include "http/json_parts.hpp"

namespace suara::http::views {
namespace {

using election::Action;

// The actions of staff, as the API names them.
constexpr std::pair<Action, std::string_view> action_names[] = {
    {Action::open_ledger, "open_ledger"},
    {Action::revise_draft, "revise_draft"},
    {Action::publish_trustee_key, "publish_trustee_key"},
    {Action::publish_certificate, "publish_certificate"},
    {Action::publish_coefexps, "publish_coefexps"},
    {Action::confirm_share, "confirm_share"},
    {Action::restart_ceremony, "restart_ceremony"},
    {Action::enrol_voters, "enrol_voters"},
    {Action::correct_voter, "correct_voter"},
    {Action::remove_voter, "remove_voter"},
    {Action::import_credentials, "import_credentials"},
    {Action::import_reserve, "import_reserve"},
    {Action::withdraw_credentials, "withdraw_credentials"},
    {Action::replace_credential, "replace_credential"},
    {Action::seal, "seal"},
    {Action::open, "open"},
    {Action::verify_at_place, "verify_at_place"},
    {Action::close, "close"},
    {Action::decrypt, "decrypt"},
    {Action::publish_result, "publish_result"},
    {Action::certify, "certify"},
    {Action::appoint, "appoint"},
    {Action::revoke, "revoke"},
    {Action::propose, "propose"},
    {Action::withdraw_proposal, "withdraw_proposal"},
    {Action::cancel, "cancel"},
    {Action::correct, "correct"},
    {Action::extend, "extend"},
    {Action::enrol_device, "enrol_device"},
    {Action::revoke_device, "revoke_device"},
    {Action::note_incident, "note_incident"},
};

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
  for (const auto& [action, name] : action_names) {
    const bool may = std::any_of(caller.held.begin(), caller.held.end(),
                                 [action = action](const HeldRole& held) { return election::may(held.role, action); });
    if (may) json.text(name);
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
