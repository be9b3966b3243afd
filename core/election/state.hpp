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

// A mandatory trustee's key, and who published it.
struct PublishedKey : TrusteeKeyPublished {
  Actor by;
};

// What a threshold trustee has published in the key ceremony.
struct CeremonyMember {
  TrusteeCertificatePublished certificate;
  Actor by;  // who published the certificate
  std::optional<TrusteeCoefexpsPublished> coefexps;
  std::optional<TrusteeShareConfirmed> confirmed;
};

// What pages and handlers show of an election; small, copied whenever a non-ballot event changes it.
struct Summary {
  ElectionUuid uuid;
  std::string key;
  Phase phase = Phase::draft;
  Draft draft;
  std::vector<PublishedKey> trustees;    // mandatory ones
  std::vector<CeremonyMember> ceremony;  // threshold trustee j is [j-1]; see trustees.hpp for the step
  std::uint64_t voters = 0;
  std::uint64_t credentials = 0;
  std::map<PlaceId, std::uint64_t> voters_by_place;
  std::map<PlaceId, std::uint64_t> credentials_by_place;
  std::uint64_t total_weight = 0;  // of all credentials
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

  struct Credential {
    PlaceId place;
    std::uint64_t weight = 1;
  };
  std::unordered_map<ballot::Element, Credential> credentials;
  std::unordered_set<ballot::Element> void_keys;  // of certificates before the ceremony's last restart
  std::unordered_set<Hash> commitments;           // of the enrolled voters; emptied when the election is sealed

  // How many at one place have one weight: sealing demands that both numbers are equal everywhere.
  struct Weighted {
    std::uint64_t voters = 0;
    std::uint64_t credentials = 0;
  };
  using WeightsOf = std::map<std::uint64_t, Weighted>;
  std::map<PlaceId, WeightsOf> weights;
  std::uint64_t voters_weight = 0;  // of all enrolled voters

  struct Cast {
    Seq seq;
    Hash tracker;
  };
  std::unordered_map<ballot::Element, Cast> last_ballot;          // by credential
  std::uint64_t voted_weight = 0;                                 // of the credentials in last_ballot
  std::unordered_map<Hash, Seq> trackers;                         // every accepted ballot, for retries
  std::unordered_map<Hash, Seq> challenged;                       // trackers of BallotChallenged
  std::unordered_map<ballot::Element, std::uint32_t> challenges;  // how many of them, by credential
  FingerprintSet ciphertexts;                         // SHA-256(alpha || beta) of every choice, cast or challenged
  std::unordered_map<ballot::Element, Seq> verified;  // VoterVerified
  std::uint64_t ballots = 0;                          // BallotCast entries
  Seq last_cast;                                      // of the last BallotCast
  LiveBatch live_batch;                               // policy live
  Timestamp last_live;
};

// What `ciphertexts` holds of a choice.
Hash ciphertext_id(const ballot::Ciphertext& choice);

// SHA-256 of the Belenios public credentials of the state: a JSON list of their texts, sorted; with their weights where
// one is not 1.
Hash credentials_hash(const State& state);

// The order of the credentials' texts, without making the texts.
bool text_less(const ballot::Element& a, const ballot::Element& b);

}  // namespace suara::election
