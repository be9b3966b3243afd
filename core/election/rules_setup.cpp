#include <algorithm>
#include <set>

#include "core/ballot/trustee.hpp"
#include "core/base/fault_list.hpp"
#include "core/election/rules.hpp"

namespace suara::election::rules {
namespace {

bool is_base58(std::string_view text) {
  constexpr std::string_view alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  return text.find_first_not_of(alphabet) == std::string_view::npos;
}

std::set<std::string_view> place_ids(const State& state) {
  std::set<std::string_view> ids;
  for (const Place& place : state.summary.draft.places) ids.insert(place.id.value);
  return ids;
}

// Ids come from outside: an unknown one may be of any form and length.
std::string shown(const PlaceId& id) {
  std::string out = "'";
  for (const char c : id.value.substr(0, 32)) out += c >= 0x20 && c <= 0x7e ? c : '?';
  return out + (id.value.size() > 32 ? "...'" : "'");
}

// A place has a voter for each of its credentials, of the same weight: what is imported cannot be taken back.
Result<void> room_for(const State& state, const PlaceId& place, std::span<const ballot::PublicCredential> credentials) {
  auto weights = State::WeightsOf{};
  if (const auto found = state.weights.find(place); found != state.weights.end()) weights = found->second;
  for (const auto& credential : credentials) ++weights[credential.weight].credentials;
  for (const auto& [weight, count] : weights) {
    if (count.credentials <= count.voters) continue;
    const std::string heavy = weight == 1 ? "" : " of weight " + std::to_string(weight);
    return fail(ErrorCode::conflict, "The polling place " + shown(place) + " has " + std::to_string(count.voters) +
                                         " voters" + heavy + " and would get " + std::to_string(count.credentials) +
                                         " credentials" + heavy + ": enrol its voters first, one credential each.");
  }
  return {};
}

}  // namespace

Result<void> ledger_opens(const State& state, const ElectionUuid& uuid, const std::string& key) {
  constexpr std::size_t shortest = 14, longest = 64, longest_key = 400;
  if (state.size != 0) {
    return fail(ErrorCode::conflict, "This ledger is open already: an election's ledger is opened once.");
  }
  if (uuid.value.size() < shortest || uuid.value.size() > longest || !is_base58(uuid.value)) {
    return fail(ErrorCode::malformed, "An election's uuid must be 14 to 64 base58 characters.");
  }
  if (key.empty() || key.size() > longest_key) {
    return fail(ErrorCode::malformed, "The ledger's verifier key is missing or too long.");
  }
  return {};
}

Result<void> drafts(const State& state, const Draft& draft) {
  if (state.summary.uuid.empty() || state.summary.drafted_at) {
    return fail(ErrorCode::conflict, "An election is drafted once, directly after its ledger was opened.");
  }
  return check_draft(draft);
}

Result<void> trustee_key(const State& state, Role by, const ballot::TrusteePublicKey& key) {
  const Summary& summary = state.summary;
  const bool live = summary.draft.policies.tally == TallyPolicy::live;
  if (live != (by == Role::service)) {
    return fail(ErrorCode::not_permitted,
                live ? "Under the tally policy 'live' only the service publishes the trustee's key."
                     : "Under the tally policy 'sealed' the service may hold no key: a trustee publishes it.");
  }
  if (summary.draft.trustees == 0) {
    return fail(ErrorCode::conflict, "This election has only threshold trustees: they make their key in the ceremony.");
  }
  if (summary.trustees.size() >= summary.draft.trustees) {
    return fail(ErrorCode::conflict, "All " + std::to_string(summary.draft.trustees) +
                                         " trustee keys of this election are published already.");
  }
  for (const auto& published : summary.trustees) {
    if (published.key.public_key == key.public_key) {
      return fail(ErrorCode::conflict, "This key was published already, as trustee " +
                                           std::to_string(published.trustee) + ": each trustee makes its own.");
    }
  }
  if (key.public_key.is_identity()) {
    return fail(ErrorCode::invalid_point, "A trustee's key may not be the identity: generate a new one.");
  }
  return ballot::verify_trustee_key(key);
}

Result<void> voters(const State& state, std::span<const VotersEnrolled::Voter> voters) {
  if (voters.empty()) return fail(ErrorCode::roll_invalid, "The roll is empty: send at least one voter.");
  FaultList faults;
  std::uint64_t weight = state.voters_weight;
  const auto places = place_ids(state);
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
    } else if (state.commitments.contains(voter.commitment)) {
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

Result<void> credentials(const State& state, const PlaceId& place,
                         std::span<const ballot::PublicCredential> credentials) {
  if (!place_ids(state).contains(place.value)) {
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
  if (!faults.empty()) {
    return faults.judged(ErrorCode::roll_invalid, faults.counted() + " in the credentials: nothing was imported.");
  }
  return room_for(state, place, credentials);
}

}  // namespace suara::election::rules
