#pragma once
#include <string>
#include <variant>
#include <vector>

#include "core/ballot/verify.hpp"
#include "core/election/events.hpp"

// What may be asked. Costly checks (a ballot's proofs) are done before a command is made; decide() does the
// rest. Time, randomness and identity arrive in the command or its context.
namespace suara::election {

// First command of every ledger; records LedgerOpened, ElectionDrafted and the appointments, the drafter's first where
// a member of the committee drafts.
struct OpenLedger {
  ElectionUuid uuid;
  std::string key;
  Draft draft;
  std::vector<Appointment> appointments{};
};
struct ReviseDraft {
  Draft draft;
  std::optional<Seq> base{};  // the ElectionDrafted that was revised; refused where it is no longer in force
};
struct PublishTrusteeKey {
  std::string public_key;
  ballot::TrusteePublicKey key;  // its proof is checked by decide
};
// The key ceremony's messages; signatures and proofs are checked by decide. The trustee's number of a certificate is
// given by decide.
struct PublishCertificate {
  std::string certificate;
  Hash coefexps_hash;
  ballot::Certificate parsed;
};
struct PublishCoefexps {
  std::uint32_t trustee = 0;
  std::string coefexps;
  std::vector<Hash> shares;
  ballot::Coefexps parsed;
};
struct ConfirmShare {
  std::uint32_t trustee = 0;
  std::string verification_key;
  ballot::TrusteePublicKey parsed;
};
struct RestartCeremony {
  std::string reason;
};
struct EnrolVoters {  // the whole import; decide cuts it into chunks
  std::vector<VotersEnrolled::Voter> voters;
};
struct ImportCredentials {
  struct PlaceCredentials {
    PlaceId place;
    std::vector<ballot::PublicCredential> credentials;
  };
  std::vector<PlaceCredentials> places;  // decide sorts by text and cuts into chunks
  std::vector<PlaceCredentials> reserve{};
};
struct ImportReserve {  // the spare ones alone, where the others were imported before
  std::vector<ImportCredentials::PlaceCredentials> places;
};
struct CorrectVoter {
  Hash was;
  VotersEnrolled::Voter voter;
  std::string reason;
};
struct RemoveVoter {
  Hash voter;
  std::string reason;
};
struct WithdrawCredentials {
  std::string reason;
};
struct ReplaceCredential {
  ballot::Element lost;
  ballot::Element issued;
  std::string reason;
};
// Records RollSealed and ElectionSealed. The texts are made by codec from the state's draft, trustees and
// credentials (codec::seal_command); decide checks that they say what the state says.
struct SealElection {
  std::string election;
  std::string trustees;
  Hash credentials_hash;
  ballot::Election parsed_election;
  ballot::Trustees parsed_trustees;
};
struct OpenElection {};
struct VerifyVoter {  // the signed challenge was checked
  ballot::Element credential;
};
struct VerifyAtPlace {  // an officer saw the voter
  Hash voter;
  PlaceId place;
};
struct CastBallot {
  std::string ballot;
  ballot::VerifiedBallot verified;
};
struct ChallengeBallot {
  std::string ballot;
  ballot::VerifiedBallot verified;
};
struct PublishLiveTally {
  LiveTallyPublished tally;
};
struct CloseElection {};
struct ComputeTally {
  TallyComputed tally;
};
struct SubmitDecryption {
  DecryptionShare share;  // its proofs are checked by decide
};
// The text is made by codec from the counts that decrypt_counts gives for the state's shares; decide computes the
// counts again and compares.
struct PublishResult {
  std::string result;
  ballot::Counts counts;
};
struct CertifyResult {};
struct AppointOfficial {
  Appointment appointment;
};
struct RevokeOfficial {
  Appointment appointment;
  std::string reason;
};
struct ProposeStep {
  Step step = Step::seal;
  std::string reason;
  std::optional<Seq> entry{};
};
struct WithdrawProposal {
  Step step = Step::seal;
};
// Under the approval policy `two` reason and entry are the proposal's; they may be left out, and may not differ.
struct CancelElection {
  std::string reason;
};
struct RecordCorrection {
  std::optional<Seq> entry;
  std::string reason;
};
struct ExtendVoting {
  Timestamp closes_at;
  std::string reason;
};
struct EnrolDevice {
  std::string device;
  std::string name;
  PlaceId place;
};
struct RevokeDevice {
  std::string device;
  std::string reason;
};
struct NoteIncident {
  std::string text;
  std::vector<Seq> entries;
};
// The new key is in its file, and durable there, before this is given.
struct RotateKey {
  std::string key;
  crypto::PublicKey public_key;
  crypto::Signature proof;
};

using Command =
    std::variant<OpenLedger, ReviseDraft, PublishTrusteeKey, PublishCertificate, PublishCoefexps, ConfirmShare,
                 RestartCeremony, EnrolVoters, CorrectVoter, RemoveVoter, ImportCredentials, ImportReserve,
                 WithdrawCredentials, ReplaceCredential, SealElection, OpenElection, VerifyVoter, VerifyAtPlace,
                 CastBallot, ChallengeBallot, PublishLiveTally, CloseElection, ComputeTally, SubmitDecryption,
                 PublishResult, CertifyResult, AppointOfficial, RevokeOfficial, ProposeStep, WithdrawProposal,
                 CancelElection, RecordCorrection, ExtendVoting, EnrolDevice, RevokeDevice, NoteIncident, RotateKey>;

std::string_view command_name(const Command& command);

}  // namespace suara::election
