#pragma once
#include <span>

#include "core/election/action.hpp"
#include "core/election/events.hpp"
#include "core/election/state.hpp"

// The rules of an election, each written once. decide() asks them of a command before it makes events;
// check_legal() asks the same of events that somebody else recorded. Role and phase are action.hpp's matter.
namespace suara::election::rules {

// 0 where the place has none yet.
std::uint64_t count_at(const std::map<PlaceId, std::uint64_t>& counts, const PlaceId& place);

// Everything about who acts and when, but the table's roles (check_actor_may): the role is held, phase, schedule,
// approval. `place` is the one an officer acts for; null where the event has none. `completes_sealing`: the one event
// that may follow RollSealed.
Result<void> admits(const State& state, const Actor& actor, Action action, const PlaceId* place, Timestamp time,
                    bool completes_sealing = false);

// One line that says why something was done; `what` ends the sentence of a refusal: "the roll was corrected".
Result<void> reason(const std::string& reason, std::string_view what);

// Is the place in the draft?
bool has_place(const State& state, const PlaceId& place);
// An unknown place's id may be of any form and length: what a sentence may show of it.
std::string shown(const PlaceId& id);

// Setup (rules_setup.cpp).
Result<void> ledger_opens(const State& state, const ElectionUuid& uuid, const std::string& key);
Result<void> drafts(const State& state, const Draft& draft);
Result<void> revises(const State& state, const Draft& draft);
Result<void> rotates_key(const State& state, const KeyRotated& rotated);
Result<void> trustee_key(const State& state, Role by, const ballot::TrusteePublicKey& key);

// Who acts (rules_officials.cpp). `place` is the event's, for officers; null where it has none.
Result<void> holds_role(const State& state, const Actor& actor, const PlaceId* place);
Result<void> appoints(const State& state, const Appointment& appointment);
Result<void> revokes(const State& state, const Appointment& appointment, const std::string& why);

// The roll (rules_roll.cpp) and its credentials (rules_credentials.cpp).
Result<void> voters(const State& state, std::span<const VotersEnrolled::Voter> voters);
Result<void> corrects_voter(const State& state, const VoterCorrected& corrected);
Result<void> removes_voter(const State& state, const VoterRemoved& removed);
Result<void> credentials(const State& state, const PlaceId& place,
                         std::span<const ballot::PublicCredential> credentials);
// Whether the place's other credentials came before is `after_roll`'s question.
Result<void> reserve(const State& state, const PlaceId& place, std::span<const ballot::PublicCredential> credentials);
Result<void> after_roll(const State& state, const PlaceId& place);
Result<void> withdraws_credentials(const State& state, const std::string& why);
Result<void> replaces(const State& state, const CredentialReplaced& replaced);

// Approval, cancelling and correcting (rules_approval.cpp).
Result<void> proposes(const State& state, const StepProposed& proposed);
Result<void> withdraws_proposal(const State& state, Step step);
Result<void> approved(const State& state, const Actor& actor, Step step);
Result<void> cancels(const State& state, const ElectionCancelled& cancelled);
Result<void> corrects(const State& state, const CorrectionRecorded& correction);

// The schedule (rules_schedule.cpp).
Result<void> on_schedule(const State& state, Role by, Action action, Timestamp time);
Result<void> extends(const State& state, const VotingExtended& extended, Timestamp time);

// At the polling place (rules_place.cpp).
Result<void> verifies(const State& state, const VoterVerified& verified);
Result<void> enrols_device(const State& state, const DeviceEnrolled& enrolled);
Result<void> revokes_device(const State& state, const DeviceRevoked& revoked);
Result<void> notes(const State& state, const IncidentNoted& incident);

// The key ceremony (rules_ceremony.cpp).
Result<void> certificate(const State& state, const ballot::Certificate& certificate);
Result<void> coefexps(const State& state, const TrusteeCoefexpsPublished& published);
Result<void> share_confirmed(const State& state, std::uint32_t trustee, const ballot::TrusteePublicKey& key);
Result<void> restarts(const State& state, const std::string& reason);

// Sealing (rules_seal.cpp). Between RollSealed and ElectionSealed nothing else may be recorded.
Result<void> not_half_sealed(const State& state);
Result<void> ready_to_seal(const State& state);
Result<void> roll_matches(const State& state, const RollSealed& roll);
Result<void> sealed_matches(const State& state, const ElectionSealed& sealed);

// Voting (rules_voting.cpp).
Result<void> known_credential(const State& state, const ballot::Element& credential);
Result<void> casts(const State& state, const ballot::Ballot& ballot);
Result<void> challenges(const State& state, const ballot::Ballot& ballot);

// Counting (rules_tally.cpp).
Result<void> live_tally(const State& state, const LiveTallyPublished& tally, Timestamp now);
Result<void> computes(const State& state, const TallyComputed& tally);
Result<void> decryption(const State& state, Role by, const DecryptionShare& share);
Result<void> result(const State& state, const ballot::Counts& counts);

}  // namespace suara::election::rules
