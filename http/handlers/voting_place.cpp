#include "http/handlers/voting_place.hpp"

namespace suara::http {
namespace {

using election::VerificationPolicy;

std::string name_of(const election::Summary& summary, const PlaceId& id) {
  for (const auto& place : summary.draft.places) {
    if (place.id == id) return place.name;
  }
  return id.value;
}

}  // namespace

const CallingDevice* device_of(const Call& call) {
  return call.device && call.device->election == call.uuid ? &*call.device : nullptr;
}

Result<void> usable_here(const election::State& state, const ballot::Element& credential, const CallingDevice* device) {
  const auto verification = state.summary.draft.policies.verification;
  const auto found = state.credentials.find(credential);
  if (verification == VerificationPolicy::online || found == state.credentials.end()) return {};
  const std::string place = name_of(state.summary, found->second.place);
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
