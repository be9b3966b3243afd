#include "projections/live_tally/fold.hpp"

namespace suara::projections::live_tally {
namespace {

void fold_draft(State& state, const election::Draft& draft, Changes& changes) {
  state.status = draft.policies.tally == election::TallyPolicy::sealed ? TallyStatus::sealed : TallyStatus::none;
  for (const auto& contest : draft.contests) {
    Contest out{contest.question.question, {}};
    for (const auto& candidate : contest.candidates) out.candidates.push_back({candidate.number, candidate.name, {}});
    state.contests.push_back(std::move(out));
  }
  changes.figures = changes.contests = true;
}

void fold_ballot(State& state, Seq seq, const BallotFact& ballot, Changes& changes) {
  state.now.through = seq;
  ++state.now.accepted;
  if (state.voters.insert(ballot.credential).second) {
    ++state.now.counted;
    changes.voters.push_back(ballot.credential);
  }
  changes.figures = true;
}

void show(State& state, TallyStatus status, const ballot::Counts& counts, const Extent& extent, Changes& changes) {
  state.status = status;
  state.published = extent;
  for (std::size_t q = 0; q < counts.size() && q < state.contests.size(); ++q) {
    auto& candidates = state.contests[q].candidates;
    for (std::size_t a = 0; a < counts[q].size() && a < candidates.size(); ++a) candidates[a].count = counts[q][a];
  }
  changes.figures = changes.contests = true;
}

}  // namespace

void fold(State& state, const Fact& fact, Changes& changes) {
  if (const auto* ballot = std::get_if<BallotFact>(&fact.what)) return fold_ballot(state, fact.seq, *ballot, changes);
  const auto* event = std::get_if<election::Event>(&fact.what);
  if (!event) return;
  if (const auto* drafted = std::get_if<election::ElectionDrafted>(event)) {
    fold_draft(state, drafted->draft, changes);
  } else if (const auto* live = std::get_if<election::LiveTallyPublished>(event)) {
    show(state, TallyStatus::preliminary, live->counts, {live->through, live->accepted, live->num_tallied}, changes);
  } else if (const auto* result = std::get_if<election::ResultPublished>(event)) {
    show(state, TallyStatus::tallied, result->counts, state.now, changes);
  } else if (std::holds_alternative<election::ResultCertified>(*event)) {
    state.status = TallyStatus::certified;
    changes.figures = true;
  }
}

}  // namespace suara::projections::live_tally
