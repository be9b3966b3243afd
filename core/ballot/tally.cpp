#include "core/ballot/tally.hpp"

#include <optional>
#include <stdexcept>
#include <unordered_map>

#include "core/ballot/trustee.hpp"

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

// One owner's factors, and the exponent they are combined with (nothing: 1).
struct Part {
  const PartialDecryption* partial;
  std::optional<Scalar> exponent;
};

// The Lagrange coefficient of `member` among `members` (1-based places in the item): product over the others k of
// k / (k - member).
Scalar lagrange(const std::vector<std::uint32_t>& members, std::uint32_t member) {
  Scalar above = Scalar::from_u64(1), below = above;
  for (const auto k : members) {
    if (k == member) continue;
    above = above * Scalar::from_u64(k);
    below = below * (Scalar::from_u64(k) - Scalar::from_u64(member));
  }
  return above * crypto::invert(below);
}

// What the combined factors are products of. Error: conflict where too few owners are there.
Result<std::vector<Part>> parts_of(const Trustees& trustees,
                                   const std::map<std::uint32_t, PartialDecryption>& by_owner) {
  std::set<std::uint32_t> submitted;
  for (const auto& [owner, partial] : by_owner) submitted.insert(owner);
  if (!still_needed(trustees, submitted).nothing()) {
    return fail(ErrorCode::conflict, "Too few trustees have decrypted: the tally cannot be opened yet.");
  }
  std::vector<Part> parts;
  std::uint32_t first = 1;
  for (const auto& item : trustees) {
    const auto* group = std::get_if<ThresholdParameters>(&item);
    if (!group) {
      parts.push_back({&by_owner.at(first++), std::nullopt});
      continue;
    }
    std::vector<std::uint32_t> members;
    const auto size = static_cast<std::uint32_t>(group->verification_keys.size());
    for (std::uint32_t member = 1; member <= size && members.size() < group->threshold; ++member) {
      if (submitted.contains(first + member - 1)) members.push_back(member);
    }
    for (const auto member : members) parts.push_back({&by_owner.at(first + member - 1), lagrange(members, member)});
    first += size;
  }
  return parts;
}

}  // namespace

TallyAccumulator::TallyAccumulator(const std::vector<Question>& questions) {
  for (const auto& question : questions) sums_.emplace_back(question.choices());
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

Result<Counts> decrypt_counts(const EncryptedTally& tally, const Trustees& trustees,
                              const std::map<std::uint32_t, PartialDecryption>& by_owner, std::uint64_t total_weight) {
  if (total_weight > largest_weight) {
    return fail(ErrorCode::unsupported, "Tallies of a total weight above 2^32 are not supported.");
  }
  for (const auto& [owner, partial] : by_owner) {
    if (!same_shape(tally, partial)) {
      return fail(ErrorCode::wrong_choices,
                  "A partial decryption has another number of factors than the tally has counts.");
    }
  }
  const auto parts = parts_of(trustees, by_owner);
  if (!parts) return fail(parts.error());
  const DiscreteLog log(total_weight);
  Counts counts;
  for (std::size_t q = 0; q < tally.size(); ++q) {
    auto& row = counts.emplace_back();
    for (std::size_t i = 0; i < tally[q].size(); ++i) {
      Element power = tally[q][i].beta;
      for (const auto& [partial, exponent] : *parts) {
        const Element& factor = partial->factors[q][i];
        power = power / (exponent ? crypto::pow(factor, *exponent) : factor);
      }
      const std::int64_t count = log.solve(power);
      if (count < 0) {
        return fail(ErrorCode::invalid_proof, "The factors decrypt question " + std::to_string(q + 1) + ", count " +
                                                  std::to_string(i + 1) +
                                                  " to no count between 0 and the total weight.");
      }
      row.push_back(static_cast<std::uint64_t>(count));
    }
  }
  return counts;
}

}  // namespace suara::ballot
