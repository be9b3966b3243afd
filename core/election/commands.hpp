#pragma once
#include <string>
#include <variant>
#include <vector>

#include "core/ballot/verify.hpp"
#include "core/election/events.hpp"

// What may be asked. Costly checks (a ballot's proofs) are done before a command is made; decide() does the
// rest. Time, randomness and identity arrive in the command or its context.
namespace suara::election {

struct OpenLedger {  // first command of every ledger; records LedgerOpened and ElectionDrafted
  ElectionUuid uuid;
  std::string key;
  Draft draft;
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

using Command =
    std::variant<OpenLedger, PublishTrusteeKey, PublishCertificate, PublishCoefexps, ConfirmShare, RestartCeremony,
                 EnrolVoters, ImportCredentials, SealElection, OpenElection, VerifyVoter, CastBallot, ChallengeBallot,
                 PublishLiveTally, CloseElection, ComputeTally, SubmitDecryption, PublishResult, CertifyResult>;

std::string_view command_name(const Command& command);

}  // namespace suara::election
