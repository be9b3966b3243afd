#include "core/ballot/verify.hpp"

#include <array>
#include <set>

#include "core/ballot/proofs.hpp"
#include "core/crypto/public_point.hpp"

namespace suara::ballot {
namespace {

using crypto::PowerTable;
using crypto::PublicPoint;

// A ciphertext as the proofs use it: its text is hashed, its tables raised to powers.
struct TabledCiphertext {
  Ciphertext ciphertext;
  PowerTable alpha;
  PowerTable beta;
};

bool interval_proven(const PowerTable& key, const std::string& statement, const TabledCiphertext& c,
                     const std::vector<Proof>& proofs, std::uint32_t min) {
  const auto& g = PowerTable::generator();
  std::vector<PublicPoint> commitments;
  Scalar sum = Scalar::zero();
  for (std::size_t j = 0; j < proofs.size(); ++j) {
    const auto& [challenge, response] = proofs[j];
    // (beta/g^M)^challenge = beta^challenge g^(-M challenge)
    const Scalar shift = Scalar::zero() - Scalar::from_u64(min + j) * challenge;
    commitments.push_back(crypto::power_product({{g, response}, {c.alpha, challenge}}));
    commitments.push_back(crypto::power_product({{key, response}, {c.beta, challenge}, {g, shift}}));
    sum = sum + challenge;
  }
  return sum == interval_challenge(statement, c.ciphertext, PublicPoint::elements(commitments));
}

std::string name_of(std::size_t question) { return "question " + std::to_string(question + 1); }

Result<void> check_shape(const Question& question, const Answer& answer, std::size_t q) {
  const auto wrong = [&](std::string what) {
    return fail(ErrorCode::wrong_choices, "The ballot's answer to " + name_of(q) + " has " + std::move(what) + ".");
  };
  if (answer.choices.size() != question.answers.size()) {
    return wrong(std::to_string(answer.choices.size()) + " choices, the election " +
                 std::to_string(question.answers.size()));
  }
  if (answer.individual_proofs.size() != answer.choices.size()) return wrong("not one proof for each choice");
  for (const auto& proofs : answer.individual_proofs) {
    if (proofs.size() != 2) return wrong("a choice whose proof is not of the marks 0 and 1");
  }
  if (answer.overall_proof.size() != std::size_t{question.max} - question.min + 1) {
    return wrong("an overall proof for another number of marks than the election allows");
  }
  return {};
}

Result<void> check_answer(const Question& question, const Answer& answer, std::size_t q, const PowerTable& key,
                          const std::string& statement) {
  PublicPoint alpha_product, beta_product;
  for (std::size_t i = 0; i < answer.choices.size(); ++i) {
    const auto& choice = answer.choices[i];
    const PublicPoint alpha(choice.alpha), beta(choice.beta);
    alpha_product = alpha_product * alpha;
    beta_product = beta_product * beta;
    const TabledCiphertext tabled{choice, PowerTable(alpha), PowerTable(beta)};
    if (!interval_proven(key, statement, tabled, answer.individual_proofs[i], 0)) {
      return fail(ErrorCode::invalid_proof, "The proof that choice " + std::to_string(i + 1) + " of " + name_of(q) +
                                                " is marked once or not at all does not verify.");
    }
  }
  const auto product = PublicPoint::elements(std::array{alpha_product, beta_product});
  const TabledCiphertext tabled{{product[0], product[1]}, PowerTable(alpha_product), PowerTable(beta_product)};
  if (!interval_proven(key, overall_statement(statement, answer.choices), tabled, answer.overall_proof, question.min)) {
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
