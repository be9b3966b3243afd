#include "projections/turnout/fold.hpp"

#include <algorithm>

#include "core/election/overloaded.hpp"

namespace suara::projections::turnout {
namespace {

constexpr std::int64_t hour_ms = 3'600'000;

std::optional<std::uint32_t> number_of(const State& state, const PlaceId& id) {
  const auto found = std::find_if(state.places.begin(), state.places.end(), [&](const Place& p) { return p.id == id; });
  if (found == state.places.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - state.places.begin());
}

void enter(State& state, Stage stage, Changes& changes) {
  state.stage = stage;
  changes.ledger = true;
}

// A draft may be revised: places keep their numbers, since what is counted goes by them.
void fold_draft(State& state, const election::Draft& draft, Changes& changes) {
  state.at_places = draft.policies.verification == election::VerificationPolicy::polling_place;
  changes.ledger = true;
  for (std::uint32_t number = 0; number < state.places.size(); ++number) {
    state.places[number].rank.reset();
    changes.places.insert(number);
  }
  std::map<PlaceId, std::uint32_t> known;
  for (std::uint32_t number = 0; number < state.places.size(); ++number) known[state.places[number].id] = number;
  for (std::uint32_t rank = 0; rank < draft.places.size(); ++rank) {
    const auto& [id, name] = draft.places[rank];
    const auto [at, fresh] = known.try_emplace(id, static_cast<std::uint32_t>(state.places.size()));
    if (fresh) state.places.push_back({id, name, rank});
    state.places[at->second].name = name;
    state.places[at->second].rank = rank;
    changes.places.insert(at->second);
  }
}

void enrol(State& state, const Hash& voter, std::uint32_t place, Changes& changes) {
  state.voters[voter] = place;
  ++state.places[place].voters;
  changes.voters.insert(voter);
  changes.places.insert(place);
}

void remove(State& state, const Hash& voter, Changes& changes) {
  const auto known = state.voters.find(voter);
  if (known == state.voters.end()) return;
  --state.places[known->second].voters;
  changes.places.insert(known->second);
  changes.voters.insert(voter);
  state.voters.erase(known);
}

void fold_voters(State& state, const election::VotersEnrolled& chunk, Changes& changes) {
  // A place a voter would cost a search through 2,000 places for each: they come in runs.
  for (auto voter = chunk.voters.begin(); voter != chunk.voters.end();) {
    const auto end = std::find_if(voter, chunk.voters.end(), [&](const auto& v) { return v.place != voter->place; });
    const auto number = number_of(state, voter->place);
    for (; voter != end; ++voter)
      if (number) enrol(state, voter->commitment, *number, changes);
  }
}

void fold_credentials(State& state, const PlaceId& place, const std::vector<ballot::PublicCredential>& credentials,
                      Changes& changes) {
  const auto number = number_of(state, place);
  if (!number) return;
  for (const auto& credential : credentials)
    if (state.credentials.try_emplace(credential.key, State::Credential{*number, false}).second)
      changes.imported.push_back(credential.key);
}

void fold_withdrawn(State& state, Changes& changes) {
  state.credentials.clear();
  changes.imported.clear();
  changes.withdrawn = true;
}

void raise(State& state, const std::optional<std::pair<AlertKey, Alert>>& alert, Changes& changes) {
  if (!alert) return;
  const auto [at, fresh] = state.alerts.try_emplace(alert->first, alert->second);
  at->second.figure = alert->second.figure;
  changes.alerts.insert(alert->first);
}

// One alert of a kind and place: from when `figure` is above `measure` until it is not.
void hold(State& state, AlertKey key, Seq seq, std::uint64_t figure, std::uint64_t measure, Changes& changes) {
  const auto first = state.alerts.lower_bound({key.kind, key.place, Timestamp{INT64_MIN}});
  const bool told = first != state.alerts.end() && first->first.kind == key.kind && first->first.place == key.place;
  if (told) key = first->first;
  if (figure <= measure) {
    if (!told) return;
    changes.alerts.insert(key);
    state.alerts.erase(first);
    return;
  }
  Alert& alert = state.alerts.try_emplace(key, Alert{seq}).first->second;
  alert.figure = figure;
  alert.measure = measure;
  changes.alerts.insert(key);
}

void hold_votes(State& state, std::uint32_t place, const Fact& fact, Changes& changes) {
  const Place& at = state.places[place];
  if (state.at_places)
    hold(state, {AlertKind::over_attendance, place, fact.time}, fact.seq, at.voted, at.attended, changes);
}

// Where people may sign in at home and come to the place too, they are not counted together against the roll.
void hold_people(State& state, std::uint32_t place, const Fact& fact, Changes& changes) {
  const Place& at = state.places[place];
  const std::uint64_t seen = std::max(at.attended, at.verified - at.attended);
  hold(state, {AlertKind::over_roll, place, fact.time}, fact.seq, seen, at.voters, changes);
}

void fold_ballot(State& state, const Fact& fact, const BallotFact& ballot, Changes& changes) {
  const auto known = state.credentials.find(ballot.credential);
  if (known == state.credentials.end()) return;
  State::Credential& credential = known->second;
  const HourKey key{hour_of(fact.time), credential.place};
  Hour& hour = state.hours[key];
  changes.hours.insert(key);
  ++hour.ballots;
  raise(state, count_ballot(state.paces[credential.place], credential.place, fact.seq, fact.time), changes);
  changes.paces.insert(credential.place);
  if (credential.voted) return;
  credential.voted = true;
  ++hour.voted;
  ++state.places[credential.place].voted;
  changes.places.insert(credential.place);
  changes.voted.push_back(ballot.credential);
  hold_votes(state, credential.place, fact, changes);
}

// One more (or fewer) who showed the right to vote.
void count_verified(State& state, std::uint32_t place, Timestamp time, std::int64_t by, Changes& changes) {
  const HourKey key{hour_of(time), place};
  state.hours[key].verified += static_cast<std::uint64_t>(by);
  state.places[place].verified += static_cast<std::uint64_t>(by);
  changes.hours.insert(key);
  changes.places.insert(place);
}

void count_attended(State& state, std::uint32_t place, Timestamp time, std::int64_t by, Changes& changes) {
  count_verified(state, place, time, by, changes);
  state.places[place].attended += static_cast<std::uint64_t>(by);
}

void fold_attendance(State& state, const Fact& fact, const AttendanceFact& marked, Changes& changes) {
  const auto number = number_of(state, marked.place);
  if (!number) return;
  state.attendance.emplace(fact.seq, Attendance{marked.voter, fact.time, *number});
  changes.attendance.insert(fact.seq);
  count_attended(state, *number, fact.time, 1, changes);
  hold_votes(state, *number, fact, changes);
  hold_people(state, *number, fact, changes);
}

void fold_sign_in(State& state, const Fact& fact, const SignInFact& signed_in, Changes& changes) {
  const auto known = state.credentials.find(signed_in.credential);
  if (known == state.credentials.end()) return;
  count_verified(state, known->second.place, fact.time, 1, changes);
  hold_people(state, known->second.place, fact, changes);
}

// After the close a correction is a note and changes nothing.
void fold_correction(State& state, const Fact& fact, Seq entry, Changes& changes) {
  if (state.stage == Stage::over) return;
  const auto marked = state.attendance.find(entry);
  if (marked == state.attendance.end()) return;
  const auto [voter, time, place] = marked->second;
  state.attendance.erase(marked);
  changes.attendance.insert(entry);
  count_attended(state, place, time, -1, changes);
  hold_votes(state, place, fact, changes);
  hold_people(state, place, fact, changes);
}

void fold_sealed(State& state, Changes& changes) {
  enter(state, Stage::sealed, changes);
  std::unordered_map<Hash, std::uint32_t>().swap(state.voters);
  changes.voters.clear();
  changes.sealed = true;
}

void fold_event(State& state, const Fact& fact, const election::Event& event, Changes& changes) {
  std::visit(
      election::overloaded{
          [&](const election::ElectionDrafted& e) { fold_draft(state, e.draft, changes); },
          [&](const election::VotersEnrolled& e) { fold_voters(state, e, changes); },
          [&](const election::VoterCorrected& e) {
            remove(state, e.was, changes);
            if (const auto number = number_of(state, e.voter.place)) enrol(state, e.voter.commitment, *number, changes);
          },
          [&](const election::VoterRemoved& e) { remove(state, e.voter, changes); },
          [&](const election::RollImported& e) { fold_credentials(state, e.place, e.credentials, changes); },
          [&](const election::ReserveImported& e) { fold_credentials(state, e.place, e.credentials, changes); },
          [&](const election::CredentialsWithdrawn&) { fold_withdrawn(state, changes); },
          [&](const election::ElectionSealed&) { fold_sealed(state, changes); },
          [&](const election::ElectionOpened&) {
            enter(state, Stage::open, changes);
            state.rhythm = {fact.time};
          },
          [&](const election::ElectionClosed&) { enter(state, Stage::over, changes); },
          [&](const election::ElectionCancelled&) { enter(state, Stage::over, changes); },
          [&](const election::CorrectionRecorded& e) { fold_correction(state, fact, e.entry, changes); },
          [](const auto&) {},
      },
      event);
}

bool by_voter(const Fact& fact) {
  return !std::holds_alternative<election::Event>(fact.what) && !std::holds_alternative<std::monostate>(fact.what);
}

}  // namespace

Timestamp hour_of(Timestamp time) {
  const std::int64_t into = ((time.ms % hour_ms) + hour_ms) % hour_ms;
  return Timestamp{time.ms - into};
}

void fold(State& state, const Fact& fact, Changes& changes) {
  if (state.stage == Stage::open) {
    raise(state, count_entry(state.rhythm, fact.seq, fact.time, by_voter(fact)), changes);
    changes.ledger = true;
  }
  std::visit(election::overloaded{
                 [&](const BallotFact& ballot) { fold_ballot(state, fact, ballot, changes); },
                 [&](const AttendanceFact& marked) { fold_attendance(state, fact, marked, changes); },
                 [&](const SignInFact& signed_in) { fold_sign_in(state, fact, signed_in, changes); },
                 [&](const election::Event& event) { fold_event(state, fact, event, changes); },
                 [](const auto&) {},
             },
             fact.what);
}

}  // namespace suara::projections::turnout
