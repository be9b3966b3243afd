#include "http/handlers/voting_place.hpp"

#include "http/handlers/lookup.hpp"

namespace suara::http {

using election::VerificationPolicy;

const CallingDevice* device_of(const Call& call) {
  return call.device && call.device->election == call.uuid ? &*call.device : nullptr;
}

Result<void> usable_here(const election::State& state, const ballot::Element& credential, const CallingDevice* device) {
  const auto verification = state.summary.draft.policies.verification;
  const auto found = state.credentials.find(credential);
  if (verification == VerificationPolicy::online || found == state.credentials.end()) return {};
  const std::string place = place_of(state.summary.draft, found->second.place).name;
  if (device == nullptr) {
    if (verification == VerificationPolicy::both) return {};
    return fail(ErrorCode::not_permitted,
                "Voting is done at the polling place. This code belongs to " + place + ": go there with it.");
  }
  if (device->place == found->second.place) return {};
  return fail(ErrorCode::not_permitted,
              "This code belongs to " + place + ": go there with it" +
                  (verification == VerificationPolicy::both ? ", or vote on a device of your own." : "."));
}

}  // namespace suara::http
