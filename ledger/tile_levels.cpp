#include "ledger/tile_levels.hpp"

#include <bit>
#include <stdexcept>

namespace suara::ledger {

using log::tile_width;

Result<TileLevels> TileLevels::restore(std::uint64_t size, const log::TileFetcher& fetch) {
  TileLevels out;
  unsigned level = 0;
  for (std::uint64_t count = size; count > 0; count /= tile_width, ++level) {
    Level right;
    right.base = count - count % tile_width;
    if (right.base != count) {
      const auto width = static_cast<std::uint32_t>(count - right.base);
      auto nodes = fetch({level, right.base / tile_width, width});
      if (!nodes) return fail(nodes.error());
      if (nodes->size() != width) return fail(ErrorCode::integrity, "A tile has another width than its name says.");
      right.nodes = std::move(*nodes);
    }
    out.levels_.push_back(std::move(right));
  }
  return out;
}

void TileLevels::append(const Hash& leaf) { push(0, leaf); }

void TileLevels::push(std::size_t level, const Hash& node) {
  if (levels_.size() == level) levels_.emplace_back();
  auto& nodes = levels_[level].nodes;
  nodes.push_back(node);
  if (nodes.size() % tile_width != 0) return;
  push(level + 1, log::root_of(std::span(nodes).last(tile_width)));
}

std::span<const Hash> TileLevels::nodes(const log::HashTile& tile) const {
  if (tile.level < levels_.size()) {
    const Level& level = levels_[tile.level];
    const std::uint64_t first = tile.n * tile_width;
    if (first >= level.base && first + tile.width <= level.count())
      return std::span(level.nodes).subspan(first - level.base, tile.width);
  }
  throw std::out_of_range("a tile was asked for that is not at the tree's right end");
}

void TileLevels::release() {
  for (Level& level : levels_) {
    const std::uint64_t full = level.nodes.size() - level.nodes.size() % tile_width;
    level.nodes.erase(level.nodes.begin(), level.nodes.begin() + static_cast<std::ptrdiff_t>(full));
    level.base += full;
  }
}

std::vector<Hash> TileLevels::edge() const {
  std::vector<Hash> out;
  for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
    std::span<const Hash> rest = std::span(level->nodes).last(level->nodes.size() % tile_width);
    while (!rest.empty()) {
      const std::size_t width = std::bit_floor(rest.size());
      out.push_back(log::root_of(rest.first(width)));
      rest = rest.subspan(width);
    }
  }
  return out;
}

}  // namespace suara::ledger
