#include "core/election/action.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "core/election/overloaded.hpp"

namespace suara::election {
namespace {

// What is allowed to whom and when. `doing` begins the sentences of refusals.
struct Rule {
  Action action;
  std::string_view name;
  std::string_view doing;
  std::initializer_list<Phase> phases;
  std::initializer_list<Role> roles;
};

constexpr auto in_draft = {Phase::draft};
constexpr auto in_sealed = {Phase::sealed};
constexpr auto in_open = {Phase::open};
constexpr auto in_closed = {Phase::closed};
constexpr auto in_tallied = {Phase::tallied};
constexpr auto sealed_or_open = {Phase::sealed, Phase::open};
constexpr auto up_to_open = {Phase::draft, Phase::sealed, Phase::open};
constexpr auto before_the_end = {Phase::draft, Phase::sealed, Phase::open, Phase::closed, Phase::tallied};
constexpr auto always = {Phase::draft,   Phase::sealed,    Phase::open,     Phase::closed,
                         Phase::tallied, Phase::certified, Phase::cancelled};

constexpr auto runs_it = {Role::administrator, Role::committee};
constexpr auto keeps_roll = {Role::registrar, Role::committee, Role::administrator};
// Whether the service or people hold the keys depends on the tally policy: rules_tally.cpp decides that.
constexpr auto holds_keys = {Role::trustee, Role::committee, Role::service};
constexpr auto makes_key_together = {Role::trustee, Role::committee};
constexpr auto service_only = {Role::service};
// When the service may is rules_schedule.cpp's matter.
constexpr auto runs_it_by_schedule = {Role::administrator, Role::committee, Role::service};
constexpr auto voter_only = {Role::voter};
constexpr auto at_places = {Role::officer, Role::committee};
constexpr auto keeps_devices = {Role::committee, Role::administrator, Role::officer};
constexpr auto sees_incidents = {Role::supervisor, Role::witness, Role::committee, Role::administrator, Role::officer};

constexpr std::array<Rule, 37> table{{
    {Action::open_ledger, "open_ledger", "Drafting an election", in_draft, runs_it},
    {Action::revise_draft, "revise_draft", "Revising the draft", in_draft, runs_it},
    {Action::publish_trustee_key, "publish_trustee_key", "Publishing a trustee's key", in_draft, holds_keys},
    {Action::publish_certificate, "publish_certificate", "Publishing a threshold trustee's certificate", in_draft,
     makes_key_together},
    {Action::publish_coefexps, "publish_coefexps", "Publishing a threshold trustee's coefexps", in_draft,
     makes_key_together},
    {Action::confirm_share, "confirm_share", "Confirming a share of the key", in_draft, makes_key_together},
    {Action::restart_ceremony, "restart_ceremony", "Restarting the key ceremony", in_draft, runs_it},
    {Action::enrol_voters, "enrol_voters", "Enrolling voters", in_draft, keeps_roll},
    {Action::correct_voter, "correct_voter", "Correcting a voter", in_draft, keeps_roll},
    {Action::remove_voter, "remove_voter", "Removing a voter", in_draft, keeps_roll},
    {Action::import_credentials, "import_credentials", "Importing credentials", in_draft, keeps_roll},
    {Action::import_reserve, "import_reserve", "Importing a reserve of credentials", in_draft, keeps_roll},
    {Action::withdraw_credentials, "withdraw_credentials", "Withdrawing the credentials", in_draft, keeps_roll},
    {Action::replace_credential, "replace_credential", "Replacing a credential", sealed_or_open, keeps_roll},
    {Action::seal, "seal", "Sealing the election", in_draft, runs_it},
    {Action::open, "open", "Opening the election", in_sealed, runs_it_by_schedule},
    {Action::verify_voter, "verify_voter", "Signing in to vote", in_open, voter_only},
    {Action::verify_at_place, "verify_at_place", "Marking a voter as present", in_open, at_places},
    {Action::cast, "cast", "Casting a ballot", in_open, voter_only},
    {Action::challenge, "challenge", "Challenging a ballot", in_open, voter_only},
    {Action::publish_live_tally, "publish_live_tally", "Publishing a live tally", in_open, service_only},
    {Action::close, "close", "Closing the election", in_open, runs_it_by_schedule},
    {Action::compute_tally, "compute_tally", "Computing the tally", in_closed, service_only},
    {Action::decrypt, "decrypt", "Decrypting the tally", in_closed, holds_keys},
    {Action::publish_result, "publish_result", "Publishing the result", in_closed, runs_it},
    {Action::certify, "certify", "Certifying the result", in_tallied, runs_it},
    {Action::appoint, "appoint", "Appointing an official", before_the_end, runs_it},
    {Action::revoke, "revoke", "Revoking an appointment", before_the_end, runs_it},
    {Action::propose, "propose", "Proposing a step", always, runs_it},
    {Action::withdraw_proposal, "withdraw_proposal", "Withdrawing a proposal", always, runs_it},
    {Action::cancel, "cancel", "Cancelling the election", before_the_end, runs_it},
    {Action::correct, "correct", "Recording a correction", always, runs_it},
    {Action::extend, "extend", "Extending the voting", sealed_or_open, runs_it},
    {Action::enrol_device, "enrol_device", "Enrolling a device", up_to_open, keeps_devices},
    {Action::revoke_device, "revoke_device", "Revoking a device", up_to_open, keeps_devices},
    {Action::note_incident, "note_incident", "Noting an incident", always, sees_incidents},
    {Action::rotate_key, "rotate_key", "Changing the ledger's key", always, runs_it},
}};

const Rule& rule_of(Action action) { return table[static_cast<std::size_t>(action)]; }

template <class T>
bool among(std::initializer_list<T> list, T value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

constexpr bool in_order() {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(table[i].action) != i) return false;
  }
  return true;
}
static_assert(in_order(), "rule_of() finds a rule by its place");

}  // namespace

