#include <algorithm>

#include "core/election/rules.hpp"

// Questions that rules of several areas ask.
namespace suara::election::rules {

Result<void> reason(const std::string& reason, std::string_view what) {
  std::size_t characters = 0;
  for (const char c : reason) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      return fail(ErrorCode::malformed, "The reason holds a control character or a line break: remove it.");
    }
    characters += (byte & 0xC0) != 0x80;  // the bytes that begin a character of UTF-8
  }
  if (reason.find_first_not_of(' ') != std::string::npos && characters <= max_reason) return {};
  return fail(ErrorCode::malformed,
              "Say in 1 to " + std::to_string(max_reason) + " characters why " + std::string(what) + ".");
}

bool has_place(const State& state, const PlaceId& place) {
  const auto& places = state.summary.draft.places;
  return std::any_of(places.begin(), places.end(), [&](const Place& each) { return each.id == place; });
}

std::string shown(const PlaceId& id) {
  std::string out = "'";
  for (const char c : id.value.substr(0, 32)) out += c >= 0x20 && c <= 0x7e ? c : '?';
  return out + (id.value.size() > 32 ? "...'" : "'");
}

std::uint64_t count_at(const std::map<PlaceId, std::uint64_t>& counts, const PlaceId& place) {
  const auto found = counts.find(place);
  return found == counts.end() ? 0 : found->second;
}

}  // namespace suara::election::rules
