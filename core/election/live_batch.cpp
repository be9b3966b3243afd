#include "core/election/live_batch.hpp"

#include <unordered_set>

namespace suara::election {

void LiveBatch::cast(Seq seq, const ballot::Element& credential, std::uint64_t weight, bool first) {
  casts_.push_back({seq, credential, first ? weight : 0});
  ++voters_[credential];
}

void LiveBatch::published(Seq through) {
  while (!casts_.empty() && casts_.front().seq <= through) {
    const Cast& cast = casts_.front();
    ++accepted_;
    counted_ += cast.added > 0 ? 1 : 0;
    weight_ += cast.added;
    const auto voter = voters_.find(cast.credential);
    if (--voter->second == 0) voters_.erase(voter);
    casts_.pop_front();
  }
}

std::optional<LiveBatch::Ending> LiveBatch::ending(Seq through) const {
  Ending ending{accepted_, counted_, weight_, 0};
  std::unordered_set<ballot::Element> voters;
  for (const Cast& cast : casts_) {
    if (cast.seq > through) return std::nullopt;
    ++ending.accepted;
    ending.counted += cast.added > 0 ? 1 : 0;
    ending.weight += cast.added;
    voters.insert(cast.credential);
    ending.voters = voters.size();
    if (cast.seq == through) return ending;
  }
  return std::nullopt;
}

}  // namespace suara::election
