#include <algorithm>
#include <set>

#include "core/base/fault_list.hpp"
#include "core/election/rules.hpp"

namespace suara::election::rules {
namespace {

Result<const State::Enrolled*> enrolled(const State& state, const Hash& commitment) {
  const auto found = state.roll.find(commitment);
  if (found != state.roll.end()) return &found->second;
  return fail(ErrorCode::not_found, "This voter is not on the election's roll.");
}

// The credentials that are there already stand for voters: none may lose its voter, and the reserve stays a reserve.
Result<void> may_leave(const State& state, const State::Enrolled& voter) {
  const auto place = state.weights.find(voter.place);
  if (place == state.weights.end()) return {};
  std::uint64_t voters = 0, reserve = 0;
  for (const auto& [weight, count] : place->second) {
    voters += count.voters;
    reserve += count.reserve;
  }
  const auto count = place->second.find(voter.weight);
  const bool enough = count == place->second.end() || (count->second.voters > count->second.credentials &&
                                                       (count->second.reserve == 0 || count->second.voters > 1));
  if (enough && voters > reserve) return {};
  return fail(ErrorCode::conflict, "The credentials of the polling place " + shown(voter.place) +
                                       " are made for its voters as they are: withdraw the credentials first, and "
                                       "make them again when the roll is right.");
}

}  // namespace

Result<void> voters(const State& state, std::span<const VotersEnrolled::Voter> voters) {
  if (voters.empty()) return fail(ErrorCode::roll_invalid, "The roll is empty: send at least one voter.");
  FaultList faults;
  std::uint64_t weight = state.voters_weight;
  std::set<std::string_view> places;
  for (const Place& place : state.summary.draft.places) places.insert(place.id.value);
  std::unordered_set<Hash> seen;
  seen.reserve(voters.size());
  for (std::size_t i = 0; i < voters.size(); ++i) {
    const auto& voter = voters[i];
    const auto refuse = [&](const std::string& why) { faults.add("voter " + std::to_string(i + 1) + ": " + why); };
    if (!places.contains(voter.place.value)) {
      refuse("the polling place " + shown(voter.place) + " is not in the draft.");
    }
    if (voter.weight < 1 || voter.weight > max_weight) {
      refuse("the weight must be from 1 to " + std::to_string(max_weight) + ".");
    } else {
      weight += voter.weight;
    }
    if (!seen.insert(voter.commitment).second) {
      refuse("the same commitment stands earlier in this roll.");
    } else if (state.roll.contains(voter.commitment)) {
      refuse("the same commitment is enrolled already.");
    }
  }
  if (weight > max_total_weight) {
    faults.add("the whole roll would weigh " + std::to_string(weight) + "; at most " +
               std::to_string(max_total_weight) + " is allowed.");
  }
  return faults.judged(ErrorCode::roll_invalid,
                       faults.counted() + " in the roll: nothing was enrolled. Correct what is listed.");
}

Result<void> corrects_voter(const State& state, const VoterCorrected& corrected) {
  const auto& voter = corrected.voter;
  if (auto ok = reason(corrected.reason, "the voter's row is corrected"); !ok) return ok;
  const auto was = enrolled(state, corrected.was);
  if (!was) return fail(was.error());
  if (!has_place(state, voter.place)) {
    return fail(ErrorCode::roll_invalid, "The polling place " + shown(voter.place) + " is not in the draft.");
  }
  if (voter.weight < 1 || voter.weight > max_weight) {
    return fail(ErrorCode::roll_invalid, "The weight must be from 1 to " + std::to_string(max_weight) + ".");
  }
  if (state.voters_weight - (*was)->weight + voter.weight > max_total_weight) {
    return fail(ErrorCode::roll_invalid, "The whole roll would weigh more than " + std::to_string(max_total_weight) +
                                             ", which is the most that is allowed.");
  }
  if (state.roll.contains(voter.commitment)) {
    return fail(ErrorCode::conflict, "The same commitment is enrolled already: correct the row with a fresh salt.");
  }
  if ((*was)->place == voter.place && (*was)->weight == voter.weight) return {};
  return may_leave(state, **was);
}

Result<void> removes_voter(const State& state, const VoterRemoved& removed) {
  if (auto ok = reason(removed.reason, "the voter is removed"); !ok) return ok;
  const auto voter = enrolled(state, removed.voter);
  if (!voter) return fail(voter.error());
  return may_leave(state, **voter);
}

}  // namespace suara::election::rules
