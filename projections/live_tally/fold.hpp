#pragma once
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "projections/fact.hpp"

// The public counts: nothing, then the live tallies where the policy has them, then the result.
namespace suara::projections::live_tally {

constexpr std::uint32_t version = 2;  // raise it when the rows mean something else

// none: nothing is counted yet; sealed: the policy shows no counts before the result; preliminary: a live tally;
// tallied: the published result; certified: the same, certified. The numbers are stored.
enum class TallyStatus : std::uint8_t { none = 0, sealed = 1, preliminary = 2, tallied = 3, certified = 4 };

struct Candidate {
  std::uint32_t number = 0;
  std::string name;
  std::optional<std::uint64_t> count;
  bool operator==(const Candidate&) const = default;
};

struct Contest {
  std::string question;
  std::vector<Candidate> candidates;
  bool blank = false;                          // may be answered by a blank vote
  std::optional<std::uint64_t> blank_count{};  // of blank votes
  bool operator==(const Contest&) const = default;
};

// What the counts stand for.
struct Extent {
  std::optional<Seq> through;             // the last ballot in them
  std::uint64_t accepted = 0;             // ballots up to it
  std::uint64_t counted = 0;              // of them, one a voter
  std::optional<std::uint64_t> weight{};  // of those that count; known once they have been added up
  bool operator==(const Extent&) const = default;
};

struct State {
  TallyStatus status = TallyStatus::none;
  std::vector<Contest> contests;
  Extent published;                            // of the counts in `contests`
  Extent now;                                  // of all ballots so far
  std::unordered_set<ballot::Element> voters;  // with a ballot
};

// Which parts of the state are to be written as they now are.
struct Changes {
  bool figures = false;  // status, published, now
  bool contests = false;
  bool redrafted = false;  // the stored contests are those of an earlier draft
  std::vector<ballot::Element> voters;  // new ones
};

void fold(State& state, const Fact& fact, Changes& changes);

}  // namespace suara::projections::live_tally
