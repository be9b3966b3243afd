#include "core/ballot/trustee.hpp"

#include <algorithm>
#include <array>

#include "core/ballot/proofs.hpp"
#include "core/ballot/threshold.hpp"
#include "core/crypto/public_point.hpp"

namespace suara::ballot {
namespace {

using crypto::PowerTable;
using crypto::PublicPoint;

std::string pok_text(const Element& key) { return "pok|Ed25519|" + key.to_text(); }

// The text before the commitments: version 1 leaves alpha and the factor out, the strong proof names them.
std::string plain_text(const std::string& fingerprint, const Element& key) {
  return "decrypt|" + fingerprint + "|" + key.to_text();
}

std::string strong_text(const std::string& fingerprint, const Element& key, const Element& alpha,
                        const Element& factor) {
  return "suara-decrypt|" + fingerprint + "|" + key.to_text() + "|" + alpha.to_text() + "," + factor.to_text();
}

Scalar challenge_of(const std::string& text, const Element& a, const Element& b) {
  return crypto::hash_to_scalar(text + "|" + a.to_text() + "," + b.to_text());
}

Proof prove_factor(const std::string& text, const Element& alpha, const crypto::SecretScalar& secret) {
  const auto w = crypto::SecretScalar::random();
  const Scalar challenge = challenge_of(text, crypto::g_pow(w.expose()), crypto::pow(alpha, w.expose()));
  return {challenge, w.expose() - secret.expose() * challenge};
}

bool factor_proven(const std::string& text, const Element& alpha, const Element& factor, const PowerTable& key,
                   const Proof& proof) {
  const PowerTable alpha_table{PublicPoint(alpha)}, factor_table{PublicPoint(factor)};
  const auto commitments = PublicPoint::elements(
      std::array{crypto::power_product({{PowerTable::generator(), proof.response}, {key, proof.challenge}}),
                 crypto::power_product({{alpha_table, proof.response}, {factor_table, proof.challenge}})});
  return challenge_of(text, commitments[0], commitments[1]) == proof.challenge;
}

bool shapes_agree(const EncryptedTally& tally, const PartialDecryption& partial,
                  const std::vector<std::vector<Proof>>& proofs) {
  if (partial.factors.size() != tally.size() || proofs.size() != tally.size()) return false;
  for (std::size_t q = 0; q < tally.size(); ++q) {
    if (partial.factors[q].size() != tally[q].size() || proofs[q].size() != tally[q].size()) return false;
  }
  return true;
}

// `text_of(alpha, factor)` is the hashed text before the commitments.
template <class TextOf>
Result<void> verify_factors(const EncryptedTally& tally, const PartialDecryption& partial,
                            const std::vector<std::vector<Proof>>& proofs, const Element& key, TextOf text_of) {
  if (!shapes_agree(tally, partial, proofs)) {
    return fail(ErrorCode::wrong_choices,
                "The partial decryption needs one factor and one proof for each count of the tally.");
  }
  const PowerTable key_table{PublicPoint(key)};
  for (std::size_t q = 0; q < tally.size(); ++q) {
    for (std::size_t i = 0; i < tally[q].size(); ++i) {
      const Element& alpha = tally[q][i].alpha;
      const Element& factor = partial.factors[q][i];
      if (!factor_proven(text_of(alpha, factor), alpha, factor, key_table, proofs[q][i])) {
        return fail(ErrorCode::invalid_proof, "The decryption proof of question " + std::to_string(q + 1) +
                                                  ", answer " + std::to_string(i + 1) +
                                                  " does not verify with the trustee's key.");
      }
    }
  }
  return {};
}

}  // namespace

TrusteeKeyPair generate_trustee_key() {
  auto secret = crypto::SecretScalar::random();
  auto key = trustee_public_key(secret);
  return {std::move(secret), key};
}

TrusteePublicKey trustee_public_key(const crypto::SecretScalar& secret) {
  const Element key = crypto::g_pow(secret.expose());
  return {prove_knowledge(secret, pok_text(key)), key};
}

Result<void> verify_trustee_key(const TrusteePublicKey& key) {
  if (key.public_key.is_identity() || !knowledge_proven(key.public_key, key.pok, pok_text(key.public_key))) {
    return fail(ErrorCode::invalid_proof, "The trustee's proof that it holds its secret key does not verify.");
  }
  return {};
}

Result<void> verify_trustees(const Trustees& trustees) {
  if (trustees.empty()) return fail(ErrorCode::wrong_choices, "There are no trustees.");
  std::set<Element> keys;
  std::uint32_t owner = 0;
  const auto take = [&](const Element& key) -> Result<void> {
    ++owner;
    if (keys.insert(key).second) return {};
    return fail(ErrorCode::conflict, "Trustee " + std::to_string(owner) + " has the key of a trustee before it.");
  };
  for (const auto& item : trustees) {
    if (const auto* single = std::get_if<TrusteePublicKey>(&item)) {
      if (auto ok = take(single->public_key); !ok) return ok;
      if (single->public_key.is_identity()) {
        return fail(ErrorCode::invalid_point, "The key of trustee " + std::to_string(owner) + " is the identity.");
      }
      if (auto ok = verify_trustee_key(*single); !ok) {
        return fail(ErrorCode::invalid_proof, "Trustee " + std::to_string(owner) + ": " + ok.error().detail);
      }
      continue;
    }
    const auto& group = std::get<ThresholdParameters>(item);
    if (auto ok = verify_threshold(group); !ok) return ok;
    // Where one of them suffices, all its members have the same key.
    std::set<Element> own;
    for (const auto& key : group.verification_keys) {
      if (!own.insert(key.public_key).second) {
        ++owner;
      } else if (auto ok = take(key.public_key); !ok) {
        return ok;
      }
    }
  }
  return {};
}

Element combine_keys(const Trustees& trustees) {
  Element key;
  for (const auto& item : trustees) {
    const auto* single = std::get_if<TrusteePublicKey>(&item);
    key = key * (single ? single->public_key : threshold_key(std::get<ThresholdParameters>(item)));
  }
  return key;
}

Result<void> verify_election_key(const Election& election, const Trustees& trustees) {
  if (auto ok = verify_trustees(trustees); !ok) return ok;
  if (combine_keys(trustees) == election.public_key) return {};
  return fail(ErrorCode::conflict, "The election's public key is not the product of its trustees' keys.");
}

namespace {

// Calls `single(owner, key)` or `group(first owner, parameters)` for each item, in order. Gives the number of owners.
template <class Single, class Group>
std::uint32_t for_each_item(const Trustees& trustees, Single single, Group group) {
  std::uint32_t next = 1;
  for (const auto& item : trustees) {
    if (const auto* key = std::get_if<TrusteePublicKey>(&item)) {
      single(next, *key);
      ++next;
    } else {
      const auto& parameters = std::get<ThresholdParameters>(item);
      group(next, parameters);
      next += static_cast<std::uint32_t>(parameters.verification_keys.size());
    }
  }
  return next - 1;
}

}  // namespace

std::uint32_t count_owners(const Trustees& trustees) {
  return for_each_item(
      trustees, [](auto, const auto&) {}, [](auto, const auto&) {});
}

std::optional<Element> owner_key(const Trustees& trustees, std::uint32_t owner) {
  std::optional<Element> found;
  for_each_item(
      trustees,
      [&](std::uint32_t each, const TrusteePublicKey& key) {
        if (each == owner) found = key.public_key;
      },
      [&](std::uint32_t first, const ThresholdParameters& group) {
        if (owner >= first && owner - first < group.verification_keys.size()) {
          found = group.verification_keys[owner - first].public_key;
        }
      });
  return found;
}

bool Needed::nothing() const {
  return mandatory.empty() && std::all_of(groups.begin(), groups.end(), [](const auto& g) { return g.missing == 0; });
}

Needed still_needed(const Trustees& trustees, const std::set<std::uint32_t>& submitted) {
  Needed needed;
  for_each_item(
      trustees,
      [&](std::uint32_t owner, const TrusteePublicKey&) {
        if (!submitted.contains(owner)) needed.mandatory.push_back(owner);
      },
      [&](std::uint32_t first, const ThresholdParameters& parameters) {
        auto& group = needed.groups.emplace_back();
        const auto size = static_cast<std::uint32_t>(parameters.verification_keys.size());
        for (std::uint32_t owner = first; owner < first + size; ++owner) {
          if (!submitted.contains(owner)) group.absent.push_back(owner);
        }
        const auto present = size - static_cast<std::uint32_t>(group.absent.size());
        group.missing = parameters.threshold > present ? parameters.threshold - present : 0;
      });
  return needed;
}

Decryption decrypt(const EncryptedTally& tally, const crypto::SecretScalar& secret, const std::string& fingerprint) {
  const Element key = crypto::g_pow(secret.expose());
  const std::string plain = plain_text(fingerprint, key);
  Decryption out;
  for (const auto& question : tally) {
    auto& factors = out.partial.factors.emplace_back();
    auto& proofs = out.partial.proofs.emplace_back();
    auto& strong = out.strong_proofs.emplace_back();
    for (const auto& count : question) {
      const Element factor = crypto::pow(count.alpha, secret.expose());
      factors.push_back(factor);
      proofs.push_back(prove_factor(plain, count.alpha, secret));
      strong.push_back(prove_factor(strong_text(fingerprint, key, count.alpha, factor), count.alpha, secret));
    }
  }
  return out;
}

Result<void> verify_partial_decryption(const EncryptedTally& tally, const PartialDecryption& partial,
                                       const Element& trustee_key, const std::string& fingerprint) {
  const std::string text = plain_text(fingerprint, trustee_key);
  return verify_factors(tally, partial, partial.proofs, trustee_key,
                        [&](const Element&, const Element&) { return text; });
}

Result<void> verify_strong_proofs(const EncryptedTally& tally, const PartialDecryption& partial,
                                  const StrongProofs& strong, const Element& trustee_key,
                                  const std::string& fingerprint) {
  return verify_factors(tally, partial, strong, trustee_key, [&](const Element& alpha, const Element& factor) {
    return strong_text(fingerprint, trustee_key, alpha, factor);
  });
}

}  // namespace suara::ballot
