#pragma once
#include <deque>
#include <unordered_map>

#include "core/audit/findings.hpp"
#include "core/ballot/tally.hpp"
#include "core/election/events.hpp"

namespace suara::audit {

// Multiplies the ballots that count on its own and holds every recorded tally against the product.
class CountAgain {
 public:
  explicit CountAgain(Findings& findings) : findings_(findings) {}

  void sealed(const ballot::Election& election);
  void cast(Seq seq, const ballot::Ballot& ballot, std::uint64_t weight);
  void live(Seq seq, const election::LiveTallyPublished& tally);
  void computed(Seq seq, const election::TallyComputed& tally);

 private:
  struct Cast {
    Seq seq;
    ballot::Element credential;
    std::uint64_t weight;
    std::vector<ballot::Answer> answers;  // choices only
  };
  void take_until(Seq last);
  // `recorded` is a LiveTallyPublished or TallyComputed.
  void compare(Check check, Seq seq, const auto& recorded);

  Findings& findings_;
  std::optional<ballot::TallyAccumulator> product_;
  std::deque<Cast> waiting_;  // cast, but not multiplied in yet: a live tally may end before them
  std::unordered_map<ballot::Element, std::vector<ballot::Answer>> counting_;
  std::uint64_t accepted_ = 0;
};

}  // namespace suara::audit
