#include "core/election/evolve.hpp"

#include "core/election/overloaded.hpp"

namespace suara::election {
namespace {

void fold_certificate(State& state, const TrusteeCertificatePublished& event, const Actor& by) {
  state.summary.ceremony.push_back({event, by, std::nullopt, std::nullopt});
}

// Nothing where the number is wrong: a stored ledger is folded before its signature is judged.
CeremonyMember* member_of(State& state, std::uint32_t trustee) {
  auto& members = state.summary.ceremony;
  return trustee >= 1 && trustee <= members.size() ? &members[trustee - 1] : nullptr;
}

void fold_coefexps(State& state, const TrusteeCoefexpsPublished& event) {
  if (auto* member = member_of(state, event.trustee)) member->coefexps = event;
}

void fold_confirmed(State& state, const TrusteeShareConfirmed& event) {
  if (auto* member = member_of(state, event.trustee)) member->confirmed = event;
}

void fold_restart(State& state) {
  for (const auto& member : state.summary.ceremony) {
    const auto& certificate = member.certificate.parsed;
    state.void_keys.insert({certificate.verification, certificate.encryption});
  }
  state.summary.ceremony.clear();
}

void fold_voters(State& state, const VotersEnrolled& event) {
  for (const auto& voter : event.voters) {
    state.commitments.insert(voter.commitment);
    ++state.summary.voters_by_place[voter.place];
    ++state.weights[voter.place][voter.weight].voters;
    state.voters_weight += voter.weight;
  }
  state.summary.voters += event.voters.size();
}

void fold_credentials(State& state, const RollImported& event) {
  auto& weights = state.weights[event.place];
  for (const auto& [key, weight] : event.credentials) {
    state.credentials.emplace(key, State::Credential{event.place, weight});
    ++weights[weight].credentials;
    state.summary.total_weight += weight;
  }
  state.summary.credentials += event.credentials.size();
  state.summary.credentials_by_place[event.place] += event.credentials.size();
}

void fold_sealed(State& state, const ElectionSealed& event, Timestamp time) {
  state.summary.sealed = event;
  state.summary.sealed_at = time;
  state.summary.phase = Phase::sealed;
  std::unordered_set<Hash>().swap(state.commitments);
  state.weights.clear();
}

// Room for one ballot each, so that no voter waits for a table of a million entries to be moved.
void fold_opened(State& state, Timestamp time) {
  state.summary.opened_at = time;
  state.summary.phase = Phase::open;
  std::size_t choices = 0;
  for (const auto& question : state.summary.sealed->parsed_election.questions) choices += question.choices();
  const std::size_t voters = state.credentials.size();
  state.last_ballot.reserve(voters);
  state.trackers.reserve(voters);
  state.verified.reserve(voters);
  state.ciphertexts.reserve(voters * choices);
}

void fold_ciphertexts(State& state, const ballot::Ballot& ballot) {
  for (const auto& answer : ballot.answers) {
    for (const auto& choice : answer.choices) state.ciphertexts.insert(ciphertext_id(choice));
  }
}

void fold_ballot(State& state, const BallotCast& event, Seq seq) {
  const ballot::Ballot& ballot = event.parsed;
  const bool first = state.last_ballot.insert_or_assign(ballot.credential, State::Cast{seq, ballot.tracker}).second;
  const auto known = state.credentials.find(ballot.credential);
  const std::uint64_t weight = known == state.credentials.end() ? 1 : known->second.weight;
  if (first) state.voted_weight += weight;
  state.trackers.emplace(ballot.tracker, seq);
  fold_ciphertexts(state, ballot);
  ++state.ballots;
  state.last_cast = seq;
  if (state.summary.draft.policies.tally == TallyPolicy::live) {
    state.live_batch.cast(seq, ballot.credential, weight, first);
  }
}

void fold_challenged(State& state, const BallotChallenged& event, Seq seq) {
  state.challenged.emplace(event.parsed.tracker, seq);
  ++state.challenges[event.parsed.credential];
  fold_ciphertexts(state, event.parsed);
}

void fold_live_tally(State& state, const LiveTallyPublished& event, Timestamp time) {
  state.summary.live = event;
  state.last_live = time;
  state.live_batch.published(event.through);
}

}  // namespace

void evolve(State& state, const Recorded& recorded) {
  Summary& summary = state.summary;
  const Timestamp time = recorded.time;
  std::visit(overloaded{
                 [&](const LedgerOpened& event) {
                   summary.uuid = event.uuid;
                   summary.key = event.key;
                 },
                 [&](const ElectionDrafted& event) {
                   summary.draft = event.draft;
                   summary.drafted_at = time;
                 },
                 [&](const TrusteeKeyPublished& event) {
                   summary.trustees.push_back({event, recorded.actor});
                 },
                 [&](const TrusteeCertificatePublished& event) { fold_certificate(state, event, recorded.actor); },
                 [&](const TrusteeCoefexpsPublished& event) { fold_coefexps(state, event); },
                 [&](const TrusteeShareConfirmed& event) { fold_confirmed(state, event); },
                 [&](const KeyCeremonyRestarted&) { fold_restart(state); },
                 [&](const VotersEnrolled& event) { fold_voters(state, event); },
                 [&](const RollImported& event) { fold_credentials(state, event); },
                 [&](const RollSealed& event) { summary.roll_sealed = event; },
                 [&](const ElectionSealed& event) { fold_sealed(state, event, time); },
                 [&](const ElectionOpened&) { fold_opened(state, time); },
                 [&](const VoterVerified& event) { state.verified.emplace(event.credential, recorded.seq); },
                 [&](const BallotCast& event) { fold_ballot(state, event, recorded.seq); },
                 [&](const BallotChallenged& event) { fold_challenged(state, event, recorded.seq); },
                 [&](const LiveTallyPublished& event) { fold_live_tally(state, event, time); },
                 [&](const ElectionClosed&) {
                   summary.closed_at = time;
                   summary.phase = Phase::closed;
                 },
                 [&](const TallyComputed& event) { summary.tally = event; },
                 [&](const TallyDecrypted& event) { summary.shares.emplace(event.share.owner, event.share); },
                 [&](const ResultPublished& event) {
                   summary.result = event;
                   summary.tallied_at = time;
                   summary.phase = Phase::tallied;
                 },
                 [&](const ResultCertified&) {
                   summary.certified_at = time;
                   summary.phase = Phase::certified;
                 },
             },
             recorded.event);
  ++state.size;
  state.last_time = time;
}

}  // namespace suara::election
