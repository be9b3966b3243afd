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

// What waits for another member of the committee, under the approval policy `two`.
struct Proposal {
  std::string reason;
  std::optional<Seq> entry;
  Actor by;
  Seq seq;
  Timestamp time;
};

struct Device {
  std::string id;
  std::string name;
  PlaceId place;
  bool revoked = false;
};

// What pages and handlers show of an election; small, copied whenever a non-ballot event changes it.
struct Summary {
  ElectionUuid uuid;
  std::string key;                       // verifier key text of the one in force
  std::vector<std::string> former_keys;  // oldest first
  Phase phase = Phase::draft;
  Draft draft;
  Seq draft_entry;                       // the ElectionDrafted in force
  std::vector<PublishedKey> trustees;    // mandatory ones
  std::vector<CeremonyMember> ceremony;  // threshold trustee j is [j-1]; see trustees.hpp for the step
  std::uint64_t voters = 0;
  std::uint64_t credentials = 0;  // in use: without the reserve and those replaced
  std::uint64_t reserve = 0;      // spare ones that are left
  std::map<PlaceId, std::uint64_t> voters_by_place;
  std::map<PlaceId, std::uint64_t> credentials_by_place;
  std::map<PlaceId, std::uint64_t> reserve_by_place;
  std::uint64_t total_weight = 0;  // of the credentials in use
  bool appoints = false;           // OfficialAppointed was recorded: staff act in roles that they hold
  std::vector<Appointment> officials;
  std::map<Step, Proposal> proposals;
  std::vector<Device> devices;
  std::optional<Timestamp> closes_at;  // of the schedule, or as extended
  std::optional<RollSealed> roll_sealed;
  std::optional<ElectionSealed> sealed;
  std::optional<Timestamp> drafted_at, sealed_at, opened_at, closed_at, tallied_at, certified_at, cancelled_at;
  std::string cancel_reason;
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

  enum class Standing : std::uint8_t { in_use, reserve, replaced };
  struct Credential {
    PlaceId place;
    std::uint64_t weight = 1;
    Standing standing = Standing::in_use;
  };
  std::unordered_map<ballot::Element, Credential> credentials;  // with the reserve
  std::unordered_set<ballot::Element> void_keys;                // of certificates before the ceremony's last restart

  struct Attendance {
    Seq seq;
    Timestamp time;
  };
  struct Enrolled {
    PlaceId place;
    std::uint64_t weight = 1;
    std::optional<Attendance> attended;
  };
  // By commitment. Once the election is sealed nobody asks for it under the verification policy `online`: it is
  // emptied.
  std::unordered_map<Hash, Enrolled> roll;
  std::uint64_t ever_enrolled = 0;                // by VotersEnrolled, also those removed since
  std::vector<std::pair<Seq, Hash>> attendances;  // VoterVerified by officers, in order
  std::unordered_set<std::uint64_t> corrected;    // those of them that a CorrectionRecorded names

  // How many at one place have one weight: sealing demands that voters and credentials are equal everywhere.
  struct Weighted {
    std::uint64_t voters = 0;
    std::uint64_t credentials = 0;
    std::uint64_t reserve = 0;
  };
  using WeightsOf = std::map<std::uint64_t, Weighted>;
  std::map<PlaceId, WeightsOf> weights;  // until the election is sealed
  std::uint64_t voters_weight = 0;       // of all enrolled voters

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
  std::unordered_map<ballot::Element, Seq> verified;  // VoterVerified by credential
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

// Whose attendance an officer recorded in this entry, by commitment; null where it records none.
const Hash* attendance_at(const State& state, Seq entry);

// Null where there is none of this id.
const Device* find_device(const Summary& summary, std::string_view id);

// Does the login hold the role here, an officer's at this place (at any, where none is given)?
bool holds_role(const Summary& summary, std::string_view login, Role role, const PlaceId* place = nullptr);

// The order of the credentials' texts, without making the texts.
bool text_less(const ballot::Element& a, const ballot::Element& b);

}  // namespace suara::election
