#pragma once
#include <variant>
#include <vector>

#include "core/election/commands.hpp"
#include "core/election/state.hpp"

namespace suara::election {

// Who asks and when. `now` is the service's clock, already not earlier than the last entry's time.
struct Context {
  Actor actor;
  Timestamp now;
};

// The events to append, in order. Empty `events` with `repeats` set: the command was carried out before, by that
// entry, and is answered the same again (a retried ballot, a second sign-in).
struct Decision {
  std::vector<Event> events;
  std::optional<Seq> repeats;
};

// Pure. Errors: not_permitted, wrong_phase, and per command those its rules name.
Result<Decision> decide(const State& state, const Command& command, const Context& context);

// May this role give this command at all? decide() asks first; http uses it to answer before parsing bodies.
bool permitted(Role role, const Command& command);

}  // namespace suara::election
