#include "core/election/rules.hpp"

namespace suara::election::rules {
namespace {

bool is_device_id(std::string_view id) {
  return id.size() == device_id_length &&
         id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string_view::npos;
}

Result<void> verified_at_place(const State& state, const VoterVerified& verified) {
  if (state.summary.draft.policies.verification == VerificationPolicy::online) {
    return fail(ErrorCode::not_permitted,
                "In this election voters are verified by their code alone, not by officers at polling places.");
  }
  const auto voter = state.roll.find(verified.voter);
  if (voter == state.roll.end()) return fail(ErrorCode::not_found, "This voter is not on the election's roll.");
  if (voter->second.place != verified.place) {
    return fail(ErrorCode::conflict, "This voter votes at the polling place " + shown(voter->second.place) +
                                         ", not at " + shown(verified.place) + ": send the voter there.");
  }
  const auto& attended = voter->second.attended;
  if (!attended) return {};
  return fail(ErrorCode::already_verified, "This voter was marked as present already: at " +
                                               shown(voter->second.place) + ", " + format_time(attended->time) +
                                               ", entry " + std::to_string(attended->seq.value) + ".");
}

}  // namespace

Result<void> verifies(const State& state, const VoterVerified& verified) {
  if (verified.method == VoterVerified::Method::officer) return verified_at_place(state, verified);
  if (state.summary.draft.policies.verification == VerificationPolicy::polling_place) {
    return fail(ErrorCode::not_permitted,
                "In this election an officer verifies the voters at their polling place: go there to vote.");
  }
  return known_credential(state, verified.credential);
}

Result<void> enrols_device(const State& state, const DeviceEnrolled& enrolled) {
  if (!is_device_id(enrolled.device)) {
    return fail(ErrorCode::malformed, "A device's id is 8 of the characters a-z and 0-9.");
  }
  if (!has_place(state, enrolled.place)) {
    return fail(ErrorCode::not_found, "The polling place " + shown(enrolled.place) + " is not in the draft.");
  }
  bool clean = true;
  for (const char c : enrolled.name) {
    const auto byte = static_cast<unsigned char>(c);
    clean = clean && byte >= 0x20 && byte != 0x7f;
  }
  if (!clean || enrolled.name.size() > max_name_length || enrolled.name.find_first_not_of(' ') == std::string::npos) {
    return fail(ErrorCode::malformed, "A device's name is one line of 1 to " + std::to_string(max_name_length) +
                                          " bytes, such as 'Bilik 1'.");
  }
  if (!find_device(state.summary, enrolled.device)) return {};
  return fail(ErrorCode::conflict, "A device with this id is enrolled already: give each its own.");
}

Result<void> revokes_device(const State& state, const DeviceRevoked& revoked) {
  if (auto ok = reason(revoked.reason, "the device is revoked"); !ok) return ok;
  const Device* device = find_device(state.summary, revoked.device);
  if (!device) return fail(ErrorCode::not_found, "There is no device with this id in this election.");
  if (!device->revoked) return {};
  return fail(ErrorCode::conflict, "This device was revoked already.");
}

Result<void> notes(const State& state, const IncidentNoted& incident) {
  if (incident.text.size() > max_incident_text || incident.text.find_first_not_of(" \n") == std::string::npos) {
    return fail(ErrorCode::malformed, "Say in 1 to " + std::to_string(max_incident_text) + " bytes what was seen.");
  }
  for (const char c : incident.text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == '\n' || (byte >= 0x20 && byte != 0x7f)) continue;
    return fail(ErrorCode::malformed, "The note holds a control character: remove it.");
  }
  if (incident.entries.size() > max_incident_entries) {
    return fail(ErrorCode::malformed, "A note names at most " + std::to_string(max_incident_entries) + " entries.");
  }
  for (const Seq entry : incident.entries) {
    if (entry.value < state.size) continue;
    return fail(ErrorCode::not_found, "There is no entry " + std::to_string(entry.value) + " in this ledger.");
  }
  return {};
}

}  // namespace suara::election::rules
