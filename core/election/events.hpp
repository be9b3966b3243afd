#pragma once
#include <string>
#include <variant>
#include <vector>

#include "core/election/types.hpp"

// What is recorded. One struct a type; the struct's name is the type in the ledger, `version` its `v`.
// Texts that are Belenios objects are carried byte for byte, with what was read from them beside.
// The JSON of each is described in schema/events/<Type>.v1.json and written by core/codec/event.cpp.
namespace suara::election {

constexpr std::size_t max_voters_per_event = 400;
constexpr std::size_t max_credentials_per_event = 500;
constexpr std::int64_t min_ms_between_live_tallies = 2000;

struct LedgerOpened {
  ElectionUuid uuid;
  std::string key;  // verifier key text of the ledger's key, see core/log/vkey.hpp
};

struct ElectionDrafted {
  Draft draft;
};

struct TrusteeKeyPublished {
  std::uint32_t trustee = 0;   // 1-based, in order of publication
  std::string public_key;      // Belenios trustee_public_key
  ballot::TrusteePublicKey key;
};

// A chunk of salted commitments to the roll's voters, at most 400.
struct VotersEnrolled {
  struct Voter {
    Hash commitment;  // SHA-256(salt || 0x00 || canonical JSON of the voter's row)
    PlaceId place;
  };
  std::uint64_t first = 0;  // number of the first of them in the whole roll, from 0
  std::vector<Voter> voters;
};

// A chunk of one polling place's public credentials, sorted, at most 500.
struct RollImported {
  PlaceId place;
  std::vector<ballot::Element> credentials;
};

struct RollSealed {
  std::uint64_t voters = 0;
  std::uint64_t credentials = 0;
  Hash credentials_hash;  // SHA-256 of the Belenios public credentials (all, sorted)
};

struct ElectionSealed {
  std::string election;  // Belenios election
  std::string trustees;  // Belenios trustees
  Hash credentials_hash;
  ballot::Election parsed_election;
  ballot::Trustees parsed_trustees;
};

struct ElectionOpened {};

struct VoterVerified {
  ballot::Element credential;  // method "credential": a signed challenge, online
};

struct BallotCast {
  std::string ballot;  // Belenios ballot
  ballot::Ballot parsed;
};

struct ElectionClosed {};

// One trustee's share of a decryption, as carried in two events.
struct DecryptionShare {
  std::uint32_t owner = 0;         // 1-based trustee
  std::string partial_decryption;  // Belenios partial_decryption
  std::string strong_proofs;       // [[{challenge,response}]]
  ballot::PartialDecryption partial;
  ballot::StrongProofs strong;
};

// Policy live only.
struct LiveTallyPublished {
  Seq through;                 // the last BallotCast that is included
  std::uint64_t accepted = 0;  // BallotCast entries up to and with it
  std::string encrypted_tally;
  std::string sized_tally;     // Belenios sized_encrypted_tally
  std::vector<DecryptionShare> shares;
  std::string result;          // Belenios result
  ballot::EncryptedTally tally;
  std::uint64_t num_tallied = 0;  // ballots that count, from sized_tally
  ballot::Counts counts;
};

struct TallyComputed {
  std::string encrypted_tally;
  std::string sized_tally;
  ballot::EncryptedTally tally;
  std::uint64_t num_tallied = 0;
  std::uint64_t total_weight = 0;
};

struct TallyDecrypted {
  DecryptionShare share;
};

struct ResultPublished {
  std::string result;
  ballot::Counts counts;
};

struct ResultCertified {};

using Event = std::variant<LedgerOpened, ElectionDrafted, TrusteeKeyPublished, VotersEnrolled, RollImported, RollSealed,
                           ElectionSealed, ElectionOpened, VoterVerified, BallotCast, LiveTallyPublished,
                           ElectionClosed, TallyComputed, TallyDecrypted, ResultPublished, ResultCertified>;

std::string_view type_name(const Event& event);

// An event with what its entry says of it.
struct Recorded {
  Seq seq;
  Timestamp time;
  Actor actor;
  Event event;
};

}  // namespace suara::election
