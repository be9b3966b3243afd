#include "core/ballot/encrypt.hpp"

#include <numeric>

#include "core/ballot/proofs.hpp"

namespace suara::ballot {
namespace {

using crypto::SecretScalar;

struct Encryption {
  Ciphertext ciphertext;
  SecretScalar randomness;
};

Encryption encrypt_choice(const Element& key, unsigned message) {
  auto r = SecretScalar::random();
  const Element blinding = crypto::pow(key, r.expose());
  const Ciphertext ciphertext{crypto::g_pow(r.expose()), message == 1 ? blinding * Element::generator() : blinding};
  return {ciphertext, std::move(r)};
}

// Proves that the ciphertext holds one of min..max: the branch of `message` honestly, the others simulated with
// challenges drawn beforehand.
std::vector<Proof> prove_interval(const Element& key, const std::string& statement, const Ciphertext& ciphertext,
                                  const Scalar& randomness, unsigned message, unsigned min, unsigned max) {
  const auto w = SecretScalar::random();
  std::vector<Proof> proofs(max - min + 1);
  std::vector<Element> commitments;
  Scalar simulated = Scalar::zero();
  for (unsigned m = min; m <= max; ++m) {
    auto& proof = proofs[m - min];
    if (m == message) {
      commitments.push_back(crypto::g_pow(w.expose()));
      commitments.push_back(crypto::pow(key, w.expose()));
      continue;
    }
    proof = {Scalar::random(), Scalar::random()};
    simulated = simulated + proof.challenge;
    const Element shifted = ciphertext.beta / crypto::g_pow(Scalar::from_u64(m));
    commitments.push_back(crypto::g_pow(proof.response) * crypto::pow(ciphertext.alpha, proof.challenge));
    commitments.push_back(crypto::pow(key, proof.response) * crypto::pow(shifted, proof.challenge));
  }
  auto& honest = proofs[message - min];
  honest.challenge = interval_challenge(statement, ciphertext, commitments) - simulated;
  honest.response = w.expose() - randomness * honest.challenge;
  return proofs;
}

Answer encrypt_answer(const Element& key, const std::string& statement, const Question& question,
                      const std::vector<unsigned>& choices, unsigned marks) {
  Answer answer;
  auto total = SecretScalar::from_scalar(Scalar::zero());
  for (const unsigned choice : choices) {
    const auto [ciphertext, randomness] = encrypt_choice(key, choice);
    answer.choices.push_back(ciphertext);
    answer.individual_proofs.push_back(prove_interval(key, statement, ciphertext, randomness.expose(), choice, 0, 1));
    total = SecretScalar::from_scalar(total.expose() + randomness.expose());
  }
  answer.overall_proof = prove_interval(key, overall_statement(statement, answer.choices), product(answer.choices),
                                        total.expose(), marks, question.min, question.max);
  return answer;
}

}  // namespace

Result<Ballot> encrypt(const Election& election, const SecretScalar& credential_secret,
                       const std::vector<std::vector<unsigned>>& choices) {
  if (choices.size() != election.questions.size()) {
    return fail(ErrorCode::wrong_choices, "The ballot must answer every question once.");
  }
  Ballot ballot;
  ballot.election_uuid = election.uuid;
  ballot.election_hash = election.fingerprint;
  ballot.credential = crypto::g_pow(credential_secret.expose());
  const std::string statement = ballot_statement(election.fingerprint, ballot.credential);
  for (std::size_t q = 0; q < choices.size(); ++q) {
    const auto& question = election.questions[q];
    const std::string name = "Question " + std::to_string(q + 1);
    if (choices[q].size() != question.answers.size()) {
      return fail(ErrorCode::wrong_choices, name + " needs one mark, 0 or 1, for each of its answers.");
    }
    for (const unsigned choice : choices[q]) {
      if (choice > 1) return fail(ErrorCode::wrong_choices, name + " takes only the marks 0 and 1.");
    }
    const unsigned marks = std::accumulate(choices[q].begin(), choices[q].end(), 0u);
    if (marks < question.min || marks > question.max) {
      return fail(ErrorCode::wrong_choices, name + " takes from " + std::to_string(question.min) + " to " +
                                                std::to_string(question.max) + " marks.");
    }
    ballot.answers.push_back(encrypt_answer(election.public_key, statement, question, choices[q], marks));
  }
  return ballot;
}

BallotSignature sign(const std::string& unsigned_hash, const SecretScalar& credential_secret) {
  return {unsigned_hash, prove_knowledge(credential_secret, "sig|" + unsigned_hash)};
}

}  // namespace suara::ballot
