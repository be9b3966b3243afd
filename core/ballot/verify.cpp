#include "core/ballot/verify.hpp"

#include <array>
#include <optional>
#include <set>

#include "core/ballot/proofs.hpp"
#include "core/crypto/public_point.hpp"

namespace suara::ballot {
namespace {

using crypto::PowerTable;
using crypto::PublicPoint;

// A ciphertext as the proofs use it: raised to powers.
struct TabledCiphertext {
  PowerTable alpha;
  PowerTable beta;
};

// Commitments of a proof that one of several claims is true, and the sum of its challenges.
class OneOf {
 public:
  explicit OneOf(const PowerTable& key) : key_(key) {}

  // The claim that the ciphertext holds g^message.
  void claim(const TabledCiphertext& c, std::uint64_t message, const Proof& proof) {
    const auto& g = PowerTable::generator();
    const auto& [challenge, response] = proof;
    // (beta/g^M)^challenge = beta^challenge g^(-M challenge)
    const Scalar shift = Scalar::zero() - Scalar::from_u64(message) * challenge;
    commitments_.push_back(crypto::power_product({{g, response}, {c.alpha, challenge}}));
    commitments_.push_back(crypto::power_product({{key_, response}, {c.beta, challenge}, {g, shift}}));
    sum_ = sum_ + challenge;
  }
  std::vector<Element> commitments() const { return PublicPoint::elements(commitments_); }
  bool proven(const Scalar& challenge) const { return challenge == sum_; }

