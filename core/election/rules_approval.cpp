#include "core/election/rules.hpp"

namespace suara::election::rules {
namespace {

// "to close the election"
std::string_view doing(Step step) {
  switch (step) {
    case Step::seal:
      return "seal the election";
    case Step::close:
      return "close the election";
    case Step::certify:
      return "certify the result";
    case Step::cancel:
      return "cancel the election";
    case Step::correct:
      return "record a correction";
  }
  return "";
}

bool needs_two(const State& state) { return state.summary.draft.policies.approval == ApprovalPolicy::two; }

const Proposal* open_proposal(const State& state, Step step) {
  const auto found = state.summary.proposals.find(step);
  return found == state.summary.proposals.end() ? nullptr : &found->second;
}

Result<void> existing(const State& state, Seq entry) {
  if (entry.value < state.size) return {};
  return fail(ErrorCode::not_found, "There is no entry " + std::to_string(entry.value) +
                                        " in this ledger: its last one is " + std::to_string(state.size - 1) + ".");
}

Result<void> correctable(const State& state, Seq entry) {
  if (auto ok = existing(state, entry); !ok) return ok;
  if (!state.corrected.contains(entry.value)) return {};
  return fail(ErrorCode::conflict,
              "The attendance in entry " + std::to_string(entry.value) + " was corrected already.");
}

Result<void> same_as_proposed(const State& state, Step step, std::optional<Seq> entry, const std::string& reason) {
  if (!needs_two(state)) return {};
  const Proposal* proposal = open_proposal(state, step);
  if (proposal && proposal->entry == entry && proposal->reason == reason) return {};
  return fail(ErrorCode::conflict, "This is not what was proposed: approve it as it is, or withdraw the proposal.");
}

}  // namespace

Result<void> proposes(const State& state, const StepProposed& proposed) {
  const Step step = proposed.step;
  if (!needs_two(state)) {
    return fail(ErrorCode::conflict,
                "Under the approval policy 'single' nothing is proposed: a member of the committee acts alone.");
  }
  if (auto ok = check_phase(state, action_of(step)); !ok) return ok;
  const bool must_say_why = step == Step::cancel || step == Step::correct;
  if (must_say_why || !proposed.reason.empty()) {
    if (auto ok = reason(proposed.reason, "you propose to " + std::string(doing(step))); !ok) return ok;
  }
  if ((step == Step::correct) != proposed.entry.has_value()) {
    return fail(ErrorCode::malformed, proposed.entry ? "Only a correction names an entry."
                                                     : "A correction names the entry that it corrects.");
  }
  if (proposed.entry) {
    if (auto ok = correctable(state, *proposed.entry); !ok) return ok;
  }
  const Proposal* earlier = open_proposal(state, step);
  if (!earlier) return {};
  return fail(ErrorCode::conflict, "To " + std::string(doing(step)) + " is proposed already, in entry " +
                                       std::to_string(earlier->seq.value) + " by " + earlier->by.text() +
                                       ": approve it, or withdraw it first.");
}

Result<void> withdraws_proposal(const State& state, Step step) {
  if (open_proposal(state, step)) return {};
  return fail(ErrorCode::conflict, "There is no open proposal to " + std::string(doing(step)) + ".");
}

Result<void> approved(const State& state, const Actor& actor, Step step) {
  if (!needs_two(state) || actor.role == Role::service) return {};
  const std::string what = "To " + std::string(doing(step)) + " needs two members of the committee: ";
  const Proposal* proposal = open_proposal(state, step);
  if (!proposal) {
    return fail(ErrorCode::approval_needed, what +
                                                "one proposes it, then another one does it. Nobody has proposed "
                                                "it yet.");
  }
  if (proposal->by.id == actor.id) {
    return fail(ErrorCode::approval_needed, what + "'" + actor.id + "' has proposed it, so another one must do it.");
  }
  if (actor.role == Role::committee) return {};
  return fail(ErrorCode::approval_needed,
              what + "a member of the committee must do what " + proposal->by.text() + " has proposed.");
}

Result<void> cancels(const State& state, const ElectionCancelled& cancelled) {
  if (auto ok = reason(cancelled.reason, "the election is cancelled"); !ok) return ok;
  return same_as_proposed(state, Step::cancel, std::nullopt, cancelled.reason);
}

Result<void> corrects(const State& state, const CorrectionRecorded& correction) {
  if (auto ok = reason(correction.reason, "the entry is corrected"); !ok) return ok;
  if (auto ok = same_as_proposed(state, Step::correct, correction.entry, correction.reason); !ok) return ok;
  return correctable(state, correction.entry);
}

}  // namespace suara::election::rules
