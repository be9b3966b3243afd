#include "core/election/commands.hpp"
#include "core/election/overloaded.hpp"

namespace suara::election {

using namespace std::string_view_literals;

std::string key_rotation_message(std::string_view old_key, std::string_view new_key) {
  return "suara.key-rotated.v1\n" + std::string(old_key) + "\n" + std::string(new_key);
}

std::string_view type_name(const Event& event) {
  return std::visit(overloaded{
                        [](const LedgerOpened&) { return "LedgerOpened"sv; },
                        [](const ElectionDrafted&) { return "ElectionDrafted"sv; },
                        [](const TrusteeKeyPublished&) { return "TrusteeKeyPublished"sv; },
                        [](const TrusteeCertificatePublished&) { return "TrusteeCertificatePublished"sv; },
                        [](const TrusteeCoefexpsPublished&) { return "TrusteeCoefexpsPublished"sv; },
                        [](const TrusteeShareConfirmed&) { return "TrusteeShareConfirmed"sv; },
                        [](const KeyCeremonyRestarted&) { return "KeyCeremonyRestarted"sv; },
                        [](const VotersEnrolled&) { return "VotersEnrolled"sv; },
                        [](const VoterCorrected&) { return "VoterCorrected"sv; },
                        [](const VoterRemoved&) { return "VoterRemoved"sv; },
                        [](const RollImported&) { return "RollImported"sv; },
                        [](const ReserveImported&) { return "ReserveImported"sv; },
                        [](const CredentialsWithdrawn&) { return "CredentialsWithdrawn"sv; },
                        [](const CredentialReplaced&) { return "CredentialReplaced"sv; },
                        [](const RollSealed&) { return "RollSealed"sv; },
                        [](const ElectionSealed&) { return "ElectionSealed"sv; },
                        [](const ElectionOpened&) { return "ElectionOpened"sv; },
                        [](const VoterVerified&) { return "VoterVerified"sv; },
                        [](const BallotCast&) { return "BallotCast"sv; },
                        [](const BallotChallenged&) { return "BallotChallenged"sv; },
                        [](const LiveTallyPublished&) { return "LiveTallyPublished"sv; },
                        [](const ElectionClosed&) { return "ElectionClosed"sv; },
                        [](const TallyComputed&) { return "TallyComputed"sv; },
                        [](const TallyDecrypted&) { return "TallyDecrypted"sv; },
                        [](const ResultPublished&) { return "ResultPublished"sv; },
                        [](const ResultCertified&) { return "ResultCertified"sv; },
                        [](const OfficialAppointed&) { return "OfficialAppointed"sv; },
                        [](const OfficialRevoked&) { return "OfficialRevoked"sv; },
                        [](const StepProposed&) { return "StepProposed"sv; },
                        [](const ProposalWithdrawn&) { return "ProposalWithdrawn"sv; },
                        [](const ElectionCancelled&) { return "ElectionCancelled"sv; },
                        [](const CorrectionRecorded&) { return "CorrectionRecorded"sv; },
                        [](const VotingExtended&) { return "VotingExtended"sv; },
                        [](const DeviceEnrolled&) { return "DeviceEnrolled"sv; },
                        [](const DeviceRevoked&) { return "DeviceRevoked"sv; },
                        [](const IncidentNoted&) { return "IncidentNoted"sv; },
                        [](const KeyRotated&) { return "KeyRotated"sv; },
                    },
                    event);
}

std::string_view command_name(const Command& command) {
  return std::visit(overloaded{
                        [](const OpenLedger&) { return "OpenLedger"sv; },
                        [](const ReviseDraft&) { return "ReviseDraft"sv; },
                        [](const PublishTrusteeKey&) { return "PublishTrusteeKey"sv; },
                        [](const PublishCertificate&) { return "PublishCertificate"sv; },
                        [](const PublishCoefexps&) { return "PublishCoefexps"sv; },
                        [](const ConfirmShare&) { return "ConfirmShare"sv; },
                        [](const RestartCeremony&) { return "RestartCeremony"sv; },
                        [](const EnrolVoters&) { return "EnrolVoters"sv; },
                        [](const CorrectVoter&) { return "CorrectVoter"sv; },
                        [](const RemoveVoter&) { return "RemoveVoter"sv; },
                        [](const ImportCredentials&) { return "ImportCredentials"sv; },
                        [](const ImportReserve&) { return "ImportReserve"sv; },
                        [](const WithdrawCredentials&) { return "WithdrawCredentials"sv; },
                        [](const ReplaceCredential&) { return "ReplaceCredential"sv; },
                        [](const SealElection&) { return "SealElection"sv; },
                        [](const OpenElection&) { return "OpenElection"sv; },
                        [](const VerifyVoter&) { return "VerifyVoter"sv; },
                        [](const VerifyAtPlace&) { return "VerifyAtPlace"sv; },
                        [](const CastBallot&) { return "CastBallot"sv; },
                        [](const ChallengeBallot&) { return "ChallengeBallot"sv; },
                        [](const PublishLiveTally&) { return "PublishLiveTally"sv; },
                        [](const CloseElection&) { return "CloseElection"sv; },
                        [](const ComputeTally&) { return "ComputeTally"sv; },
                        [](const SubmitDecryption&) { return "SubmitDecryption"sv; },
                        [](const PublishResult&) { return "PublishResult"sv; },
                        [](const CertifyResult&) { return "CertifyResult"sv; },
                        [](const AppointOfficial&) { return "AppointOfficial"sv; },
                        [](const RevokeOfficial&) { return "RevokeOfficial"sv; },
                        [](const ProposeStep&) { return "ProposeStep"sv; },
                        [](const WithdrawProposal&) { return "WithdrawProposal"sv; },
                        [](const CancelElection&) { return "CancelElection"sv; },
                        [](const RecordCorrection&) { return "RecordCorrection"sv; },
                        [](const ExtendVoting&) { return "ExtendVoting"sv; },
                        [](const EnrolDevice&) { return "EnrolDevice"sv; },
                        [](const RevokeDevice&) { return "RevokeDevice"sv; },
                        [](const NoteIncident&) { return "NoteIncident"sv; },
                        [](const RotateKey&) { return "RotateKey"sv; },
                    },
                    command);
}

}  // namespace suara::election
