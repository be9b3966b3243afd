#pragma once
#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "core/election/events.hpp"
#include "core/election/fingerprint_set.hpp"
#include "core/election/live_batch.hpp"

namespace suara::election {

// What pages and handlers show of an election; small, copied whenever a non-ballot event changes it.
struct Summary {
  ElectionUuid uuid;
  std::string key;
  Phase phase = Phase::draft;
  Draft draft;
  std::vector<TrusteeKeyPublished> trustees;
  std::uint64_t voters = 0;
  std::uint64_t credentials = 0;
  std::map<PlaceId, std::uint64_t> voters_by_place;
  std::map<PlaceId, std::uint64_t> credentials_by_place;
  std::optional<RollSealed> roll_sealed;
  std::optional<ElectionSealed> sealed;
  std::optional<Timestamp> drafted_at, sealed_at, opened_at, closed_at, tallied_at, certified_at;
  std::optional<TallyComputed> tally;
  std::map<std::uint32_t, DecryptionShare> shares;  // by owner
  std::optional<ResultPublished> result;
  std::optional<LiveTallyPublished> live;
};

// The folded ledger: what decide() needs to judge a command. Changed only by evolve().
struct State {
  std::uint64_t size = 0;  // entries folded
  Timestamp last_time;
  Summary summary;
  std::unordered_map<ballot::Element, PlaceId> credentials;
  std::unordered_set<Hash> commitments;  // of the enrolled voters; emptied when the election is sealed

  struct Cast {
    Seq seq;
    Hash tracker;
  };
  std::unordered_map<ballot::Element, Cast> last_ballot;      // by credential
  std::unordered_map<Hash, Seq> trackers;                     // every accepted ballot, for retries
  FingerprintSet ciphertexts;                                 // SHA-256(alpha || beta) of every accepted choice
  std::unordered_map<ballot::Element, Seq> verified;          // VoterVerified
  std::uint64_t ballots = 0;                                  // BallotCast entries
  Seq last_cast;                                              // of the last BallotCast
  LiveBatch live_batch;                                       // policy live
  Timestamp last_live;
};

// What `ciphertexts` holds of a choice.
Hash ciphertext_id(const ballot::Ciphertext& choice);

// SHA-256 of the Belenios public credentials of the state: a JSON list of their texts, sorted.
Hash credentials_hash(const State& state);

// The order of the credentials' texts, without making the texts.
bool text_less(const ballot::Element& a, const ballot::Element& b);

}  // namespace suara::election
