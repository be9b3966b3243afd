#include "core/ballot/tally.hpp"

#include <stdexcept>
#include <unordered_map>

namespace suara::ballot {
namespace {

using crypto::PublicPoint;

// Baby steps are held in memory (about 64 bytes each) and cost as much time again for each count.
constexpr std::uint64_t largest_weight = std::uint64_t{1} << 32;

PublicPoint raised(const Element& element, std::uint64_t weight) {
  const PublicPoint point(element);
  if (weight == 1) return point;
  return crypto::power_product({{crypto::PowerTable(point), Scalar::from_u64(weight)}});
}

// Finds x in 0..bound with g^x = a target, by baby-step giant-step.
class DiscreteLog {
 public:
  explicit DiscreteLog(std::uint64_t bound) : bound_(bound) {
    while (width_ * width_ <= bound) ++width_;
    Element step;
    for (std::uint64_t i = 0; i < width_; ++i, step = step * Element::generator()) baby_.emplace(step, i);
    giant_ = step;
  }

  // A negative answer is -1; counts stay below 2^33.
  std::int64_t solve(Element target) const {
    for (std::uint64_t passed = 0; passed <= bound_; passed += width_, target = target / giant_) {
      if (const auto found = baby_.find(target); found != baby_.end()) {
        const std::uint64_t value = passed + found->second;
        return value <= bound_ ? static_cast<std::int64_t>(value) : -1;
      }
    }
    return -1;
  }

 private:
  std::uint64_t bound_;
  std::uint64_t width_ = 1;
  std::unordered_map<Element, std::uint64_t> baby_;
  Element giant_;
};

bool same_shape(const EncryptedTally& tally, const PartialDecryption& partial) {
  if (tally.size() != partial.factors.size()) return false;
  for (std::size_t q = 0; q < tally.size(); ++q) {
    if (tally[q].size() != partial.factors[q].size()) return false;
  }
  return true;
}

}  // namespace

TallyAccumulator::TallyAccumulator(const std::vector<Question>& questions) {
  for (const auto& question : questions) sums_.emplace_back(question.answers.size());
}

void TallyAccumulator::require_same_shape(const std::vector<Answer>& answers) const {
  bool same = sums_.size() == answers.size();
  for (std::size_t q = 0; same && q < sums_.size(); ++q) same = sums_[q].size() == answers[q].choices.size();
  if (!same) throw std::invalid_argument("a ballot of another shape than the tally was not verified");
}

void TallyAccumulator::add(const std::vector<Answer>& answers, std::uint64_t weight) {
  require_same_shape(answers);
  for (std::size_t q = 0; q < answers.size(); ++q) {
    for (std::size_t i = 0; i < answers[q].choices.size(); ++i) {
      const auto& choice = answers[q].choices[i];
      auto& sum = sums_[q][i];
      sum = {sum.alpha * raised(choice.alpha, weight), sum.beta * raised(choice.beta, weight)};
    }
  }
  ++num_tallied_;
  total_weight_ += weight;
}

void TallyAccumulator::remove(const std::vector<Answer>& answers, std::uint64_t weight) {
  require_same_shape(answers);
  if (num_tallied_ == 0 || total_weight_ < weight) {
    throw std::invalid_argument("a ballot that was never added is removed");
  }
  for (std::size_t q = 0; q < answers.size(); ++q) {
    for (std::size_t i = 0; i < answers[q].choices.size(); ++i) {
      const auto& choice = answers[q].choices[i];
      auto& sum = sums_[q][i];
      sum = {sum.alpha / raised(choice.alpha, weight), sum.beta / raised(choice.beta, weight)};
    }
  }
  --num_tallied_;
  total_weight_ -= weight;
}

EncryptedTally TallyAccumulator::tally() const {
  std::vector<PublicPoint> points;
  for (const auto& question : sums_) {
    for (const auto& sum : question) points.insert(points.end(), {sum.alpha, sum.beta});
  }
  const auto elements = PublicPoint::elements(points);
  EncryptedTally out;
  std::size_t next = 0;
  for (const auto& question : sums_) {
    auto& row = out.emplace_back();
    for (std::size_t i = 0; i < question.size(); ++i, next += 2) row.push_back({elements[next], elements[next + 1]});
  }
  return out;
}

Result<Counts> decrypt_counts(const EncryptedTally& tally, const std::vector<PartialDecryption>& one_per_trustee,
                              std::uint64_t total_weight) {
  if (total_weight > largest_weight) {
    return fail(ErrorCode::unsupported, "Tallies of a total weight above 2^32 are not supported.");
  }
  for (const auto& partial : one_per_trustee) {
    if (!same_shape(tally, partial)) {
      return fail(ErrorCode::wrong_choices,
                  "A partial decryption has another number of factors than the tally has counts.");
    }
  }
  const DiscreteLog log(total_weight);
  Counts counts;
  for (std::size_t q = 0; q < tally.size(); ++q) {
    auto& row = counts.emplace_back();
    for (std::size_t i = 0; i < tally[q].size(); ++i) {
      Element power = tally[q][i].beta;
      for (const auto& partial : one_per_trustee) power = power / partial.factors[q][i];
      const std::int64_t count = log.solve(power);
      if (count < 0) {
        return fail(ErrorCode::invalid_proof, "The factors decrypt question " + std::to_string(q + 1) + ", answer " +
                                                  std::to_string(i + 1) +
                                                  " to no count between 0 and the total weight.");
      }
      row.push_back(static_cast<std::uint64_t>(count));
    }
  }
  return counts;
}

}  // namespace suara::ballot
