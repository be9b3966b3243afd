#include "projections/turnout/fold.hpp"

#include <algorithm>
#include <optional>

namespace suara::projections::turnout {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;

std::optional<std::uint32_t> number_of(const State& state, const PlaceId& id) {
  const auto found = std::find_if(state.places.begin(), state.places.end(), [&](const Place& p) { return p.id == id; });
  if (found == state.places.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - state.places.begin());
}

void fold_draft(State& state, const election::Draft& draft, Changes& changes) {
  for (const auto& place : draft.places) {
    changes.places.insert(static_cast<std::uint32_t>(state.places.size()));
    state.places.push_back({place.id, place.name});
  }
}

void fold_voters(State& state, const election::VotersEnrolled& chunk, Changes& changes) {
  // A place a voter would cost a search through 2,000 places for each: they come in runs.
  for (auto voter = chunk.voters.begin(); voter != chunk.voters.end();) {
    const auto end = std::find_if(voter, chunk.voters.end(), [&](const auto& v) { return v.place != voter->place; });
    if (const auto number = number_of(state, voter->place)) {
      state.places[*number].voters += static_cast<std::uint64_t>(end - voter);
      changes.places.insert(*number);
    }
    voter = end;
  }
}

void fold_credentials(State& state, const election::RollImported& chunk, Changes& changes) {
  const auto number = number_of(state, chunk.place);
  if (!number) return;
  for (const auto& credential : chunk.credentials)
    if (state.credentials.try_emplace(credential.key, State::Credential{*number, false}).second)
      changes.imported.push_back(credential.key);
}

void fold_ballot(State& state, Timestamp time, const BallotFact& ballot, Changes& changes) {
  const auto known = state.credentials.find(ballot.credential);
  if (known == state.credentials.end()) return;
  State::Credential& credential = known->second;
  const HourKey key{hour_of(time), credential.place};
  Hour& hour = state.hours[key];
  changes.hours.insert(key);
  ++hour.ballots;
  if (credential.voted) return;
  credential.voted = true;
  ++hour.voted;
  ++state.places[credential.place].voted;
  changes.places.insert(credential.place);
  changes.voted.push_back(ballot.credential);
}

}  // namespace

Timestamp hour_of(Timestamp time) {
  const std::int64_t into = ((time.ms % hour_ms) + hour_ms) % hour_ms;
  return Timestamp{time.ms - into};
}

void fold(State& state, const Fact& fact, Changes& changes) {
  if (const auto* ballot = std::get_if<BallotFact>(&fact.what)) return fold_ballot(state, fact.time, *ballot, changes);
  const auto* event = std::get_if<election::Event>(&fact.what);
  if (!event) return;
  if (const auto* drafted = std::get_if<election::ElectionDrafted>(event)) {
    fold_draft(state, drafted->draft, changes);
  } else if (const auto* voters = std::get_if<election::VotersEnrolled>(event)) {
    fold_voters(state, *voters, changes);
  } else if (const auto* credentials = std::get_if<election::RollImported>(event)) {
    fold_credentials(state, *credentials, changes);
  }
}

}  // namespace suara::projections::turnout
