#pragma once
#include <functional>
#include <string>

#include "http/caller.hpp"
#include "http/message.hpp"

namespace suara::http {

// A request that has found its route and passed its checks.
struct Call : Caller {
  Request request;
  ElectionUuid uuid;  // of `{uuid}` in the pattern, of the right form; empty where the pattern has none
  std::string rest;   // of `{rest}` (the end of the path, without a leading slash), `{login}` or `{id}` (one segment)
};

using Done = std::function<void(Result<Response>)>;

// Runs on the route's pool and calls `done` once, then or later, on any thread.
using Handler = std::function<void(Call call, Done done)>;

// A handler that has its answer when it returns.
inline Handler at_once(std::function<Result<Response>(const Call&)> answer) {
  return [answer = std::move(answer)](Call call, const Done& done) { done(answer(call)); };
}

}  // namespace suara::http
