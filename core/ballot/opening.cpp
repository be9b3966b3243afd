#include "core/ballot/opening.hpp"

#include <optional>

#include "core/crypto/public_point.hpp"

namespace suara::ballot {
namespace {

using crypto::PowerTable;

std::optional<unsigned> mark_of(const PowerTable& key, const Ciphertext& choice, const Scalar& randomness) {
  const auto& g = PowerTable::generator();
  if (choice.alpha != crypto::power_product({{g, randomness}}).element()) return std::nullopt;
  for (const unsigned mark : {0u, 1u}) {
    const auto beta = crypto::power_product({{key, randomness}, {g, Scalar::from_u64(mark)}});
    if (choice.beta == beta.element()) return mark;
  }
  return std::nullopt;
}

std::string place_of(const Question& question, std::size_t q, std::size_t i) {
  const std::string name = " of question " + std::to_string(q + 1);
  if (!question.blank) return "choice " + std::to_string(i + 1) + name;
  return (i == 0 ? "the blank vote" : "choice " + std::to_string(i)) + name;
}

}  // namespace

Result<MarkTable> open_ballot(const Election& election, const Ballot& ballot, const Randomness& randomness) {
  const auto wrong = [](std::string what) { return fail(ErrorCode::wrong_choices, std::move(what)); };
  const auto& questions = election.questions;
  if (ballot.answers.size() != questions.size()) return wrong("The ballot does not answer the election's questions.");
  if (randomness.size() != questions.size()) return wrong("The randomness is not one list for each question.");
  const PowerTable key{crypto::PublicPoint(election.public_key)};
  MarkTable marks;
  for (std::size_t q = 0; q < questions.size(); ++q) {
    const auto& choices = ballot.answers[q].choices;
    const std::string name = "question " + std::to_string(q + 1) + ".";
    if (choices.size() != questions[q].choices()) return wrong("The ballot has another number of choices in " + name);
    if (randomness[q].size() != choices.size()) return wrong("The randomness is not one number a choice in " + name);
    auto& row = marks.emplace_back();
    for (std::size_t i = 0; i < choices.size(); ++i) {
      const auto mark = mark_of(key, choices[i], randomness[q][i]);
      if (!mark) {
        return fail(ErrorCode::invalid_proof, "The randomness does not open " + place_of(questions[q], q, i) +
                                                  " to a mark: the ballot was not made with it.");
      }
      row.push_back(*mark);
    }
  }
  return marks;
}

}  // namespace suara::ballot
