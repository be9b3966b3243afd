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

void fold_draft(Summary& summary, const Draft& draft, Timestamp time) {
  summary.draft = draft;
  if (!summary.drafted_at) summary.drafted_at = time;
  summary.closes_at = std::nullopt;
  if (draft.schedule) summary.closes_at = draft.schedule->closes_at;
}

void enrol(State& state, const VotersEnrolled::Voter& voter) {
  if (!state.roll.emplace(voter.commitment, State::Enrolled{voter.place, voter.weight, std::nullopt}).second) return;
  ++state.summary.voters;
  ++state.summary.voters_by_place[voter.place];
  ++state.weights[voter.place][voter.weight].voters;
  state.voters_weight += voter.weight;
}

void strike(State& state, const Hash& commitment) {
  const auto found = state.roll.find(commitment);
  if (found == state.roll.end()) return;
  const auto& [place, weight, attended] = found->second;
  --state.summary.voters;
  --state.summary.voters_by_place[place];
  --state.weights[place][weight].voters;
  state.voters_weight -= weight;
  state.roll.erase(found);
}

void fold_voters(State& state, const VotersEnrolled& event) {
  for (const auto& voter : event.voters) enrol(state, voter);
  state.ever_enrolled += event.voters.size();
}

void fold_corrected(State& state, const VoterCorrected& event) {
  strike(state, event.was);
  enrol(state, event.voter);
}

void fold_credentials(State& state, const RollImported& event) {
  auto& weights = state.weights[event.place];
  for (const auto& [key, weight] : event.credentials) {
    state.credentials.emplace(key, State::Credential{event.place, weight, State::Standing::in_use});
    ++weights[weight].credentials;
    state.summary.total_weight += weight;
  }
  state.summary.credentials += event.credentials.size();
  state.summary.credentials_by_place[event.place] += event.credentials.size();
}

void fold_reserve(State& state, const ReserveImported& event) {
  auto& weights = state.weights[event.place];
  for (const auto& [key, weight] : event.credentials) {
    state.credentials.emplace(key, State::Credential{event.place, weight, State::Standing::reserve});
    ++weights[weight].reserve;
  }
  state.summary.reserve += event.credentials.size();
  state.summary.reserve_by_place[event.place] += event.credentials.size();
}

void fold_withdrawn(State& state) {
  state.credentials.clear();
  for (auto& [place, weights] : state.weights) {
    for (auto& [weight, count] : weights) count.credentials = count.reserve = 0;
  }
  Summary& summary = state.summary;
  summary.credentials = summary.reserve = summary.total_weight = 0;
  summary.credentials_by_place.clear();
  summary.reserve_by_place.clear();
}

// The one issued has place and weight of the one lost, so that nothing else changes.
void fold_replaced(State& state, const CredentialReplaced& event) {
  const auto lost = state.credentials.find(event.lost);
  const auto issued = state.credentials.find(event.issued);
  if (lost == state.credentials.end() || issued == state.credentials.end()) return;
  if (issued->second.standing != State::Standing::reserve) return;
  lost->second.standing = State::Standing::replaced;
  issued->second.standing = State::Standing::in_use;
  --state.summary.reserve;
  --state.summary.reserve_by_place[issued->second.place];
}

