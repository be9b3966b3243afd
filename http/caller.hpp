#pragma once
#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "core/election/types.hpp"
#include "ledger/staff_store.hpp"

namespace suara::http {

// A role that a session has in an election; an officer has it at a place.
struct HeldRole {
  election::Role role = election::Role::anyone;
  std::optional<PlaceId> place;
  bool operator==(const HeldRole&) const = default;
};

// The polling place's device that sends a request, as its cookie shows it.
struct CallingDevice {
  ElectionUuid election;
  PlaceId place;
  std::string device;
};

// What is known of who sends a request; asked anew at every request.
struct Caller {
  std::optional<ledger::StaffSession> session;  // set on routes for staff
  // What the session's account may act as: in the election of `{uuid}`, otherwise in the account itself.
  std::vector<HeldRole> held;
  election::Role role = election::Role::voter;  // of `held`, the one that this route is used in
  std::optional<CallingDevice> device;          // claimed and not revoked; set on routes that ask for it

  // Who commands: the staff member, or a voter where the route is for everybody.
  election::Actor actor() const {
    if (session) return {role, session->login};
    return {election::Role::voter, {}};
  }
  bool holds(election::Role wanted) const {
    return std::any_of(held.begin(), held.end(), [wanted](const HeldRole& one) { return one.role == wanted; });
  }
  // Where the session's account is an officer.
  std::set<PlaceId> officer_at() const {
    std::set<PlaceId> places;
    for (const HeldRole& one : held) {
      if (one.place) places.insert(*one.place);
    }
    return places;
  }
};

}  // namespace suara::http
