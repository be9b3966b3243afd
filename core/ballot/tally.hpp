#pragma once
#include <cstdint>
#include <map>
#include <vector>

#include "core/ballot/types.hpp"
#include "core/crypto/public_point.hpp"

namespace suara::ballot {

// The running product of the ballots that count. The caller decides which count: on a re-vote it removes
// the credential's earlier ballot and adds the later one.
class TallyAccumulator {
 public:
  explicit TallyAccumulator(const std::vector<Question>& questions);
  void add(const std::vector<Answer>& answers, std::uint64_t weight = 1);
  void remove(const std::vector<Answer>& answers, std::uint64_t weight = 1);

  EncryptedTally tally() const;                               // encoded afresh at each call
  std::uint64_t num_tallied() const { return num_tallied_; }  // ballots in the product
  std::uint64_t total_weight() const { return total_weight_; }

 private:
  // Sums stay unencoded: an encoding costs an inversion, so it is made once for all when the tally is asked for.
  struct Sum {
    crypto::PublicPoint alpha, beta;
  };
  void require_same_shape(const std::vector<Answer>& answers) const;

  std::vector<std::vector<Sum>> sums_;
  std::uint64_t num_tallied_ = 0;
  std::uint64_t total_weight_ = 0;
};

// g^count = beta / product of the combined factors, solved for count in 0..total_weight by baby-step giant-step. A
// "Pedersen" item's factors are combined with Lagrange coefficients over the first `threshold` of its owners that are
// there. Errors: conflict (too few owners, see still_needed), wrong_choices (shapes differ), invalid_proof (no count
// in range: a factor is wrong).
Result<Counts> decrypt_counts(const EncryptedTally& tally, const Trustees& trustees,
                              const std::map<std::uint32_t, PartialDecryption>& by_owner, std::uint64_t total_weight);

}  // namespace suara::ballot
