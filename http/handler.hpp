#pragma once
#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/election/types.hpp"
#include "http/message.hpp"
#include "ledger/people_store.hpp"

namespace suara::http {

// A role that a session has in an election; an officer has it at a place.
struct HeldRole {
  election::Role role = election::Role::anyone;
  std::optional<PlaceId> place;
};

// The polling place's device that sends a request, as its cookie shows it.
struct CallingDevice {
  ElectionUuid election;
  PlaceId place;
  std::string device;
};

// A request that has found its route and passed its checks.
struct Call {
  Request request;
  ElectionUuid uuid;  // of `{uuid}` in the pattern, of the right form; empty where the pattern has none
  std::string rest;   // of `{rest}`, the end of the path, without a leading slash
  std::optional<ledger::StaffSession> session;  // set on routes for staff
  // What the session's account may act as: in the election of `{uuid}`, otherwise in the account itself.
  std::vector<HeldRole> held;
  election::Role role = election::Role::voter;  // of `held`, the one that this route is used in
  std::optional<CallingDevice> device;          // claimed and not revoked; set on routes for everybody

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

using Done = std::function<void(Result<Response>)>;

// Runs on the route's pool and calls `done` once, then or later, on any thread.
using Handler = std::function<void(Call call, Done done)>;

// A handler that has its answer when it returns.
inline Handler at_once(std::function<Result<Response>(const Call&)> answer) {
  return [answer = std::move(answer)](Call call, const Done& done) { done(answer(call)); };
}

}  // namespace suara::http
