#pragma once
#include <functional>
#include <optional>
#include <string>

#include "core/election/types.hpp"
#include "http/message.hpp"
#include "ledger/people_store.hpp"

namespace suara::http {

// A request that has found its route and passed its checks.
struct Call {
  Request request;
  ElectionUuid uuid;  // of `{uuid}` in the pattern, of the right form; empty where the pattern has none
  std::string rest;   // of `{rest}`, the end of the path, without a leading slash
  std::optional<ledger::StaffSession> session;  // set on routes for staff

  // Who commands: the staff member, or a voter where the route is for everybody.
  election::Actor actor() const {
    if (session) return {session->role, session->login};
    return {election::Role::voter, {}};
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
