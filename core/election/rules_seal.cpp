#include <algorithm>
#include <type_traits>

#include "core/ballot/trustee.hpp"
#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "core/election/rules.hpp"
#include "core/election/trustees.hpp"

namespace suara::election::rules {
namespace {

// Each credential stands for a voter of its weight at its place.
void place_faults(const State& state, const Place& place, std::vector<std::string>& faults) {
  const auto found = state.weights.find(place.id);
  if (found == state.weights.end()) return;
  for (const auto& [weight, count] : found->second) {
    if (count.voters == count.credentials) continue;
    const std::string heavy = weight == 1 ? "" : " of weight " + std::to_string(weight);
    faults.push_back("Polling place '" + place.id.value + "' has " + std::to_string(count.voters) + " voters" + heavy +
                     " and " + std::to_string(count.credentials) + " credentials" + heavy +
                     ": import the credentials of the missing " + std::to_string(count.voters - count.credentials) +
                     ".");
  }
}

std::string ceremony_fault(const Summary& summary) {
  const auto step = ceremony_step(summary);
  if (!step || *step == CeremonyStep::done) return "";
  std::string waiting;
  std::uint32_t trustee = 0;
  for (const CeremonyMember& member : summary.ceremony) {
    ++trustee;
    const bool done = *step == CeremonyStep::coefexps ? member.coefexps.has_value() : member.confirmed.has_value();
    if (*step == CeremonyStep::certificates || done) continue;
    waiting += (waiting.empty() ? "" : ", ") + owner_name(summary, summary.draft.trustees + trustee);
  }
  const std::string all = std::to_string(summary.draft.threshold->trustees);
  switch (*step) {
    case CeremonyStep::certificates:
      return std::to_string(summary.ceremony.size()) + " of " + all +
             " threshold trustees have published their certificate: the others must, to begin the key ceremony.";
    case CeremonyStep::coefexps:
      return "The key ceremony waits for the coefexps of " + waiting + ".";
    case CeremonyStep::confirmations:
      return "The key ceremony waits for the confirmation of " + waiting + ".";
    case CeremonyStep::done:
      break;
  }
  return "";
}

bool same(const ballot::TrusteePublicKey& a, const ballot::TrusteePublicKey& b) {
  return a.public_key == b.public_key && a.pok == b.pok;
}

bool same(const ballot::SignedText& a, const ballot::SignedText& b) {
  return a.text == b.text && a.signature == b.signature;
}

bool same(const ballot::TrusteeItem& a, const ballot::TrusteeItem& b);
bool same(const ballot::Certificate& a, const ballot::Certificate& b) { return same(a.message, b.message); }
bool same(const ballot::Coefexps& a, const ballot::Coefexps& b) { return same(a.message, b.message); }

template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const T& x, const T& y) { return same(x, y); });
}

bool same(const ballot::ThresholdParameters& a, const ballot::ThresholdParameters& b) {
  return a.threshold == b.threshold && same(a.certs, b.certs) && same(a.coefexps, b.coefexps) &&
         same(a.verification_keys, b.verification_keys);
}

bool same(const ballot::TrusteeItem& a, const ballot::TrusteeItem& b) {
  if (a.index() != b.index()) return false;
  return std::visit([&](const auto& item) { return same(item, std::get<std::decay_t<decltype(item)>>(b)); }, a);
}

// The members of the sealed election that are not what the state says, by name.
std::vector<std::string> differences(const State& state, const ElectionSealed& sealed) {
  const Draft& draft = state.summary.draft;
  const ballot::Election& election = sealed.parsed_election;
  std::vector<ballot::Question> questions;
  for (const Contest& contest : draft.contests) questions.push_back(contest.question);

  std::vector<std::string> items;
  const auto must = [&](bool equal, const char* member) {
    if (!equal) items.push_back(std::string("The sealed election's ") + member + " is not what was recorded.");
  };
  must(election.uuid == state.summary.uuid, "uuid");
  must(election.name == draft.name, "name");
  must(election.description == draft.description, "description");
  must(election.administrator == draft.administrator, "administrator");
  must(election.credential_authority == draft.credential_authority, "credential_authority");
  must(election.questions == questions, "questions");
  must(same(published_trustees(state.summary), sealed.parsed_trustees), "list of trustees");
  must(election.public_key == ballot::combine_keys(sealed.parsed_trustees), "public_key (the product of the keys)");
  must(sealed.credentials_hash == credentials_hash(state), "credentials_hash");
  return items;
}

}  // namespace

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
  if (auto fault = ceremony_fault(summary); !fault.empty()) missing.push_back(std::move(fault));
  if (summary.voters == 0) missing.push_back("No voters are enrolled: import the roll.");
  for (const Place& place : summary.draft.places) place_faults(state, place, missing);
  if (missing.empty()) return {};
  std::string detail = "The election cannot be sealed yet: " + missing.front();
  return fail(ErrorCode::conflict, std::move(detail), std::move(missing));
}

Result<void> roll_matches(const State& state, const RollSealed& roll) {
  if (roll.voters == state.summary.voters && roll.credentials == state.credentials.size() &&
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
  // The keys first, whoever published them: of everything sealed it is what no later check can make good.
  if (auto ok = ballot::verify_trustees(sealed.parsed_trustees); !ok) return ok;
  if (sealed.parsed_election.public_key.is_identity()) {
    return fail(ErrorCode::invalid_point, "The trustees' keys multiply to the identity: publish new keys.");
  }
  auto items = differences(state, sealed);
  if (items.empty()) return {};
  return fail(ErrorCode::conflict, "The texts to seal differ from what was recorded: make them again from the ledger.",
              std::move(items));
}

}  // namespace suara::election::rules
