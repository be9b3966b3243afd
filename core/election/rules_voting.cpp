#include <algorithm>

#include "core/election/rules.hpp"

namespace suara::election::rules {

Result<void> known_credential(const State& state, const ballot::Element& credential) {
  if (state.credentials.contains(credential)) return {};
  return fail(ErrorCode::unknown_credential,
              "This code is not on this election's roll: check that it is typed as printed and is for this election.");
}

Result<void> casts(const State& state, const ballot::Ballot& ballot) {
  const Summary& summary = state.summary;
  if (ballot.election_uuid != summary.uuid || ballot.election_hash != summary.sealed->parsed_election.fingerprint) {
    return fail(ErrorCode::wrong_election, "The ballot was made for another election: load the ballot page again.");
  }
  if (auto known = known_credential(state, ballot.credential); !known) return known;
  if (summary.draft.policies.revote == RevotePolicy::refused && state.last_ballot.contains(ballot.credential)) {
    return fail(ErrorCode::already_voted,
                "A ballot was cast with this code already, and this election allows only one.");
  }
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

}  // namespace suara::election::rules
