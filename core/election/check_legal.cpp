#include <algorithm>

#include "core/election/evolve.hpp"
#include "core/election/overloaded.hpp"
#include "core/election/rules.hpp"

// What decide() guarantees by the way it makes events is asked here of events that somebody else made; all else is
// asked of the same rules.
namespace suara::election {
namespace {

Result<void> both(Result<void> first, auto&& second) {
  if (!first) return first;
  return second();
}

Result<void> chunk(std::size_t size, std::size_t most) {
  if (size <= most) return {};
  return fail(ErrorCode::too_large,
              "The entry holds " + std::to_string(size) + " items; at most " + std::to_string(most) + " are allowed.");
}

Result<void> legal(const State& state, const TrusteeKeyPublished& event, Role by) {
  if (event.trustee != state.summary.trustees.size() + 1) {
    return fail(ErrorCode::conflict, "The trustee's number is not the next one.");
  }
  return rules::trustee_key(state, by, event.key);
}

Result<void> legal(const State& state, const TrusteeCertificatePublished& event) {
  if (event.trustee != state.summary.ceremony.size() + 1) {
    return fail(ErrorCode::conflict, "The threshold trustee's number is not the next one.");
  }
  return rules::certificate(state, event.parsed);
}

Result<void> legal(const State& state, const VotersEnrolled& event) {
  if (event.first != state.ever_enrolled) {
    return fail(ErrorCode::conflict, "The first voter's number does not follow the voters enrolled before.");
  }
  return both(chunk(event.voters.size(), max_voters_per_event), [&] { return rules::voters(state, event.voters); });
}

Result<void> sorted_chunk(const std::vector<ballot::PublicCredential>& credentials) {
  const auto less = [](const auto& a, const auto& b) { return text_less(a.key, b.key); };
  if (!std::is_sorted(credentials.begin(), credentials.end(), less)) {
    return fail(ErrorCode::conflict, "The credentials are not sorted, so their order may tell whose they are.");
  }
  return chunk(credentials.size(), max_credentials_per_event);
}

Result<void> legal(const State& state, const RollImported& event) {
  return both(sorted_chunk(event.credentials),
              [&] { return rules::credentials(state, event.place, event.credentials); });
}

Result<void> legal(const State& state, const ReserveImported& event) {
  if (auto ok = sorted_chunk(event.credentials); !ok) return ok;
  return both(rules::reserve(state, event.place, event.credentials),
              [&] { return rules::after_roll(state, event.place); });
}

Result<void> legal(const State& state, const RollSealed& event) {
  return both(rules::ready_to_seal(state), [&] { return rules::roll_matches(state, event); });
}

Result<void> legal(const State& state, const ElectionSealed& event) {
  if (!state.summary.roll_sealed) {
    return fail(ErrorCode::wrong_phase, "The election is sealed only directly after its roll.");
  }
  return rules::sealed_matches(state, event);
}

Result<void> legal(const State& state, const VoterVerified& event) {
  if (event.method == VoterVerified::Method::credential && state.verified.contains(event.credential)) {
    return fail(ErrorCode::conflict, "This credential is recorded as verified already.");
  }
  return rules::verifies(state, event);
}

Result<void> legal(const State& state, const BallotCast& event) {
  if (state.trackers.contains(event.parsed.tracker)) {
    return fail(ErrorCode::conflict, "The same ballot is recorded already.");
  }
  return rules::casts(state, event.parsed);
}

Result<void> legal(const State& state, const BallotChallenged& event) {
  if (state.challenged.contains(event.parsed.tracker)) {
    return fail(ErrorCode::conflict, "The same ballot is recorded as challenged already.");
  }
  return rules::challenges(state, event.parsed);
}

Result<void> legal_event(const State& state, const Recorded& recorded) {
  const Role by = recorded.actor.role;
  return std::visit(
      overloaded{
          [&](const LedgerOpened& e) { return rules::ledger_opens(state, e.uuid, e.key); },
          [&](const ElectionDrafted& e) {
            return state.summary.drafted_at ? rules::revises(state, e.draft) : rules::drafts(state, e.draft);
          },
          [&](const TrusteeKeyPublished& e) { return legal(state, e, by); },
          [&](const TrusteeCertificatePublished& e) { return legal(state, e); },
          [&](const TrusteeCoefexpsPublished& e) { return rules::coefexps(state, e); },
          [&](const TrusteeShareConfirmed& e) { return rules::share_confirmed(state, e.trustee, e.parsed); },
          [&](const KeyCeremonyRestarted& e) { return rules::restarts(state, e.reason); },
          [&](const VotersEnrolled& e) { return legal(state, e); },
          [&](const VoterCorrected& e) { return rules::corrects_voter(state, e); },
          [&](const VoterRemoved& e) { return rules::removes_voter(state, e); },
          [&](const RollImported& e) { return legal(state, e); },
          [&](const ReserveImported& e) { return legal(state, e); },
          [&](const CredentialsWithdrawn& e) { return rules::withdraws_credentials(state, e.reason); },
          [&](const CredentialReplaced& e) { return rules::replaces(state, e); },
          [&](const RollSealed& e) { return legal(state, e); },
          [&](const ElectionSealed& e) { return legal(state, e); },
          [&](const ElectionOpened&) { return Result<void>{}; },
          [&](const VoterVerified& e) { return legal(state, e); },
          [&](const BallotCast& e) { return legal(state, e); },
          [&](const BallotChallenged& e) { return legal(state, e); },
          [&](const LiveTallyPublished& e) { return rules::live_tally(state, e, recorded.time); },
          [&](const ElectionClosed&) { return Result<void>{}; },
          [&](const TallyComputed& e) { return rules::computes(state, e); },
          [&](const TallyDecrypted& e) { return rules::decryption(state, by, e.share); },
          [&](const ResultPublished& e) { return rules::result(state, e.counts); },
          [&](const ResultCertified&) { return Result<void>{}; },
          [&](const OfficialAppointed& e) { return rules::appoints(state, e.appointment); },
          [&](const OfficialRevoked& e) { return rules::revokes(state, e.appointment, e.reason); },
          [&](const StepProposed& e) { return rules::proposes(state, e); },
          [&](const ProposalWithdrawn& e) { return rules::withdraws_proposal(state, e.step); },
          [&](const ElectionCancelled& e) { return rules::cancels(state, e); },
          [&](const CorrectionRecorded& e) { return rules::corrects(state, e); },
          [&](const VotingExtended& e) { return rules::extends(state, e, recorded.time); },
          [&](const DeviceEnrolled& e) { return rules::enrols_device(state, e); },
          [&](const DeviceRevoked& e) { return rules::revokes_device(state, e); },
          [&](const IncidentNoted& e) { return rules::notes(state, e); },
          [&](const KeyRotated& e) { return rules::rotates_key(state, e); },
      },
      recorded.event);
}

// Where the event happened, for officers.
const PlaceId* place_of(const State& state, const Event& event) {
  if (const auto* verified = std::get_if<VoterVerified>(&event)) return &verified->place;
  if (const auto* enrolled = std::get_if<DeviceEnrolled>(&event)) return &enrolled->place;
  if (const auto* revoked = std::get_if<DeviceRevoked>(&event)) {
    const Device* device = find_device(state.summary, revoked->device);
    return device ? &device->place : nullptr;
  }
  return nullptr;
}

}  // namespace

Result<void> check_legal(const State& state, const Recorded& recorded) {
  if (recorded.seq.value != state.size) {
    return fail(ErrorCode::integrity, "Entry " + std::to_string(recorded.seq.value) + " stands where entry " +
                                          std::to_string(state.size) + " belongs.");
  }
  if (recorded.time < state.last_time) {
    return fail(ErrorCode::integrity, "The entry's time is earlier than that of the entry before it.");
  }
  const bool completes_sealing = std::holds_alternative<ElectionSealed>(recorded.event);
  const bool revises = state.summary.drafted_at && std::holds_alternative<ElectionDrafted>(recorded.event);
  const Action action = revises ? Action::revise_draft : action_of(recorded.event);
  const PlaceId* place = place_of(state, recorded.event);
  if (auto ok = check_actor_may(recorded.actor, action); !ok) return ok;
  if (auto ok = rules::admits(state, recorded.actor, action, place, recorded.time, completes_sealing); !ok) return ok;
  return legal_event(state, recorded);
}

}  // namespace suara::election
