#include <algorithm>

#include "core/base/fault_list.hpp"
#include "core/election/rules.hpp"

namespace suara::election::rules {
namespace {

State::WeightsOf weights_at(const State& state, const PlaceId& place) {
  const auto found = state.weights.find(place);
  return found == state.weights.end() ? State::WeightsOf{} : found->second;
}

std::string of_weight(std::uint64_t weight) { return weight == 1 ? "" : " of weight " + std::to_string(weight); }

// A place has a voter for each of its credentials, of the same weight: what is sealed cannot be taken back.
Result<void> room_for(const State& state, const PlaceId& place, std::span<const ballot::PublicCredential> credentials) {
  auto weights = weights_at(state, place);
  for (const auto& credential : credentials) ++weights[credential.weight].credentials;
  for (const auto& [weight, count] : weights) {
    if (count.credentials <= count.voters) continue;
    const std::string heavy = of_weight(weight);
    return fail(ErrorCode::conflict, "The polling place " + shown(place) + " has " + std::to_string(count.voters) +
                                         " voters" + heavy + " and would get " + std::to_string(count.credentials) +
                                         " credentials" + heavy + ": enrol its voters first, one credential each.");
  }
  return {};
}

// What the credentials in use and the spare ones have in common.
Result<void> importable(const State& state, const PlaceId& place,
                        std::span<const ballot::PublicCredential> credentials) {
  if (!has_place(state, place)) {
    return fail(ErrorCode::roll_invalid, "The polling place " + shown(place) + " is not in the draft.");
  }
  if (credentials.empty()) {
    return fail(ErrorCode::roll_invalid, "The list of credentials of " + shown(place) + " is empty.");
  }
  FaultList faults;
  std::unordered_set<ballot::Element> seen;
  seen.reserve(credentials.size());
  for (std::size_t i = 0; i < credentials.size(); ++i) {
    const auto refuse = [&](const std::string& why) {
      faults.add("credential " + std::to_string(i + 1) + " of " + shown(place) + " " + why);
    };
    const auto& [key, weight] = credentials[i];
    if (key.is_identity()) {
      refuse("is the identity, which belongs to no code.");
    } else if (!seen.insert(key).second) {
      refuse("stands earlier in the same list.");
    } else if (state.credentials.contains(key)) {
      refuse("was imported already.");
    } else if (weight < 1 || weight > max_weight) {
      refuse("has a weight that is not from 1 to " + std::to_string(max_weight) + ".");
    }
  }
  return faults.judged(ErrorCode::roll_invalid, faults.counted() + " in the credentials: nothing was imported.");
}

}  // namespace

Result<void> credentials(const State& state, const PlaceId& place,
                         std::span<const ballot::PublicCredential> credentials) {
  if (auto ok = importable(state, place, credentials); !ok) return ok;
  return room_for(state, place, credentials);
}

Result<void> reserve(const State& state, const PlaceId& place, std::span<const ballot::PublicCredential> credentials) {
  if (auto ok = importable(state, place, credentials); !ok) return ok;
  std::uint64_t voters = 0, reserve = credentials.size();
  const auto weights = weights_at(state, place);
  for (const auto& [weight, count] : weights) {
    voters += count.voters;
    reserve += count.reserve;
  }
  for (const auto& credential : credentials) {
    const auto found = weights.find(credential.weight);
    if (found != weights.end() && found->second.voters > 0) continue;
    return fail(ErrorCode::conflict, "The reserve of the polling place " + shown(place) + " holds a credential" +
                                         (credential.weight == 1 ? " of weight 1" : of_weight(credential.weight)) +
                                         ", but no voter there has that weight: it could replace none.");
  }
  if (reserve <= voters) return {};
  return fail(ErrorCode::conflict, "The reserve of the polling place " + shown(place) + " would be " +
                                       std::to_string(reserve) + " credentials for " + std::to_string(voters) +
                                       " voters: it may be as many as the voters at most.");
}

Result<void> after_roll(const State& state, const PlaceId& place) {
  if (count_at(state.summary.credentials_by_place, place) != 0) return {};
  return fail(ErrorCode::conflict, "The polling place " + shown(place) +
                                       " has no credentials yet: import those of its voters before its reserve.");
}

Result<void> withdraws_credentials(const State& state, const std::string& why) {
  if (auto ok = reason(why, "the credentials are withdrawn"); !ok) return ok;
  if (!state.credentials.empty()) return {};
  return fail(ErrorCode::conflict, "There are no credentials to withdraw.");
}

Result<void> replaces(const State& state, const CredentialReplaced& replaced) {
  if (auto ok = reason(replaced.reason, "the code is replaced"); !ok) return ok;
  if (auto ok = known_credential(state, replaced.lost); !ok) return ok;
  if (state.last_ballot.contains(replaced.lost)) {
    return fail(ErrorCode::conflict, "A ballot was cast with the lost code already, so it cannot be replaced.");
  }
  const auto& lost = state.credentials.at(replaced.lost);
  const auto issued = state.credentials.find(replaced.issued);
  if (issued == state.credentials.end() || issued->second.standing != State::Standing::reserve) {
    return fail(ErrorCode::conflict,
                "The code to hand out is not one of the reserve, or was handed out already: take another envelope.");
  }
  if (issued->second.place != lost.place) {
    return fail(ErrorCode::conflict, "The code to hand out is of the polling place " + shown(issued->second.place) +
                                         ", the lost one of " + shown(lost.place) + ": take one of that place.");
  }
  if (issued->second.weight != lost.weight) {
    return fail(ErrorCode::conflict, "The code to hand out weighs " + std::to_string(issued->second.weight) +
                                         ", the lost one " + std::to_string(lost.weight) + ": take an equal one.");
  }
  return {};
}

}  // namespace suara::election::rules
