#include <algorithm>
#include <array>

#include "core/election/rules.hpp"

namespace suara::election::rules {
namespace {

constexpr std::array appointable{Role::committee, Role::registrar,  Role::officer, Role::trustee,
                                 Role::witness,   Role::supervisor, Role::auditor};

bool is_held(const State& state, const Appointment& appointment) {
  const auto& officials = state.summary.officials;
  return std::find(officials.begin(), officials.end(), appointment) != officials.end();
}

// "'ani' as officer at 'tps-1'"
std::string told(const Appointment& appointment) {
  std::string out = "'" + appointment.login + "' as " + std::string(role_name(appointment.role));
  if (appointment.place) out += " at " + shown(*appointment.place);
  return out;
}

Result<void> well_formed(const Appointment& appointment) {
  if (!is_login(appointment.login)) {
    return fail(ErrorCode::malformed, "A login is 1 to 32 of the characters a-z, 0-9, '.', '_' and '-'.");
  }
  if (std::find(appointable.begin(), appointable.end(), appointment.role) == appointable.end()) {
    return fail(ErrorCode::malformed, "Nobody is appointed as '" + std::string(role_name(appointment.role)) +
                                          "'; the roles are: committee, registrar, officer, trustee, witness, "
                                          "supervisor, auditor.");
  }
  if ((appointment.role == Role::officer) == appointment.place.has_value()) return {};
  return fail(ErrorCode::malformed, appointment.place ? "Only an officer is appointed for a polling place."
                                                      : "An officer is appointed for a polling place: name it.");
}

}  // namespace

Result<void> holds_role(const State& state, const Actor& actor, const PlaceId* place) {
  switch (actor.role) {
    case Role::service:
    case Role::administrator:
    case Role::voter:
    case Role::anyone:
      return {};
    case Role::officer:
      if (election::holds_role(state.summary, actor.id, Role::officer, place)) return {};
      return fail(ErrorCode::not_permitted,
                  place ? "'" + actor.id + "' is not appointed as officer at " + shown(*place) + "."
                        : "'" + actor.id + "' is not appointed as officer at any place.");
    case Role::committee:
    case Role::registrar:
    case Role::trustee:
    case Role::supervisor:
    case Role::witness:
    case Role::auditor:
      break;
  }
  if (!state.summary.appoints || election::holds_role(state.summary, actor.id, actor.role)) return {};
  return fail(ErrorCode::not_permitted,
              "'" + actor.id + "' is not appointed as " + std::string(role_name(actor.role)) + " in this election.");
}

Result<void> appoints(const State& state, const Appointment& appointment) {
  if (auto ok = well_formed(appointment); !ok) return ok;
  if (appointment.place && !has_place(state, *appointment.place)) {
    return fail(ErrorCode::not_found, "The polling place " + shown(*appointment.place) + " is not in the draft.");
  }
  if (!is_held(state, appointment)) return {};
  return fail(ErrorCode::conflict, told(appointment) + " is appointed already.");
}

Result<void> revokes(const State& state, const Appointment& appointment, const std::string& why) {
  if (auto ok = well_formed(appointment); !ok) return ok;
  if (auto ok = reason(why, "the appointment is revoked"); !ok) return ok;
  if (!is_held(state, appointment)) {
    return fail(ErrorCode::conflict, told(appointment) + " is not appointed, so nothing can be revoked.");
  }
  const auto& officials = state.summary.officials;
  const auto members = std::count_if(officials.begin(), officials.end(),
                                     [](const Appointment& held) { return held.role == Role::committee; });
  if (appointment.role != Role::committee || members > 1) return {};
  return fail(ErrorCode::conflict, "The last member of the committee stays: appoint another one first.");
}

}  // namespace suara::election::rules
