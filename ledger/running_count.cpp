#include "ledger/running_count.hpp"

namespace suara::ledger {

Result<void> RunningCount::add(const ballot::Ballot& ballot, std::uint64_t weight, Seq seq,
                               const ReadBallot& read_earlier) {
  const auto earlier = last_ballot_.find(ballot.credential);
  const bool first = earlier == last_ballot_.end();
  if (!first) {
    const auto replaced = read_earlier(earlier->second);
    if (!replaced) return fail(replaced.error());
    if (replaced->credential != ballot.credential)
      return fail(ErrorCode::integrity, "The earlier ballot of a credential is not what was recorded there.");
    sum_.remove(replaced->answers, weight);
    earlier->second = seq;
  } else {
    last_ballot_.emplace(ballot.credential, seq);
  }
  sum_.add(ballot.answers, weight);
  batch_.cast(seq, ballot.credential, weight, first);
  last_cast_ = seq;
  ++ballots_;
  return {};
}

}  // namespace suara::ledger
