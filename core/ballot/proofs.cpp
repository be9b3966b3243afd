#include "core/ballot/proofs.hpp"

#include "core/crypto/public_point.hpp"

namespace suara::ballot {

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
  std::string text = "prove|" + statement + "|" + ciphertext_text(ciphertext);
  char separator = '|';
  for (const auto& commitment : commitments) {
    text += separator;
    text += commitment.to_text();
    separator = ',';
  }
  return crypto::hash_to_scalar(text);
}

Ciphertext product(const std::vector<Ciphertext>& ciphertexts) {
  Ciphertext out;
  for (const auto& c : ciphertexts) out = {out.alpha * c.alpha, out.beta * c.beta};
  return out;
}

namespace {

Scalar knowledge_challenge(std::string_view prefix, const Element& commitment) {
  return crypto::hash_to_scalar(std::string(prefix) + "|" + commitment.to_text());
}

}  // namespace

Proof prove_knowledge(const crypto::SecretScalar& secret, std::string_view prefix) {
  const auto w = crypto::SecretScalar::random();
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
