#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/ballot/types.hpp"

// The texts that challenges are hashes of, and the Schnorr proofs that several files of this folder share.
namespace suara::ballot {

// "alpha,beta"
std::string ciphertext_text(const Ciphertext& ciphertext);

// S0 = phi|credential, the start of every statement of a ballot.
std::string ballot_statement(const std::string& fingerprint, const Element& credential);

// S0|alpha_1,beta_1,...,alpha_n,beta_n, the statement of a question's overall proof.
std::string overall_statement(const std::string& statement, const std::vector<Ciphertext>& choices);

// H(prove|statement|alpha,beta|A_0,B_0,...,A_k,B_k); `commitments` are A_0, B_0, A_1, ...
Scalar interval_challenge(const std::string& statement, const Ciphertext& ciphertext,
                          const std::vector<Element>& commitments);

// H(name|statement|A_0,B_0,...,A_k,B_k), of the proofs about a blank vote: "bproof0", "bproof1". The statement lists
// all choices, the blank one first.
Scalar blank_challenge(std::string_view name, const std::string& statement, const std::vector<Element>& commitments);

// Knowledge of s with key = g^s, bound to the text: challenge = H(prefix|A), response = w - s*challenge.
Proof prove_knowledge(const crypto::SecretScalar& secret, std::string_view prefix);
// The same with a nonce of the caller's: one secret and two texts with the same nonce give the secret away.
Proof prove_knowledge(const crypto::SecretScalar& secret, std::string_view prefix, const crypto::SecretScalar& w);
// Checked with A = g^response key^challenge.
bool knowledge_proven(const Element& key, const Proof& proof, std::string_view prefix);

}  // namespace suara::ballot
