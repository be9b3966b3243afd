#include "tools/witness/service.hpp"

namespace suara::witness {
namespace {

Answer refusal(unsigned status, std::string why, std::string told = "") {
  return {status, "text/plain; charset=utf-8", std::move(why) + '\n', "", std::move(told)};
}

// What failed here is for the operator to read, not for whoever asked.
Answer broken(const Error& error) { return refusal(500, "This witness cannot answer now.", "fault: " + error.detail); }

Answer declined(const log::Declined& why, const Origin& origin) {
  const std::string told = "declined " + origin.str() + ": " + why.detail;
  switch (why.why) {
    case log::Declined::Why::bad_request:
      return refusal(400, why.detail);
    case log::Declined::Why::not_signed:
      return refusal(403, why.detail, told);
    case log::Declined::Why::unknown_log:
      return refusal(404, why.detail);
    case log::Declined::Why::other_size:
      return {409, "text/x.tlog.size", std::to_string(why.size) + '\n', "", ""};
    case log::Declined::Why::other_root:
      return refusal(409, why.detail, told);
    case log::Declined::Why::not_consistent:
      return refusal(422, why.detail, told);
  }
  return refusal(500, "");
}

Answer wrong_method(const char* allowed) {
  Answer answer = refusal(405, std::string("Only ") + allowed + " is answered here.");
  answer.allow = allowed;
  return answer;
}

}  // namespace

Answer add_checkpoint(State& state, std::string_view body, std::uint64_t now) {
  const auto request = log::parse_add_checkpoint(body);
  if (!request) return refusal(400, request.error().detail);
  const auto origin = log::origin_of(*request);
  if (!origin) return refusal(400, origin.error().detail);
  const auto known = state.known(*origin);
  if (!known) return broken(known.error());
  const auto verdict = log::judge(*request, *known);
  if (const auto* why = std::get_if<log::Declined>(&verdict)) return declined(*why, *origin);
  const auto& accepted = std::get<log::Accepted>(verdict);
  auto line = state.cosign(accepted, now);
  if (!line) return broken(line.error());
  Answer answer;
  answer.body = std::move(*line);
  if (!known->last || known->last->size != accepted.checkpoint.size) {
    answer.told = "cosigned " + origin->str() + " at " + std::to_string(accepted.checkpoint.size);
  }
  return answer;
}

Answer latest_checkpoint(State& state, const std::string& origin_hash) {
  auto note = state.latest(origin_hash);
  if (note) return {200, "text/plain; charset=utf-8", std::move(*note), "", ""};
  if (note.error().code != ErrorCode::not_found) return broken(note.error());
  return refusal(404, "No checkpoint of this ledger was cosigned here.");
}

Answer answer(State& state, Method method, std::string_view target, std::string_view body, std::uint64_t now) {
  if (target == "/add-checkpoint") {
    return method == Method::post ? add_checkpoint(state, body, now) : wrong_method("POST");
  }
  constexpr std::string_view end = "/checkpoint";
  constexpr std::size_t hash_size = 64;
  if (target.size() == 1 + hash_size + end.size() && target.ends_with(end)) {
    const auto hash = target.substr(1, hash_size);
    if (hash.find_first_not_of("0123456789abcdef") == hash.npos) {
      return method == Method::get ? latest_checkpoint(state, std::string(hash)) : wrong_method("GET");
    }
  }
  return refusal(404, "There is nothing here: a witness answers POST /add-checkpoint and GET /<hash>/checkpoint.");
}

}  // namespace suara::witness
