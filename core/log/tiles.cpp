#include "core/log/tiles.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <stdexcept>

#include "core/log/text_lines.hpp"

namespace suara::log {
namespace {

constexpr unsigned level_bits = 8;  // tile_width = 2^level_bits
constexpr std::size_t length_size = 2;
constexpr std::size_t hash_size = 32;

std::string number_path(std::uint64_t n) {
  const auto group = [](std::uint64_t value) {
    const std::string digits = std::to_string(value % 1000);
    return std::string(3 - digits.size(), '0') + digits;
  };
  std::string path = group(n);
  while (n >= 1000) {
    n /= 1000;
    path.insert(0, 'x' + group(n) + '/');
  }
  return path;
}

std::string path_of(std::string_view kind, std::uint64_t n, std::uint32_t width) {
  std::string path = "tile/";
  path += kind;
  path += '/' + number_path(n);
  if (width != tile_width) path += ".p/" + std::to_string(width);
  return path;
}

// "x001/x234/067" to 1234067; what is not written as number_path does comes out another number and is caught there.
std::optional<std::uint64_t> parse_number_path(std::string_view path) {
  std::uint64_t n = 0;
  constexpr std::size_t most_groups = 6;  // 18 digits hold every tile of the largest tree
  for (std::size_t groups = 0; groups < most_groups; ++groups) {
    const std::size_t slash = path.find('/');
    std::string_view group = path.substr(0, slash);
    const bool last = slash == path.npos;
    if (!last) {
      if (!group.starts_with('x')) return std::nullopt;
      group.remove_prefix(1);
    }
    if (group.size() != 3 || !std::all_of(group.begin(), group.end(), [](char c) { return c >= '0' && c <= '9'; })) {
      return std::nullopt;
    }
    n = n * 1000 + static_cast<std::uint64_t>((group[0] - '0') * 100 + (group[1] - '0') * 10 + (group[2] - '0'));
    if (last) return n;
    path.remove_prefix(slash + 1);
  }
  return std::nullopt;
}

// Calls `add(n, width)` for the runs of 256 that `count` items fill and `old_count` items did not.
template <class Add>
void each_new_run(std::uint64_t old_count, std::uint64_t count, Add add) {
  if (count <= old_count) return;
  for (std::uint64_t n = old_count / tile_width; n * tile_width < count; ++n) {
    add(n, static_cast<std::uint32_t>(std::min(tile_width, count - n * tile_width)));
  }
}

}  // namespace

std::string tile_path(const HashTile& tile) { return path_of(std::to_string(tile.level), tile.n, tile.width); }

std::string tile_path(const EntryBundle& bundle) { return path_of("entries", bundle.n, bundle.width); }

Result<std::variant<HashTile, EntryBundle>> parse_tile_path(std::string_view path) {
  using Tile = std::variant<HashTile, EntryBundle>;
  const auto parse = [](std::string_view rest) -> std::optional<Tile> {
    if (!rest.starts_with("tile/")) return std::nullopt;
    rest.remove_prefix(5);
    std::uint32_t width = tile_width;
    if (const std::size_t partial = rest.find(".p/"); partial != rest.npos) {
      const auto w = parse_decimal(rest.substr(partial + 3), tile_width - 1);
      if (!w || *w == 0) return std::nullopt;
      width = static_cast<std::uint32_t>(*w);
      rest = rest.substr(0, partial);
    }
    const std::size_t slash = rest.find('/');
    if (slash == rest.npos) return std::nullopt;
    const auto n = parse_number_path(rest.substr(slash + 1));
    if (!n) return std::nullopt;
    if (rest.substr(0, slash) == "entries") return EntryBundle{*n, width};
    const auto level = parse_decimal(rest.substr(0, slash), max_tile_level);
    if (!level) return std::nullopt;
    return HashTile{static_cast<unsigned>(*level), *n, width};
  };
  const auto tile = parse(path);
  // x000/001 is a second path of tile 1: only the one that we write ourselves is taken.
  if (!tile || std::visit([](const auto& t) { return tile_path(t); }, *tile) != path) {
    return fail(ErrorCode::malformed,
                "Not a tile's path; they look like tile/0/x001/234, tile/entries/000 or tile/0/000.p/17.");
  }
  return *tile;
}

std::vector<HashTile> new_tiles(std::uint64_t old_size, std::uint64_t size) {
  std::vector<HashTile> tiles;
  for (unsigned level = 0; level <= max_tile_level; ++level) {
    const unsigned shift = level * level_bits;
    each_new_run(old_size >> shift, size >> shift, [&](std::uint64_t n, std::uint32_t width) {
      tiles.push_back({level, n, width});
    });
  }
  return tiles;
}

std::vector<EntryBundle> new_bundles(std::uint64_t old_size, std::uint64_t size) {
  std::vector<EntryBundle> bundles;
  each_new_run(old_size, size, [&](std::uint64_t n, std::uint32_t width) { bundles.push_back({n, width}); });
  return bundles;
}

std::vector<HashTile> tiles_of(std::uint64_t size) { return new_tiles(0, size); }

std::vector<EntryBundle> bundles_of(std::uint64_t size) { return new_bundles(0, size); }

std::string encode_tile(std::span<const Hash> nodes) {
  std::string out;
  out.reserve(nodes.size() * hash_size);
  for (const Hash& node : nodes) out += as_text(node.view());
  return out;
}

Result<std::vector<Hash>> decode_tile(std::string_view bytes, std::uint32_t width) {
  if (bytes.size() != width * hash_size) {
    return fail(ErrorCode::malformed, "Tile: " + std::to_string(width) + " hashes take " +
                                          std::to_string(width * hash_size) + " bytes, not " +
                                          std::to_string(bytes.size()) + ".");
  }
  std::vector<Hash> nodes(width);
  for (std::size_t i = 0; i < width; ++i) {
    std::copy_n(as_bytes(bytes).begin() + static_cast<std::ptrdiff_t>(i * hash_size), hash_size,
                nodes[i].bytes.begin());
  }
  return nodes;
}

std::string encode_bundle(std::span<const std::string> entries) {
  if (entries.size() > tile_width) throw std::invalid_argument("encode_bundle: more than 256 entries");
  std::string out;
  for (const std::string& entry : entries) {
    if (entry.size() > 0xFFFF) throw std::invalid_argument("encode_bundle: an entry is too long");
    out += static_cast<char>(entry.size() >> 8);
    out += static_cast<char>(entry.size() & 0xFF);
    out += entry;
  }
  return out;
}

Result<std::vector<std::string_view>> decode_bundle(std::string_view bytes, std::uint32_t width) {
  const auto bad = [](const std::string& why) { return fail(ErrorCode::malformed, "Entry bundle: " + why); };
  std::vector<std::string_view> entries;
  entries.reserve(width);
  for (std::uint32_t i = 0; i < width; ++i) {
    const auto prefix = as_bytes(bytes.substr(0, length_size));
    const std::size_t length = prefix.size() < length_size ? bytes.size() : prefix[0] * 256u + prefix[1];
    if (bytes.size() < length_size + length) return bad("it is cut short at its entry " + std::to_string(i) + ".");
    entries.push_back(bytes.substr(length_size, length));
    bytes.remove_prefix(length_size + length);
  }
  if (!bytes.empty()) return bad("bytes follow its last entry.");
  return entries;
}

HashTile tile_for(const Node& node, std::uint64_t size) {
  const unsigned level = node.level / level_bits;
  // A node above a tile's bottom row stands over a whole run of that row, in one tile.
  const std::uint64_t first = node.index << (node.level - level * level_bits);
  const std::uint64_t n = first / tile_width;
  const std::uint64_t count = size >> (level * level_bits);
  return {level, n, static_cast<std::uint32_t>(std::min(tile_width, count - n * tile_width))};
}

Hash node_in_tile(const Node& node, std::span<const Hash> tile) {
  const unsigned height = node.level % level_bits;
  const std::uint64_t first = (node.index << height) % tile_width;
  const std::uint64_t count = std::uint64_t{1} << height;
  if (first + count > tile.size()) throw std::out_of_range("node_in_tile: the node is not in this tile");
  return root_of(tile.subspan(first, count));
}

NodeReader tile_node_reader(std::uint64_t size, TileFetcher fetch) {
  auto seen = std::make_shared<std::map<HashTile, std::vector<Hash>>>();
  return [size, fetch = std::move(fetch), seen](const Node& node) -> Result<Hash> {
    const HashTile tile = tile_for(node, size);
    auto at = seen->find(tile);
    if (at == seen->end()) {
      auto hashes = fetch(tile);
      if (!hashes) return fail(std::move(hashes).error());
      if (hashes->size() != tile.width) {
        return fail(ErrorCode::integrity, tile_path(tile) + " does not have the " + std::to_string(tile.width) +
                                              " hashes that the tree's size asks for.");
      }
      at = seen->emplace(tile, std::move(*hashes)).first;
    }
    return node_in_tile(node, at->second);
  };
}

}  // namespace suara::log
