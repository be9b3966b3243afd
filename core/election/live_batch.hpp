#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>

#include "core/ballot/types.hpp"

namespace suara::election {

// The ballots since the last live tally, under the policy live. A tally may end before the latest of them: while it is
// made others arrive, and it must not wait for a pause that never comes.
class LiveBatch {
 public:
  // `first`: the credential, which has this weight, had no ballot before.
  void cast(Seq seq, const ballot::Element& credential, std::uint64_t weight, bool first);
  // A live tally that includes every ballot up to `through` was recorded.
  void published(Seq through);

  std::size_t voters() const { return voters_.size(); }  // distinct, since the last live tally

  // What a live tally that ends with the ballot at `through` must say. Nothing where no ballot since the last live
  // tally stands there.
  struct Ending {
    std::uint64_t accepted = 0;  // ballots in the whole election up to it
    std::uint64_t counted = 0;   // of distinct credentials
    std::uint64_t weight = 0;    // of those
    std::size_t voters = 0;      // distinct credentials since the last live tally
  };
  std::optional<Ending> ending(Seq through) const;

 private:
  struct Cast {
    Seq seq;
    ballot::Element credential;
    std::uint64_t added;  // the credential's weight where it had no ballot before, else 0
  };
  std::deque<Cast> casts_;
  std::unordered_map<ballot::Element, std::uint32_t> voters_;  // how many of casts_ are theirs
  std::uint64_t accepted_ = 0;                                 // up to the last live tally
  std::uint64_t counted_ = 0;
  std::uint64_t weight_ = 0;
};

}  // namespace suara::election
