#include "core/election/rules.hpp"

namespace suara::election::rules {
namespace {

Result<void> opens_now(const State& state, Role by, Timestamp time) {
  const auto& schedule = state.summary.draft.schedule;
  if (!schedule) {
    if (by != Role::service) return {};
    return fail(ErrorCode::not_permitted, "Without a schedule the committee opens the election, not the service.");
  }
  if (time >= schedule->opens_at) return {};
  return fail(ErrorCode::wrong_phase,
              "By its schedule the election opens at " + format_time(schedule->opens_at) + ", and not before.");
}

Result<void> closes_now(const State& state, Role by, Timestamp time) {
  if (by != Role::service) return {};
  const auto& end = state.summary.closes_at;
  if (!end) {
    return fail(ErrorCode::not_permitted, "Without a schedule the committee closes the election, not the service.");
  }
  if (time >= *end) return {};
  return fail(ErrorCode::wrong_phase,
              "By its schedule the election closes at " + format_time(*end) + ": until then only people close it.");
}

}  // namespace

Result<void> on_schedule(const State& state, Role by, Action action, Timestamp time) {
  if (action == Action::open) return opens_now(state, by, time);
  if (action == Action::close) return closes_now(state, by, time);
  const bool voting = action == Action::cast || action == Action::challenge || action == Action::verify_voter ||
                      action == Action::verify_at_place;
  if (!voting || !state.summary.closes_at || time < *state.summary.closes_at) return {};
  return fail(ErrorCode::wrong_phase, "The time to vote is over: it ended at " + format_time(*state.summary.closes_at) +
                                          " by the election's schedule.");
}

Result<void> extends(const State& state, const VotingExtended& extended, Timestamp time) {
  if (auto ok = reason(extended.reason, "the voting is extended"); !ok) return ok;
  const auto& end = state.summary.closes_at;
  if (!end) {
    return fail(ErrorCode::conflict, "This election has no schedule: it stays open until the committee closes it.");
  }
  if (extended.closes_at <= *end) {
    return fail(ErrorCode::conflict,
                "The voting ends at " + format_time(*end) + ": an extension must end later than that.");
  }
  if (extended.closes_at <= time) {
    return fail(ErrorCode::conflict, "The new end has passed already: choose a later one.");
  }
  if (extended.closes_at.ms - end->ms <= max_extension_ms) return {};
  return fail(ErrorCode::conflict, "One extension is 30 days at most, counted from " + format_time(*end) + ".");
}

}  // namespace suara::election::rules
