#include "core/audit/count_again.hpp"

#include <limits>

namespace suara::audit {

void CountAgain::sealed(const ballot::Election& election) { product_.emplace(election.questions); }

void CountAgain::cast(Seq seq, const ballot::Ballot& ballot) {
  if (!product_) return;
  Cast cast{seq, ballot.credential, {}};
  for (const ballot::Answer& answer : ballot.answers) cast.answers.push_back({answer.choices, {}, {}, {}});
  waiting_.push_back(std::move(cast));
}

void CountAgain::take_until(Seq last) {
  while (!waiting_.empty() && waiting_.front().seq <= last) {
    Cast& cast = waiting_.front();
    auto& counting = counting_[cast.credential];
    if (!counting.empty()) product_->remove(counting);
    product_->add(cast.answers);
    counting = std::move(cast.answers);
    ++accepted_;
    waiting_.pop_front();
  }
}

void CountAgain::compare(Check check, Seq seq, const ballot::EncryptedTally& recorded, std::uint64_t num_tallied) {
  if (num_tallied != product_->num_tallied()) {
    findings_.fault(check, seq,
                    "counts " + std::to_string(num_tallied) + " ballots; " + std::to_string(product_->num_tallied()) +
                        " voters have one that counts");
  } else if (recorded != product_->tally()) {
    findings_.fault(check, seq, "the encrypted tally is not the product of the ballots that count");
  }
}

void CountAgain::live(Seq seq, const election::LiveTallyPublished& tally) {
  findings_.count(Check::live_tallies);
  if (!product_) return;
  take_until(tally.through);
  if (tally.accepted != accepted_) {
    findings_.fault(Check::live_tallies, seq,
                    "names " + std::to_string(tally.accepted) + " accepted ballots; up to entry " +
                        std::to_string(tally.through.value) + " there are " + std::to_string(accepted_));
  }
  compare(Check::live_tallies, seq, tally.tally, tally.num_tallied);
}

void CountAgain::computed(Seq seq, const election::TallyComputed& tally) {
  findings_.count(Check::tally);
  if (!product_) return;
  take_until(Seq{std::numeric_limits<std::uint64_t>::max()});
  compare(Check::tally, seq, tally.tally, tally.num_tallied);
}

}  // namespace suara::audit
