#include "core/ballot/trustee.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/election/rules.hpp"

namespace suara::election::rules {
namespace {

std::string place_fault(const Summary& summary, const Place& place) {
  const auto voters = count_at(summary.voters_by_place, place.id);
  const auto credentials = count_at(summary.credentials_by_place, place.id);
  if (voters == credentials) return "";
  return "Polling place '" + place.id.value + "' has " + std::to_string(voters) + " voters and " +
         std::to_string(credentials) + " credentials: import the credentials of the missing " +
         std::to_string(voters - credentials) + ".";
}

bool same_keys(const std::vector<TrusteeKeyPublished>& published, const ballot::Trustees& sealed) {
  if (published.size() != sealed.size()) return false;
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    const auto* key = std::get_if<ballot::TrusteePublicKey>(&sealed[i]);
    if (!key || published[i].key.public_key != key->public_key || published[i].key.pok != key->pok) return false;
  }
  return true;
}

// The members of the sealed election that are not what the state says, by name.
std::vector<std::string> differences(const State& state, const ElectionSealed& sealed) {
  const Draft& draft = state.summary.draft;
  const ballot::Election& election = sealed.parsed_election;
  std::vector<ballot::Question> questions;
  for (const Contest& contest : draft.contests) questions.push_back(contest.question);

  std::vector<std::string> items;
  const auto same = [&](bool equal, const char* member) {
    if (!equal) items.push_back(std::string("The sealed election's ") + member + " is not what was recorded.");
  };
  same(election.uuid == state.summary.uuid, "uuid");
  same(election.name == draft.name, "name");
  same(election.description == draft.description, "description");
  same(election.administrator == draft.administrator, "administrator");
  same(election.credential_authority == draft.credential_authority, "credential_authority");
  same(election.questions == questions, "questions");
  same(same_keys(state.summary.trustees, sealed.parsed_trustees), "list of trustees");
  same(election.public_key == ballot::combine_keys(sealed.parsed_trustees), "public_key (the product of the keys)");
  same(sealed.credentials_hash == credentials_hash(state), "credentials_hash");
  return items;
}

}  // namespace

std::uint64_t count_at(const std::map<PlaceId, std::uint64_t>& counts, const PlaceId& place) {
  const auto found = counts.find(place);
  return found == counts.end() ? 0 : found->second;
}

Result<void> not_half_sealed(const State& state) {
  if (!state.summary.roll_sealed || state.summary.sealed) return {};
  return fail(ErrorCode::wrong_phase, "The roll is sealed: only the sealing of the election may follow.");
}

Result<void> ready_to_seal(const State& state) {
  const Summary& summary = state.summary;
  std::vector<std::string> missing;
  if (summary.trustees.size() != summary.draft.trustees) {
    missing.push_back(std::to_string(summary.trustees.size()) + " of " + std::to_string(summary.draft.trustees) +
                      " trustee keys are published: each missing trustee makes a key and publishes it.");
  }
  if (summary.voters == 0) missing.push_back("No voters are enrolled: import the roll.");
  for (const Place& place : summary.draft.places) {
    if (auto fault = place_fault(summary, place); !fault.empty()) missing.push_back(std::move(fault));
  }
  if (missing.empty()) return {};
  std::string detail = "The election cannot be sealed yet: " + missing.front();
  return fail(ErrorCode::conflict, std::move(detail), std::move(missing));
}

Result<void> roll_matches(const State& state, const RollSealed& roll) {
  if (roll.voters == state.summary.voters && roll.credentials == state.summary.credentials &&
      roll.credentials_hash == credentials_hash(state)) {
    return {};
  }
  return fail(ErrorCode::conflict, "The sealed roll's counts or hash are not those of the recorded roll.");
}

Result<void> sealed_matches(const State& state, const ElectionSealed& sealed) {
  const auto fingerprint = crypto::to_base64_unpadded(crypto::sha256(sealed.election).view());
  if (sealed.parsed_election.fingerprint != fingerprint) {
    return fail(ErrorCode::integrity, "The sealed election's fingerprint is not that of its text.");
  }
  if (sealed.parsed_election.public_key.is_identity()) {
    return fail(ErrorCode::invalid_point, "The trustees' keys multiply to the identity: publish new keys.");
  }
  auto items = differences(state, sealed);
  if (items.empty()) return {};
  return fail(ErrorCode::conflict, "The texts to seal differ from what was recorded: make them again from the ledger.",
              std::move(items));
}

}  // namespace suara::election::rules
