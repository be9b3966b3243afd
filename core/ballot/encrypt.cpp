#include "core/ballot/encrypt.hpp"

#include <numeric>
#include <span>

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

// The claim that a ciphertext holds g^message.
struct Claim {
  Ciphertext ciphertext;
  unsigned message;
};

// Proves that one of the claims is true: claim `known`, whose randomness is given, honestly; the others simulated with
// challenges drawn beforehand. `challenge_of` hashes the commitments A_0, B_0, A_1, ...
template <class ChallengeOf>
std::vector<Proof> prove_one_of(const Element& key, std::span<const Claim> claims, std::size_t known,
                                const Scalar& randomness, ChallengeOf challenge_of) {
  const auto w = SecretScalar::random();
  std::vector<Proof> proofs(claims.size());
  std::vector<Element> commitments;
  Scalar simulated = Scalar::zero();
  for (std::size_t j = 0; j < claims.size(); ++j) {
    if (j == known) {
      commitments.push_back(crypto::g_pow(w.expose()));
      commitments.push_back(crypto::pow(key, w.expose()));
      continue;
    }
    const auto& [ciphertext, message] = claims[j];
    auto& proof = proofs[j];
    proof = {Scalar::random(), Scalar::random()};
    simulated = simulated + proof.challenge;
    const Element shifted = ciphertext.beta / crypto::g_pow(Scalar::from_u64(message));
    commitments.push_back(crypto::g_pow(proof.response) * crypto::pow(ciphertext.alpha, proof.challenge));
    commitments.push_back(crypto::pow(key, proof.response) * crypto::pow(shifted, proof.challenge));
  }
  auto& honest = proofs[known];
  honest.challenge = challenge_of(commitments) - simulated;
  honest.response = w.expose() - randomness * honest.challenge;
  return proofs;
}

std::vector<Proof> prove_interval(const Element& key, const std::string& statement, const Ciphertext& ciphertext,
                                  const Scalar& randomness, unsigned message, unsigned min, unsigned max) {
  std::vector<Claim> claims;
  for (unsigned m = min; m <= max; ++m) claims.push_back({ciphertext, m});
  return prove_one_of(key, claims, message - min, randomness,
                      [&](const auto& commitments) { return interval_challenge(statement, ciphertext, commitments); });
}

// What a question's answer holds, summed over the answers without the blank vote.
struct Marks {
  Ciphertext sum;
  SecretScalar randomness = SecretScalar::from_scalar(Scalar::zero());
  unsigned number = 0;
};

// Either blank is not marked, or nothing else is.
std::vector<Proof> prove_blank(const Element& key, const std::string& statement, const Encryption& blank, bool is_blank,
                               const Marks& marks) {
  const Claim claims[] = {{blank.ciphertext, 0}, {marks.sum, 0}};
  const auto& known = is_blank ? marks.randomness : blank.randomness;
  return prove_one_of(key, claims, is_blank ? 1 : 0, known.expose(),
                      [&](const auto& commitments) { return blank_challenge("bproof0", statement, commitments); });
}

// Either blank is marked, or an allowed number of answers.
std::vector<Proof> prove_blank_or_interval(const Element& key, const std::string& statement, const Question& question,
                                           const Encryption& blank, bool is_blank, const Marks& marks) {
  std::vector<Claim> claims{{blank.ciphertext, 1}};
  for (unsigned m = question.min; m <= question.max; ++m) claims.push_back({marks.sum, m});
  const auto& known = is_blank ? blank.randomness : marks.randomness;
  return prove_one_of(key, claims, is_blank ? 0 : 1 + marks.number - question.min, known.expose(),
                      [&](const auto& commitments) { return blank_challenge("bproof1", statement, commitments); });
}

struct EncryptedAnswer {
  Answer answer;
  std::vector<SecretScalar> randomness;
};

