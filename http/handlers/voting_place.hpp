#pragma once
#include "core/election/state.hpp"
#include "http/handler.hpp"

namespace suara::http {

// The election's own device that sends the request; null where there is none.
const CallingDevice* device_of(const Call& call);

// May this code be used where the request comes from? On a device, only at the code's polling place; without one, not
// where voting is at the polling place alone. Of a code that is not the election's nothing is said here.
// Error: not_permitted, with where to go.
Result<void> usable_here(const election::State& state, const ballot::Element& credential, const CallingDevice* device);

}  // namespace suara::http
