#include "core/election/state.hpp"

#include <algorithm>

#include "core/crypto/hash.hpp"

namespace suara::election {

Hash ciphertext_id(const ballot::Ciphertext& choice) {
  return crypto::sha256({ByteView(choice.alpha.bytes), ByteView(choice.beta.bytes)});
}

// A text is the reversed bytes in hexadecimal, so texts compare as the bytes do from the last to the first.
bool text_less(const ballot::Element& a, const ballot::Element& b) {
  return std::lexicographical_compare(a.bytes.rbegin(), a.bytes.rend(), b.bytes.rbegin(), b.bytes.rend());
}

const Hash* attendance_at(const State& state, Seq entry) {
  const auto found = std::lower_bound(state.attendances.begin(), state.attendances.end(), entry,
                                      [](const auto& each, Seq wanted) { return each.first < wanted; });
  return found != state.attendances.end() && found->first == entry ? &found->second : nullptr;
}

const Device* find_device(const Summary& summary, std::string_view id) {
  const auto found = std::find_if(summary.devices.begin(), summary.devices.end(),
                                  [&](const Device& device) { return device.id == id; });
  return found == summary.devices.end() ? nullptr : &*found;
}

bool holds_role(const Summary& summary, std::string_view login, Role role, const PlaceId* place) {
  return std::any_of(summary.officials.begin(), summary.officials.end(), [&](const Appointment& held) {
    return held.login == login && held.role == role && (!place || !held.place || *held.place == *place);
  });
}

Hash credentials_hash(const State& state) {
  std::vector<ballot::PublicCredential> sorted;
  sorted.reserve(state.credentials.size());
  for (const auto& [key, credential] : state.credentials) sorted.push_back({key, credential.weight});
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return text_less(a.key, b.key); });
  const bool weighted = std::any_of(sorted.begin(), sorted.end(), [](const auto& each) { return each.weight != 1; });
  const std::size_t written = 64 + 3 + (weighted ? 8 : 0);  // a text with its quotes and comma
  std::string json;
  json.reserve(sorted.size() * written + 2);
  json += '[';
  for (const auto& credential : sorted) {
    if (json.size() > 1) json += ',';
    json += '"' + credential.key.to_text();
    if (weighted) json += ',' + std::to_string(credential.weight);
    json += '"';
  }
  json += ']';
  return crypto::sha256(json);
}

}  // namespace suara::election
