#pragma once
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace suara {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

inline std::string_view as_text(ByteView bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

// A SHA-256 value: leaf hashes, tree nodes, roots, trackers, file fingerprints.
struct Hash {
  std::array<std::uint8_t, 32> bytes{};

  auto operator<=>(const Hash&) const = default;
  ByteView view() const { return bytes; }
};

}  // namespace suara

// A SHA-256 value is uniform already: its first word serves as the hash of containers.
template <>
struct std::hash<suara::Hash> {
  std::size_t operator()(const suara::Hash& h) const noexcept {
    std::size_t word;
    std::memcpy(&word, h.bytes.data(), sizeof word);
    return word;
  }
};
