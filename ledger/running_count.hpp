#pragma once
#include <functional>
#include <unordered_map>

#include "core/ballot/tally.hpp"
#include "core/election/live_batch.hpp"

namespace suara::ledger {

// The encrypted sum of the ballots that count, ballot by ballot. Of each credential only where its last ballot stands
// is kept; a re-vote reads the earlier one again, which is rare and keeps an election of 400,000 in some 30 MB.
class RunningCount {
 public:
  // Gives the ballot that was recorded at a position.
  using ReadBallot = std::function<Result<ballot::Ballot>(Seq)>;

  explicit RunningCount(const std::vector<ballot::Question>& questions) : sum_(questions) {}

  // After an error nothing has changed. A credential has one weight throughout.
  Result<void> add(const ballot::Ballot& ballot, std::uint64_t weight, Seq seq, const ReadBallot& read_earlier);
  void live_tally_published(Seq through) { batch_.published(through); }

  const ballot::TallyAccumulator& sum() const { return sum_; }
  Seq last_cast() const { return last_cast_; }
  std::uint64_t ballots() const { return ballots_; }
  std::size_t voted_since_live() const { return batch_.voters(); }

 private:
  ballot::TallyAccumulator sum_;
  std::unordered_map<ballot::Element, Seq> last_ballot_;
  election::LiveBatch batch_;
  Seq last_cast_;
  std::uint64_t ballots_ = 0;
};

}  // namespace suara::ledger
