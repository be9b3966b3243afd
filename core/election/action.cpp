#include "core/election/action.hpp"

#include <array>
#include <initializer_list>

#include "core/election/overloaded.hpp"

namespace suara::election {
namespace {

// What is allowed to whom and when. `doing` begins the sentences of refusals.
struct Rule {
  Action action;
  std::string_view doing;
  Phase phase;
  std::initializer_list<Role> roles;
};

constexpr auto runs_it = {Role::administrator, Role::committee};
constexpr auto keeps_roll = {Role::registrar, Role::committee, Role::administrator};
// Whether the service or people hold the keys depends on the tally policy: rules_tally.cpp decides that.
constexpr auto holds_keys = {Role::trustee, Role::committee, Role::service};
constexpr auto makes_key_together = {Role::trustee, Role::committee};
constexpr auto service_only = {Role::service};
constexpr auto voter_only = {Role::voter};

constexpr std::array<Rule, 19> table{{
    {Action::open_ledger, "Drafting an election", Phase::draft, runs_it},
    {Action::publish_trustee_key, "Publishing a trustee's key", Phase::draft, holds_keys},
    {Action::publish_certificate, "Publishing a threshold trustee's certificate", Phase::draft, makes_key_together},
    {Action::publish_coefexps, "Publishing a threshold trustee's coefexps", Phase::draft, makes_key_together},
    {Action::confirm_share, "Confirming a share of the key", Phase::draft, makes_key_together},
    {Action::restart_ceremony, "Restarting the key ceremony", Phase::draft, runs_it},
    {Action::enrol_voters, "Enrolling voters", Phase::draft, keeps_roll},
    {Action::import_credentials, "Importing credentials", Phase::draft, keeps_roll},
    {Action::seal, "Sealing the election", Phase::draft, runs_it},
    {Action::open, "Opening the election", Phase::sealed, runs_it},
    {Action::verify_voter, "Signing in to vote", Phase::open, voter_only},
    {Action::cast, "Casting a ballot", Phase::open, voter_only},
    {Action::challenge, "Challenging a ballot", Phase::open, voter_only},
    {Action::publish_live_tally, "Publishing a live tally", Phase::open, service_only},
    {Action::close, "Closing the election", Phase::open, runs_it},
    {Action::compute_tally, "Computing the tally", Phase::closed, service_only},
    {Action::decrypt, "Decrypting the tally", Phase::closed, holds_keys},
    {Action::publish_result, "Publishing the result", Phase::closed, runs_it},
    {Action::certify, "Certifying the result", Phase::tallied, runs_it},
}};

const Rule& rule_of(Action action) { return table[static_cast<std::size_t>(action)]; }

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
                        [](const PublishTrusteeKey&) { return Action::publish_trustee_key; },
                        [](const PublishCertificate&) { return Action::publish_certificate; },
                        [](const PublishCoefexps&) { return Action::publish_coefexps; },
                        [](const ConfirmShare&) { return Action::confirm_share; },
                        [](const RestartCeremony&) { return Action::restart_ceremony; },
                        [](const EnrolVoters&) { return Action::enrol_voters; },
                        [](const ImportCredentials&) { return Action::import_credentials; },
                        [](const SealElection&) { return Action::seal; },
                        [](const OpenElection&) { return Action::open; },
                        [](const VerifyVoter&) { return Action::verify_voter; },
                        [](const CastBallot&) { return Action::cast; },
                        [](const ChallengeBallot&) { return Action::challenge; },
                        [](const PublishLiveTally&) { return Action::publish_live_tally; },
                        [](const CloseElection&) { return Action::close; },
                        [](const ComputeTally&) { return Action::compute_tally; },
                        [](const SubmitDecryption&) { return Action::decrypt; },
                        [](const PublishResult&) { return Action::publish_result; },
                        [](const CertifyResult&) { return Action::certify; },
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
                        [](const RollImported&) { return Action::import_credentials; },
                        [](const RollSealed&) { return Action::seal; },
                        [](const ElectionSealed&) { return Action::seal; },
                        [](const ElectionOpened&) { return Action::open; },
                        [](const VoterVerified&) { return Action::verify_voter; },
                        [](const BallotCast&) { return Action::cast; },
                        [](const BallotChallenged&) { return Action::challenge; },
                        [](const LiveTallyPublished&) { return Action::publish_live_tally; },
                        [](const ElectionClosed&) { return Action::close; },
                        [](const TallyComputed&) { return Action::compute_tally; },
                        [](const TallyDecrypted&) { return Action::decrypt; },
                        [](const ResultPublished&) { return Action::publish_result; },
                        [](const ResultCertified&) { return Action::certify; },
                    },
                    event);
}

bool may(Role role, Action action) {
  for (const Role allowed : rule_of(action).roles) {
    if (allowed == role) return true;
  }
  return false;
}

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
  if (state.summary.phase == rule.phase) return {};
  return fail(ErrorCode::wrong_phase, std::string(rule.doing) + " is possible only in the phase '" +
                                          std::string(phase_name(rule.phase)) + "'; the election is in the phase '" +
                                          std::string(phase_name(state.summary.phase)) + "'.");
}

}  // namespace suara::election
