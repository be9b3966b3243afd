#pragma once
#include <functional>
#include <string_view>
#include <vector>

#include "core/audit/audit.hpp"
#include "core/audit/count_again.hpp"
#include "core/audit/findings.hpp"
#include "core/audit/key_chain.hpp"
#include "core/audit/tracker_set.hpp"
#include "core/codec/entry_body.hpp"
#include "core/election/evolve.hpp"
#include "core/log/merkle.hpp"
#include "core/log/vkey.hpp"

namespace suara::audit {

// One walk over the entries, a bundle (256) at a time: what can be judged of an entry alone is judged in parallel, the
// rest in order.
class LedgerPass {
 public:
  // `key` is the ledger's first.
  LedgerPass(const log::VerifierKey& key, const Options& options, Findings& findings);

  // The entries from `first`; views need to live during the call only. Gives their leaf hashes.
  std::vector<Hash> take(Seq first, const std::vector<std::string_view>& entries);
  // An entry that an earlier audit verified: it is folded and counted, no more. All of them come before any other.
  void recall(election::Recorded&& recorded);
  // The last of those.
  void go_on_from(const Hash& last_leaf, Timestamp last_time);
  // Told of each entry that was understood, with its body.
  std::function<void(std::string_view body, const election::Recorded&)> keep;
  const Hash& last_leaf() const { return last_leaf_; }
  Timestamp last_time() const { return last_time_; }

  // Entries that could not be read at all: the chain and the meaning of all later ones are lost.
  void lose(Seq first);

  const election::State& state() const { return state_; }
  const KeyChain& keys() const { return keys_; }
  // False where an entry could not be read: the state ends before it.
  bool understood() const { return !meaning_lost_; }
  // The entry that told the result last, or certified or cancelled the election.
  std::optional<Seq> outcome_at() const { return outcome_at_; }

 private:
  struct Examined;
  Examined examine(std::string_view entry) const;
  void follow(Seq seq, const Examined& examined);
  void judge(Seq seq, Examined& examined);
  void count_event(Seq seq, const election::Event& event);
  void verify_ballots();
  void note_tracker(Seq seq, const election::Event& event);
  void fold(election::Recorded& recorded);

  struct Waiting {
    Seq seq;
    ballot::Ballot ballot;
  };

  void verify_signatures(Seq first, const std::vector<std::string_view>& entries, std::vector<Examined>& examined);

  KeyChain keys_;
  const Options& options_;
  Findings& findings_;
  CountAgain count_again_;
  TrackerSet trackers_;
  std::optional<Seq> outcome_at_;
  election::State state_;
  Hash last_leaf_;
  bool chain_known_ = true;    // the leaf before is known
  bool meaning_lost_ = false;  // an entry before could not be read: later events cannot be judged
  Timestamp last_time_;
  std::vector<Waiting> ballots_;  // of this bundle
};

}  // namespace suara::audit