EncryptedAnswer encrypt_answer(const Element& key, const std::string& statement, const Question& question,
                               const std::vector<unsigned>& choices) {
  std::vector<Encryption> encryptions;
  Marks marks;
  EncryptedAnswer out;
  Answer& answer = out.answer;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const auto& [ciphertext, randomness] = encryptions.emplace_back(encrypt_choice(key, choices[i]));
    answer.choices.push_back(ciphertext);
    answer.individual_proofs.push_back(
        prove_interval(key, statement, ciphertext, randomness.expose(), choices[i], 0, 1));
    if (question.blank && i == 0) continue;
    marks.sum = {marks.sum.alpha * ciphertext.alpha, marks.sum.beta * ciphertext.beta};
    marks.randomness = SecretScalar::from_scalar(marks.randomness.expose() + randomness.expose());
    marks.number += choices[i];
  }
  const std::string all = overall_statement(statement, answer.choices);
  if (question.blank) {
    const bool is_blank = choices.front() == 1;
    answer.overall_proof = prove_blank_or_interval(key, all, question, encryptions.front(), is_blank, marks);
    answer.blank_proof = prove_blank(key, all, encryptions.front(), is_blank, marks);
  } else {
    answer.overall_proof =
        prove_interval(key, all, marks.sum, marks.randomness.expose(), marks.number, question.min, question.max);
  }
  for (auto& encryption : encryptions) out.randomness.push_back(std::move(encryption.randomness));
  return out;
}

Result<void> check_choices(const Question& question, const std::vector<unsigned>& choices, std::size_t q) {
  const std::string name = "Question " + std::to_string(q + 1);
  if (choices.size() != question.choices()) {
    return fail(ErrorCode::wrong_choices, name + " needs one mark, 0 or 1, for each of its answers" +
                                              (question.blank ? " and before them one for the blank vote." : "."));
  }
  for (const unsigned choice : choices) {
    if (choice > 1) return fail(ErrorCode::wrong_choices, name + " takes only the marks 0 and 1.");
  }
  const unsigned marks = std::accumulate(choices.begin() + (question.blank ? 1 : 0), choices.end(), 0u);
  if (question.blank && choices.front() == 1) {
    if (marks == 0) return {};
    return fail(ErrorCode::wrong_choices, name + " takes no mark beside a blank vote.");
  }
  if (marks < question.min || marks > question.max) {
    return fail(ErrorCode::wrong_choices, name + " takes from " + std::to_string(question.min) + " to " +
                                              std::to_string(question.max) + " marks.");
  }
  return {};
}

}  // namespace

Result<OpenableBallot> encrypt_openable(const Election& election, const SecretScalar& credential_secret,
                                        const std::vector<std::vector<unsigned>>& choices) {
  if (choices.size() != election.questions.size()) {
    return fail(ErrorCode::wrong_choices, "The ballot must answer every question once.");
  }
  OpenableBallot out;
  Ballot& ballot = out.ballot;
  ballot.election_uuid = election.uuid;
  ballot.election_hash = election.fingerprint;
  ballot.credential = crypto::g_pow(credential_secret.expose());
  const std::string statement = ballot_statement(election.fingerprint, ballot.credential);
  for (std::size_t q = 0; q < choices.size(); ++q) {
    const auto& question = election.questions[q];
    if (auto ok = check_choices(question, choices[q], q); !ok) return fail(std::move(ok).error());
    auto [answer, randomness] = encrypt_answer(election.public_key, statement, question, choices[q]);
    ballot.answers.push_back(std::move(answer));
    out.randomness.push_back(std::move(randomness));
  }
  return out;
}

Result<Ballot> encrypt(const Election& election, const SecretScalar& credential_secret,
                       const std::vector<std::vector<unsigned>>& choices) {
  auto out = encrypt_openable(election, credential_secret, choices);
  if (!out) return fail(std::move(out).error());
  return std::move(out->ballot);
}

BallotSignature sign(const std::string& unsigned_hash, const SecretScalar& credential_secret) {
  return {unsigned_hash, prove_knowledge(credential_secret, "sig|" + unsigned_hash)};
}

}  // namespace suara::ballot
