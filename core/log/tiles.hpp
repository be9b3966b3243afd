#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/log/merkle.hpp"

// The tree cut into files, as C2SP tlog-tiles:
//   hash tile    tile/<L>/<N>           256 hashes of 32 bytes: the nodes of level 8L, indices 256N..256N+255
//   entry bundle tile/entries/<N>       256 entries, each preceded by its length as big-endian uint16
//   partial      the same + ".p/<W>"    only the first W (1 to 255)
//   N in groups of three digits, all but the last prefixed with x: 1234067 = x001/x234/067
namespace suara::log {

constexpr std::uint64_t tile_width = 256;
constexpr unsigned max_tile_level = 5;  // the format's bound; max_tree_size keeps within it
constexpr std::size_t max_bundle_size = tile_width * (2 + 65535);

struct HashTile {
  unsigned level = 0;
  std::uint64_t n = 0;
  std::uint32_t width = tile_width;
  auto operator<=>(const HashTile&) const = default;
};

struct EntryBundle {
  std::uint64_t n = 0;
  std::uint32_t width = tile_width;
  auto operator<=>(const EntryBundle&) const = default;
};

std::string tile_path(const HashTile& tile);
std::string tile_path(const EntryBundle& bundle);
// Exactly the paths that tile_path gives. Error: malformed.
Result<std::variant<HashTile, EntryBundle>> parse_tile_path(std::string_view path);

// Every tile and bundle of a tree of `size`, with the widths they have then; by level, then number.
std::vector<HashTile> tiles_of(std::uint64_t size);
std::vector<EntryBundle> bundles_of(std::uint64_t size);
// Only those that a tree of `old_size` did not have in that width: what is to be written when it has grown.
std::vector<HashTile> new_tiles(std::uint64_t old_size, std::uint64_t size);
std::vector<EntryBundle> new_bundles(std::uint64_t old_size, std::uint64_t size);

// Nodes of a tile: width hashes. Their bytes end to end are the file.
std::string encode_tile(std::span<const Hash> nodes);
Result<std::vector<Hash>> decode_tile(std::string_view bytes, std::uint32_t width);  // malformed

// Throws std::invalid_argument for more than 256 entries or one beyond 65,535 bytes.
std::string encode_bundle(std::span<const std::string> entries);
// Views into `bytes`. Error: malformed (cut short, bytes left over, not `width` entries).
Result<std::vector<std::string_view>> decode_bundle(std::string_view bytes, std::uint32_t width);

// The tile, in a tree of `size`, that holds what a node is computed from, and the node from that tile's hashes.
HashTile tile_for(const Node& node, std::uint64_t size);
Hash node_in_tile(const Node& node, std::span<const Hash> tile);

// Reads nodes of a tree of `size` through its tiles, keeping those it has read (so use it for one request, on one
// thread). Errors: the fetcher's; integrity (a tile of another width).
using TileFetcher = std::function<Result<std::vector<Hash>>(const HashTile&)>;
NodeReader tile_node_reader(std::uint64_t size, TileFetcher fetch);

}  // namespace suara::log