 private:
  const PowerTable& key_;
  std::vector<PublicPoint> commitments_;
  Scalar sum_ = Scalar::zero();
};

bool interval_proven(const PowerTable& key, const std::string& statement, const Ciphertext& ciphertext,
                     const TabledCiphertext& tabled, const std::vector<Proof>& proofs, std::uint32_t min) {
  OneOf one(key);
  for (std::size_t j = 0; j < proofs.size(); ++j) one.claim(tabled, min + j, proofs[j]);
  return one.proven(interval_challenge(statement, ciphertext, one.commitments()));
}

// Either blank is not marked, or nothing else is.
bool blank_proven(const PowerTable& key, const std::string& statement, const TabledCiphertext& blank,
                  const TabledCiphertext& sum, const std::vector<Proof>& proofs) {
  OneOf one(key);
  one.claim(blank, 0, proofs[0]);
  one.claim(sum, 0, proofs[1]);
  return one.proven(blank_challenge("bproof0", statement, one.commitments()));
}

// Either blank is marked, or an allowed number of answers.
bool blank_or_interval_proven(const PowerTable& key, const std::string& statement, const TabledCiphertext& blank,
                              const TabledCiphertext& sum, const std::vector<Proof>& proofs, std::uint32_t min) {
  OneOf one(key);
  one.claim(blank, 1, proofs[0]);
  for (std::size_t j = 1; j < proofs.size(); ++j) one.claim(sum, min + j - 1, proofs[j]);
  return one.proven(blank_challenge("bproof1", statement, one.commitments()));
}

std::string name_of(std::size_t question) { return "question " + std::to_string(question + 1); }

Result<void> check_shape(const Question& question, const Answer& answer, std::size_t q) {
  const auto wrong = [&](std::string what) {
    return fail(ErrorCode::wrong_choices, "The ballot's answer to " + name_of(q) + " has " + std::move(what) + ".");
  };
  if (answer.choices.size() != question.choices()) {
    return wrong(std::to_string(answer.choices.size()) + " choices, the election " +
                 std::to_string(question.choices()));
  }
  if (answer.individual_proofs.size() != answer.choices.size()) return wrong("not one proof for each choice");
  for (const auto& proofs : answer.individual_proofs) {
    if (proofs.size() != 2) return wrong("a choice whose proof is not of the marks 0 and 1");
  }
  const std::size_t allowed = std::size_t{question.max} - question.min + 1;
  if (answer.overall_proof.size() != allowed + (question.blank ? 1 : 0)) {
    return wrong("an overall proof for another number of marks than the election allows");
  }
  if (answer.blank_proof.size() != (question.blank ? 2 : 0)) {
    return wrong(question.blank ? "no proof about the blank vote" : "a proof about a blank vote, which is not allowed");
  }
  return {};
}

std::string choice_name(const Question& question, std::size_t i) {
  if (!question.blank) return "choice " + std::to_string(i + 1);
  return i == 0 ? "the blank vote" : "choice " + std::to_string(i);
}

Result<void> check_answer(const Question& question, const Answer& answer, std::size_t q, const PowerTable& key,
                          const std::string& statement) {
  PublicPoint alpha_product, beta_product;  // without the blank vote
  std::optional<TabledCiphertext> blank;
  for (std::size_t i = 0; i < answer.choices.size(); ++i) {
    const auto& choice = answer.choices[i];
    const PublicPoint alpha(choice.alpha), beta(choice.beta);
    TabledCiphertext tabled{PowerTable(alpha), PowerTable(beta)};
    if (!interval_proven(key, statement, choice, tabled, answer.individual_proofs[i], 0)) {
      return fail(ErrorCode::invalid_proof, "The proof that " + choice_name(question, i) + " of " + name_of(q) +
                                                " is marked once or not at all does not verify.");
    }
    if (question.blank && i == 0) {
      blank = std::move(tabled);
      continue;
    }
    alpha_product = alpha_product * alpha;
    beta_product = beta_product * beta;
  }
  const TabledCiphertext sum{PowerTable(alpha_product), PowerTable(beta_product)};
  const std::string all = overall_statement(statement, answer.choices);
  bool overall = false;
  if (blank) {
    if (!blank_proven(key, all, *blank, sum, answer.blank_proof)) {
      return fail(ErrorCode::invalid_proof,
                  "The proof that the blank vote of " + name_of(q) + " stands alone does not verify.");
    }
    overall = blank_or_interval_proven(key, all, *blank, sum, answer.overall_proof, question.min);
  } else {
    const auto product = PublicPoint::elements(std::array{alpha_product, beta_product});
    overall = interval_proven(key, all, {product[0], product[1]}, sum, answer.overall_proof, question.min);
  }
  if (!overall) {
    return fail(ErrorCode::invalid_proof,
                "The proof that " + name_of(q) + " has an allowed number of marks does not verify.");
  }
  return {};
}

Result<void> check_proofs(const Election& election, const Ballot& ballot) {
  const std::string statement = ballot_statement(ballot.election_hash, ballot.credential);
  const PowerTable key{PublicPoint(election.public_key)};
  for (std::size_t q = 0; q < ballot.answers.size(); ++q) {
    if (auto answer = check_answer(election.questions[q], ballot.answers[q], q, key, statement); !answer) return answer;
  }
  return {};
}

}  // namespace

Result<VerifiedBallot> verify(const Election& election, Ballot ballot) {
  if (ballot.election_uuid != election.uuid || ballot.election_hash != election.fingerprint) {
    return fail(ErrorCode::wrong_election, "The ballot was made for another election.");
  }
  if (ballot.answers.size() != election.questions.size()) {
    return fail(ErrorCode::wrong_choices, "The ballot answers " + std::to_string(ballot.answers.size()) +
                                              " questions, the election has " +
                                              std::to_string(election.questions.size()) + ".");
  }
  std::set<Ciphertext> seen;
  for (std::size_t q = 0; q < ballot.answers.size(); ++q) {
    if (auto shape = check_shape(election.questions[q], ballot.answers[q], q); !shape) {
      return fail(std::move(shape).error());
    }
    for (const auto& choice : ballot.answers[q].choices) {
      if (!seen.insert(choice).second) {
        return fail(ErrorCode::repeated_ciphertext, "The ballot holds the same ciphertext twice.");
      }
    }
  }
  // The signature comes first: it is cheap, and it binds all the rest to the credential.
  if (ballot.signature.hash != ballot.unsigned_hash) {
    return fail(ErrorCode::invalid_signature, "The ballot's signature is of other bytes than the ballot's own.");
  }
  if (ballot.credential.is_identity() ||
      !knowledge_proven(ballot.credential, ballot.signature.proof, "sig|" + ballot.signature.hash)) {
    return fail(ErrorCode::invalid_signature, "The ballot's signature does not verify with its credential.");
  }
  if (auto proofs = check_proofs(election, ballot); !proofs) return fail(std::move(proofs).error());
  return VerifiedBallot(std::move(ballot));
}

}  // namespace suara::ballot
