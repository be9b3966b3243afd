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
  if (event.first != state.summary.voters) {
    return fail(ErrorCode::conflict, "The first voter's number does not follow the voters enrolled before.");
  }
  return both(chunk(event.voters.size(), max_voters_per_event), [&] { return rules::voters(state, event.voters); });
}

Result<void> legal(const State& state, const RollImported& event) {
  const auto less = [](const auto& a, const auto& b) { return text_less(a.key, b.key); };
  if (!std::is_sorted(event.credentials.begin(), event.credentials.end(), less)) {
    return fail(ErrorCode::conflict, "The credentials are not sorted, so their order may tell whose they are.");
  }
  return both(chunk(event.credentials.size(), max_credentials_per_event),
              [&] { return rules::credentials(state, event.place, event.credentials); });
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
  if (state.verified.contains(event.credential)) {
    return fail(ErrorCode::conflict, "This credential is recorded as verified already.");
  }
  return rules::known_credential(state, event.credential);
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
          [&](const ElectionDrafted& e) { return rules::drafts(state, e.draft); },
          [&](const TrusteeKeyPublished& e) { return legal(state, e, by); },
          [&](const TrusteeCertificatePublished& e) { return legal(state, e); },
          [&](const TrusteeCoefexpsPublished& e) { return rules::coefexps(state, e); },
          [&](const TrusteeShareConfirmed& e) { return rules::share_confirmed(state, e.trustee, e.parsed); },
          [&](const KeyCeremonyRestarted& e) { return rules::restarts(state, e.reason); },
          [&](const VotersEnrolled& e) { return legal(state, e); },
          [&](const RollImported& e) { return legal(state, e); },
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
      },
      recorded.event);
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
  const Action action = action_of(recorded.event);
  if (auto ok = check_actor_may(recorded.actor, action); !ok) return ok;
  if (action != Action::open_ledger) {
    if (auto ok = check_phase(state, action); !ok) return ok;
  }
  const bool completes_sealing = std::holds_alternative<ElectionSealed>(recorded.event);
  if (!completes_sealing) {
    if (auto ok = rules::not_half_sealed(state); !ok) return ok;
  }
  return legal_event(state, recorded);
}

}  // namespace suara::election