Action action_of(const Command& command) {
  return std::visit(overloaded{
                        [](const OpenLedger&) { return Action::open_ledger; },
                        [](const ReviseDraft&) { return Action::revise_draft; },
                        [](const PublishTrusteeKey&) { return Action::publish_trustee_key; },
                        [](const PublishCertificate&) { return Action::publish_certificate; },
                        [](const PublishCoefexps&) { return Action::publish_coefexps; },
                        [](const ConfirmShare&) { return Action::confirm_share; },
                        [](const RestartCeremony&) { return Action::restart_ceremony; },
                        [](const EnrolVoters&) { return Action::enrol_voters; },
                        [](const CorrectVoter&) { return Action::correct_voter; },
                        [](const RemoveVoter&) { return Action::remove_voter; },
                        [](const ImportCredentials&) { return Action::import_credentials; },
                        [](const ImportReserve&) { return Action::import_reserve; },
                        [](const WithdrawCredentials&) { return Action::withdraw_credentials; },
                        [](const ReplaceCredential&) { return Action::replace_credential; },
                        [](const SealElection&) { return Action::seal; },
                        [](const OpenElection&) { return Action::open; },
                        [](const VerifyVoter&) { return Action::verify_voter; },
                        [](const VerifyAtPlace&) { return Action::verify_at_place; },
                        [](const CastBallot&) { return Action::cast; },
                        [](const ChallengeBallot&) { return Action::challenge; },
                        [](const PublishLiveTally&) { return Action::publish_live_tally; },
                        [](const CloseElection&) { return Action::close; },
                        [](const ComputeTally&) { return Action::compute_tally; },
                        [](const SubmitDecryption&) { return Action::decrypt; },
                        [](const PublishResult&) { return Action::publish_result; },
                        [](const CertifyResult&) { return Action::certify; },
                        [](const AppointOfficial&) { return Action::appoint; },
                        [](const RevokeOfficial&) { return Action::revoke; },
                        [](const ProposeStep&) { return Action::propose; },
                        [](const WithdrawProposal&) { return Action::withdraw_proposal; },
                        [](const CancelElection&) { return Action::cancel; },
                        [](const RecordCorrection&) { return Action::correct; },
                        [](const ExtendVoting&) { return Action::extend; },
                        [](const EnrolDevice&) { return Action::enrol_device; },
                        [](const RevokeDevice&) { return Action::revoke_device; },
                        [](const NoteIncident&) { return Action::note_incident; },
                        [](const RotateKey&) { return Action::rotate_key; },
                    },
                    command);
}

