#include <algorithm>
#include <set>

#include "core/ballot/trustee.hpp"
#include "core/election/rules.hpp"

namespace suara::election::rules {
namespace {

constexpr std::size_t longest_key = 400;

bool is_base58(std::string_view text) {
  constexpr std::string_view alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  return text.find_first_not_of(alphabet) == std::string_view::npos;
}

Result<void> keeps_places(const State& state, const Draft& draft) {
  std::set<std::string_view> ids;
  for (const Place& place : draft.places) ids.insert(place.id.value);
  for (const auto& [place, weights] : state.weights) {
    const bool used = std::any_of(weights.begin(), weights.end(), [](const auto& each) {
      return each.second.voters + each.second.credentials + each.second.reserve != 0;
    });
    if (!used || ids.contains(place.value)) continue;
    return fail(ErrorCode::conflict, "The polling place " + shown(place) +
                                         " has voters or credentials: it cannot leave the draft while it has.");
  }
  return {};
}

}  // namespace

Result<void> ledger_opens(const State& state, const ElectionUuid& uuid, const std::string& key) {
  constexpr std::size_t shortest = 14, longest = 64;
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

Result<void> revises(const State& state, const Draft& draft) {
  const Summary& summary = state.summary;
  if (auto ok = check_draft(draft); !ok) return ok;
  if (auto ok = keeps_places(state, draft); !ok) return ok;
  if (draft.trustees < summary.trustees.size()) {
    return fail(ErrorCode::conflict, std::to_string(summary.trustees.size()) +
                                         " trustees have published their key: the draft cannot have fewer.");
  }
  const bool has_keys = !summary.trustees.empty() || !summary.ceremony.empty();
  if (has_keys && draft.policies.tally != summary.draft.policies.tally) {
    return fail(ErrorCode::conflict, "A key is published, so the tally policy can no longer change.");
  }
  if (has_keys && draft.threshold != summary.draft.threshold) {
    return fail(ErrorCode::conflict, "A key is published, so the threshold can no longer change.");
  }
  // Else one member alone would take away what makes the other needed.
  if (summary.draft.policies.approval == ApprovalPolicy::two && draft.policies.approval != ApprovalPolicy::two) {
    return fail(ErrorCode::conflict, "The approval policy 'two' cannot be taken back: appoint a second member.");
  }
  return {};
}

// That the text holds the public key and has the ledger's name is the codec's and the audit's matter: it is a format.
Result<void> rotates_key(const State& state, const KeyRotated& rotated) {
  const Summary& summary = state.summary;
  const std::string name = summary.key.substr(0, summary.key.find('+'));
  if (rotated.key.size() > longest_key || rotated.key.substr(0, rotated.key.find('+')) != name) {
    return fail(ErrorCode::conflict, "The new key must bear the ledger's own name.");
  }
  const auto& former = summary.former_keys;
  if (former.size() + 1 >= max_ledger_keys) {
    return fail(ErrorCode::conflict, "This ledger has had " + std::to_string(max_ledger_keys) + " keys, which is the most.");
  }
  if (rotated.key == summary.key || std::find(former.begin(), former.end(), rotated.key) != former.end()) {
    return fail(ErrorCode::conflict, "This key signed this ledger before: make a new one.");
  }
  const std::string message = key_rotation_message(summary.key, rotated.key);
  if (crypto::verify(rotated.public_key, as_bytes(message), rotated.proof)) return {};
  return fail(ErrorCode::invalid_signature, "The new key has not signed its taking over from the key in force.");
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

}  // namespace suara::election::rules
