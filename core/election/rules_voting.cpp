#include <algorithm>

#include "core/election/rules.hpp"

namespace suara::election::rules {

Result<void> known_credential(const State& state, const ballot::Element& credential) {
  const auto known = state.credentials.find(credential);
  if (known == state.credentials.end()) {
    return fail(
        ErrorCode::unknown_credential,
        "This code is not on this election's roll: check that it is typed as printed and is for this election.");
  }
  switch (known->second.standing) {
    case State::Standing::in_use:
      return {};
    case State::Standing::reserve:
      return fail(ErrorCode::unknown_credential,
                  "This code is of the reserve and was not handed out: ask the committee.");
    case State::Standing::replaced:
      return fail(ErrorCode::unknown_credential,
                  "This code was replaced by another and can no longer be used: use the new one.");
  }
  return {};
}

namespace {

// What a cast and a challenged ballot have in common.
Result<void> acceptable(const State& state, const ballot::Ballot& ballot) {
  const Summary& summary = state.summary;
  if (ballot.election_uuid != summary.uuid || ballot.election_hash != summary.sealed->parsed_election.fingerprint) {
    return fail(ErrorCode::wrong_election, "The ballot was made for another election: load the ballot page again.");
  }
  if (auto known = known_credential(state, ballot.credential); !known) return known;
  std::vector<Hash> ids;
  for (const auto& answer : ballot.answers) {
    for (const auto& choice : answer.choices) ids.push_back(ciphertext_id(choice));
  }
  bool repeated = std::any_of(ids.begin(), ids.end(), [&](const Hash& id) { return state.ciphertexts.contains(id); });
  std::sort(ids.begin(), ids.end());
  repeated = repeated || std::adjacent_find(ids.begin(), ids.end()) != ids.end();
  if (!repeated) return {};
  return fail(ErrorCode::repeated_ciphertext,
              "The ballot repeats an encrypted choice that is in this election already: encrypt it afresh.");
}

}  // namespace

Result<void> casts(const State& state, const ballot::Ballot& ballot) {
  if (state.challenged.contains(ballot.tracker)) {
    return fail(ErrorCode::conflict, "This ballot was challenged, so it can never be cast: encrypt it afresh.");
  }
  const bool one_only = state.summary.draft.policies.revote == RevotePolicy::refused;
  if (one_only && state.last_ballot.contains(ballot.credential)) {
    return fail(ErrorCode::already_voted,
                "A ballot was cast with this code already, and this election allows only one.");
  }
  return acceptable(state, ballot);
}

Result<void> challenges(const State& state, const ballot::Ballot& ballot) {
  if (state.trackers.contains(ballot.tracker)) {
    return fail(ErrorCode::conflict, "This ballot was cast, so it can no longer be challenged.");
  }
  const auto earlier = state.challenges.find(ballot.credential);
  if (earlier != state.challenges.end() && earlier->second >= max_challenges) {
    return fail(ErrorCode::conflict, "Ballots were challenged " + std::to_string(max_challenges) +
                                         " times with this code; no more are accepted. Casting is still possible.");
  }
  return acceptable(state, ballot);
}

}  // namespace suara::election::rules