void fold_sealed(State& state, const ElectionSealed& event, Timestamp time) {
  state.summary.sealed = event;
  state.summary.sealed_at = time;
  state.summary.phase = Phase::sealed;
  if (state.summary.draft.policies.verification == VerificationPolicy::online) decltype(state.roll)().swap(state.roll);
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
  if (state.summary.draft.policies.verification != VerificationPolicy::polling_place) state.verified.reserve(voters);
  state.attendances.reserve(state.roll.size());
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

void fold_verified(State& state, const VoterVerified& event, Seq seq, Timestamp time) {
  if (event.method == VoterVerified::Method::credential) {
    state.verified.emplace(event.credential, seq);
    return;
  }
  const auto voter = state.roll.find(event.voter);
  if (voter == state.roll.end()) return;
  voter->second.attended = State::Attendance{seq, time};
  state.attendances.emplace_back(seq, event.voter);
}

void fold_correction(State& state, const CorrectionRecorded& event) {
  const auto* voter = attendance_at(state, event.entry);
  if (!voter) return;
  state.corrected.insert(event.entry.value);
  if (state.summary.phase != Phase::open) return;
  const auto found = state.roll.find(*voter);
  if (found != state.roll.end()) found->second.attended = std::nullopt;
}

void fold_device_revoked(Summary& summary, const DeviceRevoked& event) {
  for (Device& device : summary.devices) {
    if (device.id == event.device) device.revoked = true;
  }
}

void fold_live_tally(State& state, const LiveTallyPublished& event, Timestamp time) {
  state.summary.live = event;
  state.last_live = time;
  state.live_batch.published(event.through);
}

// What changes what would be sealed.
bool is_setup(const Event& event) {
  return std::visit(overloaded{
                        [](const ElectionDrafted&) { return true; },
                        [](const TrusteeKeyPublished&) { return true; },
                        [](const TrusteeCertificatePublished&) { return true; },
                        [](const TrusteeCoefexpsPublished&) { return true; },
                        [](const TrusteeShareConfirmed&) { return true; },
                        [](const KeyCeremonyRestarted&) { return true; },
                        [](const VotersEnrolled&) { return true; },
                        [](const VoterCorrected&) { return true; },
                        [](const VoterRemoved&) { return true; },
                        [](const RollImported&) { return true; },
                        [](const ReserveImported&) { return true; },
                        [](const CredentialsWithdrawn&) { return true; },
                        [](const auto&) { return false; },
                    },
                    event);
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
                   fold_draft(summary, event.draft, time);
                   summary.draft_entry = recorded.seq;
                 },
                 [&](const TrusteeKeyPublished& event) {
                   summary.trustees.push_back({event, recorded.actor});
                 },
                 [&](const TrusteeCertificatePublished& event) { fold_certificate(state, event, recorded.actor); },
                 [&](const TrusteeCoefexpsPublished& event) { fold_coefexps(state, event); },
                 [&](const TrusteeShareConfirmed& event) { fold_confirmed(state, event); },
                 [&](const KeyCeremonyRestarted&) { fold_restart(state); },
                 [&](const VotersEnrolled& event) { fold_voters(state, event); },
                 [&](const VoterCorrected& event) { fold_corrected(state, event); },
                 [&](const VoterRemoved& event) { strike(state, event.voter); },
                 [&](const RollImported& event) { fold_credentials(state, event); },
                 [&](const ReserveImported& event) { fold_reserve(state, event); },
                 [&](const CredentialsWithdrawn&) { fold_withdrawn(state); },
                 [&](const CredentialReplaced& event) { fold_replaced(state, event); },
                 [&](const RollSealed& event) { summary.roll_sealed = event; },
                 [&](const ElectionSealed& event) {
                   fold_sealed(state, event, time);
                   summary.proposals.erase(Step::seal);
                 },
                 [&](const ElectionOpened&) { fold_opened(state, time); },
                 [&](const VoterVerified& event) { fold_verified(state, event, recorded.seq, time); },
                 [&](const BallotCast& event) { fold_ballot(state, event, recorded.seq); },
                 [&](const BallotChallenged& event) { fold_challenged(state, event, recorded.seq); },
                 [&](const LiveTallyPublished& event) { fold_live_tally(state, event, time); },
                 [&](const ElectionClosed&) {
                   summary.closed_at = time;
                   summary.phase = Phase::closed;
                   summary.proposals.erase(Step::close);
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
                   summary.proposals.erase(Step::certify);
                 },
                 [&](const OfficialAppointed& event) {
                   summary.appoints = true;
                   summary.officials.push_back(event.appointment);
                 },
                 [&](const OfficialRevoked& event) { std::erase(summary.officials, event.appointment); },
                 [&](const StepProposed& event) {
                   summary.proposals.insert_or_assign(
                       event.step, Proposal{event.reason, event.entry, recorded.actor, recorded.seq, time});
                 },
                 [&](const ProposalWithdrawn& event) { summary.proposals.erase(event.step); },
                 [&](const ElectionCancelled& event) {
                   summary.cancelled_at = time;
                   summary.cancel_reason = event.reason;
                   summary.phase = Phase::cancelled;
                   summary.proposals.erase(Step::cancel);
                 },
                 [&](const CorrectionRecorded& event) {
                   fold_correction(state, event);
                   summary.proposals.erase(Step::correct);
                 },
                 [&](const VotingExtended& event) { summary.closes_at = event.closes_at; },
                 [&](const DeviceEnrolled& event) {
                   summary.devices.push_back({event.device, event.name, event.place, false});
                 },
                 [&](const DeviceRevoked& event) { fold_device_revoked(summary, event); },
                 [](const IncidentNoted&) {},
                 [&](const KeyRotated& event) {
                   summary.former_keys.push_back(summary.key);
                   summary.key = event.key;
                 },
             },
             recorded.event);
  if (is_setup(recorded.event)) summary.proposals.erase(Step::seal);
  ++state.size;
  state.last_time = time;
}

}  // namespace suara::election
