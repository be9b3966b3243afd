#pragma once
#include <string>
#include <variant>
#include <vector>

#include "core/crypto/signature.hpp"
#include "core/election/types.hpp"

// What is recorded. One struct a type; the struct's name is the type in the ledger, `version` its `v`.
// Texts that are Belenios objects are carried byte for byte, with what was read from them beside.
// The JSON of each is described in schema/events/<Type>.v1.json and written by core/codec/event.cpp.
namespace suara::election {

constexpr std::size_t max_voters_per_event = 400;
constexpr std::size_t max_credentials_per_event = 500;
constexpr std::int64_t min_ms_between_live_tallies = 2000;
constexpr std::uint32_t max_challenges = 10;     // of one credential
constexpr std::size_t max_reason = 500;          // characters
constexpr std::size_t max_incident_text = 2000;  // bytes
constexpr std::size_t max_incident_entries = 20;
constexpr std::size_t device_id_length = 8;
constexpr std::int64_t max_extension_ms = std::int64_t{30} * 24 * 60 * 60 * 1000;  // of one extension

struct LedgerOpened {
  ElectionUuid uuid;
  std::string key;  // verifier key text of the ledger's key, see core/log/vkey.hpp
};

// May come again while the election is a draft: the last one holds.
struct ElectionDrafted {
  Draft draft;
};

struct TrusteeKeyPublished {
  std::uint32_t trustee = 0;  // 1-based, in order of publication
  std::string public_key;     // Belenios trustee_public_key
  ballot::TrusteePublicKey key;
};

// The key ceremony, where the draft has a threshold: three messages of each trustee. `trustee` is 1-based among the
// threshold trustees. See core/ballot/threshold.hpp for what they prove.
struct TrusteeCertificatePublished {
  std::uint32_t trustee = 0;  // in order of publication
  std::string certificate;    // Belenios certificate
  Hash coefexps_hash;         // SHA-256 of the text to follow, so that none is chosen after another's was seen
  ballot::Certificate parsed;
};

struct TrusteeCoefexpsPublished {
  std::uint32_t trustee = 0;
  std::string coefexps;      // Belenios coefexps
  std::vector<Hash> shares;  // SHA-256 of the sealed share for trustee 1, 2, ...; the shares stay outside the ledger
  ballot::Coefexps parsed;
};

struct TrusteeShareConfirmed {
  std::uint32_t trustee = 0;
  std::string verification_key;  // Belenios trustee_public_key of the trustee's share of the secret
  ballot::TrusteePublicKey parsed;
};

// All messages of the ceremony so far are void.
struct KeyCeremonyRestarted {
  std::string reason;
};

// A chunk of salted commitments to the roll's voters, at most 400.
struct VotersEnrolled {
  struct Voter {
    Hash commitment;  // SHA-256(salt || 0x00 || canonical JSON of the voter's row)
    PlaceId place;
    std::uint64_t weight = 1;
  };
  std::uint64_t first = 0;  // how many were ever enrolled before them
  std::vector<Voter> voters;
};

// One row of the roll was changed: its old commitment gives way to the new one.
struct VoterCorrected {
  Hash was;
  VotersEnrolled::Voter voter;
  std::string reason;
};

struct VoterRemoved {
  Hash voter;
  std::string reason;
};

// A chunk of one polling place's public credentials, sorted, at most 500.
struct RollImported {
  PlaceId place;
  std::vector<ballot::PublicCredential> credentials;
};

// Spare credentials of a place, sorted, at most 500: sealed with the others, out of use until one is issued.
struct ReserveImported {
  PlaceId place;
  std::vector<ballot::PublicCredential> credentials;
};

// All credentials so far, the reserve too, are void; others may be made.
struct CredentialsWithdrawn {
  std::string reason;
};

// A lost code is out of use from here on, one of the reserve in its place.
struct CredentialReplaced {
  ballot::Element lost;
  ballot::Element issued;
  std::string reason;
};

struct RollSealed {
  std::uint64_t voters = 0;
  std::uint64_t credentials = 0;  // with the reserve
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

// A voter was let in to vote. `credential`: by a signed challenge, online. `officer`: an officer saw the voter at the
// polling place; who that is stands in the roll alone, behind the commitment.
struct VoterVerified {
  enum class Method { credential, officer };
  Method method = Method::credential;
  ballot::Element credential;  // method credential
  Hash voter;                  // method officer: the commitment
  PlaceId place;               // method officer
};

struct BallotCast {
  std::string ballot;  // Belenios ballot
  ballot::Ballot parsed;
};

// A ballot that its voter chose to open instead of casting it: it passed the checks of a cast one, never counts, and
// what opens it stays with the voter.
struct BallotChallenged {
  std::string ballot;  // Belenios ballot
  ballot::Ballot parsed;
};

struct ElectionClosed {};

// One trustee's share of a decryption, as carried in two events.
struct DecryptionShare {
  std::uint32_t owner = 0;         // 1-based in the sealed list of trustees: mandatory ones, then threshold ones
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
  std::string sized_tally;  // Belenios sized_encrypted_tally
  std::vector<DecryptionShare> shares;
  std::string result;  // Belenios result
  ballot::EncryptedTally tally;
  std::uint64_t num_tallied = 0;   // ballots that count, from sized_tally
  std::uint64_t total_weight = 0;  // of them
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

// From the first one on, staff other than administrators act only in roles that they hold.
struct OfficialAppointed {
  Appointment appointment;
};

struct OfficialRevoked {
  Appointment appointment;
  std::string reason;
};

// Approval policy `two`: what one asks for and another member of the committee does.
struct StepProposed {
  Step step = Step::seal;
  std::string reason;
  std::optional<Seq> entry{};  // step correct: which entry
};

struct ProposalWithdrawn {
  Step step = Step::seal;
};

struct ElectionCancelled {
  std::string reason;
};

// Entries are never changed: this one says that another is wrong. An attendance that it names is void.
struct CorrectionRecorded {
  Seq entry;
  std::string reason;
};

// The scheduled end is put off.
struct VotingExtended {
  Timestamp closes_at;
  std::string reason;
};

struct DeviceEnrolled {
  std::string device;  // [a-z0-9]{8}
  std::string name;    // "Bilik 1"
  PlaceId place;
};

struct DeviceRevoked {
  std::string device;
  std::string reason;
};

struct IncidentNoted {
  std::string text;
  std::vector<Seq> entries;  // what it is about
};

// Later entries, and checkpoints of a tree that holds this one, are signed by another key. The entry itself is signed by
// the key before; the new one's own word is in `proof`.
constexpr std::size_t max_ledger_keys = 64;  // with those that were replaced

struct KeyRotated {
  std::string key;               // verifier key text, named by the ledger's origin
  crypto::PublicKey public_key;  // of it
  crypto::Signature proof;       // by the new key, over key_rotation_message
};

// What a new key signs: "suara.key-rotated.v1" LF the key before LF the new key, both as verifier key texts.
std::string key_rotation_message(std::string_view old_key, std::string_view new_key);

using Event =
    std::variant<LedgerOpened, ElectionDrafted, TrusteeKeyPublished, TrusteeCertificatePublished,
                 TrusteeCoefexpsPublished, TrusteeShareConfirmed, KeyCeremonyRestarted, VotersEnrolled, VoterCorrected,
                 VoterRemoved, RollImported, ReserveImported, CredentialsWithdrawn, CredentialReplaced, RollSealed,
                 ElectionSealed, ElectionOpened, VoterVerified, BallotCast, BallotChallenged, LiveTallyPublished,
                 ElectionClosed, TallyComputed, TallyDecrypted, ResultPublished, ResultCertified, OfficialAppointed,
                 OfficialRevoked, StepProposed, ProposalWithdrawn, ElectionCancelled, CorrectionRecorded,
                 VotingExtended, DeviceEnrolled, DeviceRevoked, IncidentNoted, KeyRotated>;

std::string_view type_name(const Event& event);

// An event with what its entry says of it.
struct Recorded {
  Seq seq;
  Timestamp time;
  Actor actor;
  Event event;
};

}  // namespace suara::election