Action action_of(const Event& event) {
  return std::visit(overloaded{
                        [](const LedgerOpened&) { return Action::open_ledger; },
                        [](const ElectionDrafted&) { return Action::open_ledger; },
                        [](const TrusteeKeyPublished&) { return Action::publish_trustee_key; },
                        [](const TrusteeCertificatePublished&) { return Action::publish_certificate; },
                        [](const TrusteeCoefexpsPublished&) { return Action::publish_coefexps; },
                        [](const TrusteeShareConfirmed&) { return Action::confirm_share; },
                        [](const KeyCeremonyRestarted&) { return Action::restart_ceremony; },
                        [](const VotersEnrolled&) { return Action::enrol_voters; },
                        [](const VoterCorrected&) { return Action::correct_voter; },
                        [](const VoterRemoved&) { return Action::remove_voter; },
                        [](const RollImported&) { return Action::import_credentials; },
                        [](const ReserveImported&) { return Action::import_reserve; },
                        [](const CredentialsWithdrawn&) { return Action::withdraw_credentials; },
                        [](const CredentialReplaced&) { return Action::replace_credential; },
                        [](const RollSealed&) { return Action::seal; },
                        [](const ElectionSealed&) { return Action::seal; },
                        [](const ElectionOpened&) { return Action::open; },
                        [](const VoterVerified& e) {
                          return e.method == VoterVerified::Method::officer ? Action::verify_at_place
                                                                            : Action::verify_voter;
                        },
                        [](const BallotCast&) { return Action::cast; },
                        [](const BallotChallenged&) { return Action::challenge; },
                        [](const LiveTallyPublished&) { return Action::publish_live_tally; },
                        [](const ElectionClosed&) { return Action::close; },
                        [](const TallyComputed&) { return Action::compute_tally; },
                        [](const TallyDecrypted&) { return Action::decrypt; },
                        [](const ResultPublished&) { return Action::publish_result; },
                        [](const ResultCertified&) { return Action::certify; },
                        [](const OfficialAppointed&) { return Action::appoint; },
                        [](const OfficialRevoked&) { return Action::revoke; },
                        [](const StepProposed&) { return Action::propose; },
                        [](const ProposalWithdrawn&) { return Action::withdraw_proposal; },
                        [](const ElectionCancelled&) { return Action::cancel; },
                        [](const CorrectionRecorded&) { return Action::correct; },
                        [](const VotingExtended&) { return Action::extend; },
                        [](const DeviceEnrolled&) { return Action::enrol_device; },
                        [](const DeviceRevoked&) { return Action::revoke_device; },
                        [](const IncidentNoted&) { return Action::note_incident; },
                        [](const KeyRotated&) { return Action::rotate_key; },
                    },
                    event);
}

Action action_of(Step step) {
  switch (step) {
    case Step::seal:
      return Action::seal;
    case Step::close:
      return Action::close;
    case Step::certify:
      return Action::certify;
    case Step::cancel:
      return Action::cancel;
    case Step::correct:
      return Action::correct;
  }
  return Action::correct;
}

std::optional<Step> step_of(Action action) {
  for (const Step step : {Step::seal, Step::close, Step::certify, Step::cancel, Step::correct}) {
    if (action_of(step) == action) return step;
  }
  return std::nullopt;
}

std::string_view action_name(Action action) { return rule_of(action).name; }

std::span<const Role> roles_of(Action action) {
  const auto& roles = rule_of(action).roles;
  return {roles.begin(), roles.size()};
}

bool may(Role role, Action action) { return among(rule_of(action).roles, role); }

bool permitted(Role role, const Command& command) { return may(role, action_of(command)); }

Result<void> check_actor_may(const Actor& actor, Action action) {
  if (!may(actor.role, action)) {
    const Rule& rule = rule_of(action);
    std::string roles;
    for (const Role role : rule.roles) roles += (roles.empty() ? "" : ", ") + std::string(role_name(role));
    return fail(ErrorCode::not_permitted, std::string(rule.doing) + " is not permitted to the role '" +
                                              std::string(role_name(actor.role)) + "'; it is for: " + roles + ".");
  }
  return check_actor(actor);
}

Result<void> check_phase(const State& state, Action action) {
  const Rule& rule = rule_of(action);
  if (!state.summary.drafted_at) {
    return fail(ErrorCode::wrong_phase,
                std::string(rule.doing) + " is not possible: this ledger holds no election yet.");
  }
  if (among(rule.phases, state.summary.phase)) return {};
  std::string phases;
  for (const Phase phase : rule.phases) {
    const bool last = phase == *(rule.phases.end() - 1);
    phases += (phases.empty() ? "'" : last ? " or '" : ", '") + std::string(phase_name(phase)) + "'";
  }
  return fail(ErrorCode::wrong_phase, std::string(rule.doing) + " is possible only in the phase " + phases +
                                          "; the election is in the phase '" +
                                          std::string(phase_name(state.summary.phase)) + "'.");
}

}  // namespace suara::election
