#include "core/ballot/proofs.hpp"

#include "core/crypto/public_point.hpp"

namespace suara::ballot {
namespace {

// H(text|A_0,B_0,...,A_k,B_k)
Scalar listed_challenge(std::string text, const std::vector<Element>& commitments) {
  char separator = '|';
  for (const auto& commitment : commitments) {
    text += separator;
    text += commitment.to_text();
    separator = ',';
  }
  return crypto::hash_to_scalar(text);
}

Scalar knowledge_challenge(std::string_view prefix, const Element& commitment) {
  return crypto::hash_to_scalar(std::string(prefix) + "|" + commitment.to_text());
}

}  // namespace

std::string ciphertext_text(const Ciphertext& ciphertext) {
  return ciphertext.alpha.to_text() + "," + ciphertext.beta.to_text();
}

std::string ballot_statement(const std::string& fingerprint, const Element& credential) {
  return fingerprint + "|" + credential.to_text();
}

std::string overall_statement(const std::string& statement, const std::vector<Ciphertext>& choices) {
  std::string out = statement;
  char separator = '|';
  for (const auto& choice : choices) {
    out += separator;
    out += ciphertext_text(choice);
    separator = ',';
  }
  return out;
}

Scalar interval_challenge(const std::string& statement, const Ciphertext& ciphertext,
                          const std::vector<Element>& commitments) {
  return listed_challenge("prove|" + statement + "|" + ciphertext_text(ciphertext), commitments);
}

Scalar blank_challenge(std::string_view name, const std::string& statement, const std::vector<Element>& commitments) {
  return listed_challenge(std::string(name) + "|" + statement, commitments);
}

Proof prove_knowledge(const crypto::SecretScalar& secret, std::string_view prefix) {
  return prove_knowledge(secret, prefix, crypto::SecretScalar::random());
}

Proof prove_knowledge(const crypto::SecretScalar& secret, std::string_view prefix, const crypto::SecretScalar& w) {
  const Scalar challenge = knowledge_challenge(prefix, crypto::g_pow(w.expose()));
  return {challenge, w.expose() - secret.expose() * challenge};
}

bool knowledge_proven(const Element& key, const Proof& proof, std::string_view prefix) {
  const crypto::PowerTable table{crypto::PublicPoint(key)};
  const auto commitment =
      crypto::power_product({{crypto::PowerTable::generator(), proof.response}, {table, proof.challenge}});
  return knowledge_challenge(prefix, commitment.element()) == proof.challenge;
}

}  // namespace suara::ballot
