#include "projections/live_tally/fold.hpp"

namespace suara::projections::live_tally {
namespace {

void fold_draft(State& state, const election::Draft& draft, Changes& changes) {
  state.status = draft.policies.tally == election::TallyPolicy::sealed ? TallyStatus::sealed : TallyStatus::none;
  state.contests.clear();  // of the draft before, where this revises it
  for (const auto& contest : draft.contests) {
    Contest out{contest.question.question, {}, contest.question.blank, {}};
    for (const auto& candidate : contest.candidates) out.candidates.push_back({candidate.number, candidate.name, {}});
    state.contests.push_back(std::move(out));
  }
  changes.figures = changes.contests = changes.redrafted = true;
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
    Contest& contest = state.contests[q];
    const std::size_t first = contest.blank ? 1 : 0;
    if (contest.blank && !counts[q].empty()) contest.blank_count = counts[q][0];
    for (std::size_t a = 0; a < contest.candidates.size() && first + a < counts[q].size(); ++a)
      contest.candidates[a].count = counts[q][first + a];
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
    show(state, TallyStatus::preliminary, live->counts,
         {live->through, live->accepted, live->num_tallied, live->total_weight}, changes);
  } else if (const auto* computed = std::get_if<election::TallyComputed>(event)) {
    state.now.weight = computed->total_weight;
    changes.figures = true;
  } else if (const auto* result = std::get_if<election::ResultPublished>(event)) {
    show(state, TallyStatus::tallied, result->counts, state.now, changes);
  } else if (std::holds_alternative<election::ResultCertified>(*event)) {
    state.status = TallyStatus::certified;
    changes.figures = true;
  }
}

}  // namespace suara::projections::live_tally
