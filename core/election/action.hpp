#pragma once
#include <span>

#include "core/election/decide.hpp"

// The one table of who may do what in which phase. Commands and events are both judged by it.
namespace suara::election {

enum class Action {
  open_ledger,
  revise_draft,
  publish_trustee_key,
  publish_certificate,
  publish_coefexps,
  confirm_share,
  restart_ceremony,
  enrol_voters,
  correct_voter,
  remove_voter,
  import_credentials,
  import_reserve,
  withdraw_credentials,
  replace_credential,
  seal,
  open,
  verify_voter,
  verify_at_place,
  cast,
  challenge,
  publish_live_tally,
  close,
  compute_tally,
  decrypt,
  publish_result,
  certify,
  appoint,
  revoke,
  propose,
  withdraw_proposal,
  cancel,
  correct,
  extend,
  enrol_device,
  revoke_device,
  note_incident,
  rotate_key,
};

Action action_of(const Command& command);
Action action_of(const Event& event);
Action action_of(Step step);
// The step that the action takes, where it is one that a second member of the committee must approve.
std::optional<Step> step_of(Action action);
// As in the API: "seal", "import_credentials".
std::string_view action_name(Action action);

// Every role that the table allows the action, the service and voters too.
std::span<const Role> roles_of(Action action);
bool may(Role role, Action action);

// Role and form of the actor. Errors: not_permitted, malformed.
Result<void> check_actor_may(const Actor& actor, Action action);

// Is it the phase for it? Error: wrong_phase, also where there is no election yet.
Result<void> check_phase(const State& state, Action action);

}  // namespace suara::election
