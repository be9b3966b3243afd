#include "core/election/rules.hpp"

namespace suara::election::rules {

Result<void> admits(const State& state, const Actor& actor, Action action, const PlaceId* place, Timestamp time,
                    bool completes_sealing) {
  if (auto ok = holds_role(state, actor, place); !ok) return ok;
  if (action != Action::open_ledger) {
    if (auto ok = check_phase(state, action); !ok) return ok;
  }
  if (!completes_sealing) {
    if (auto ok = not_half_sealed(state); !ok) return ok;
  }
  if (auto ok = on_schedule(state, actor.role, action, time); !ok) return ok;
  if (const auto step = step_of(action)) return approved(state, actor, *step);
  return {};
}

}  // namespace suara::election::rules
