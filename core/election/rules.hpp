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

// Setup (rules_setup.cpp).
Result<void> ledger_opens(const State& state, const ElectionUuid& uuid, const std::string& key);
Result<void> drafts(const State& state, const Draft& draft);
Result<void> trustee_key(const State& state, Role by, const ballot::TrusteePublicKey& key);
Result<void> voters(const State& state, std::span<const VotersEnrolled::Voter> voters);
Result<void> credentials(const State& state, const PlaceId& place,
                         std::span<const ballot::PublicCredential> credentials);

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
