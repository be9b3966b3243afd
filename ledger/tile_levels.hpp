#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/log/merkle.hpp"
#include "core/log/tiles.hpp"

namespace suara::ledger {

// The right end of a tree as its tiles have it: of every level the hashes since the last full tile that was released.
class TileLevels {
 public:
  // Reads the right ends of a tree of `size`. Errors: the fetcher's (core/log/tiles.hpp).
  static Result<TileLevels> restore(std::uint64_t size, const log::TileFetcher& fetch);

  void append(const Hash& leaf);
  std::uint64_t size() const { return levels_.empty() ? 0 : levels_.front().count(); }

  // The hashes of a tile that was not released. Throws std::out_of_range for any other.
  std::span<const Hash> nodes(const log::HashTile& tile) const;

  // Forgets the hashes of full tiles, once they are written.
  void release();

  // The right edge that the tiles give.
  std::vector<Hash> edge() const;

 private:
  struct Level {
    std::uint64_t base = 0;  // index of the first hash kept, a multiple of the tile's width
    std::vector<Hash> nodes;
    std::uint64_t count() const { return base + nodes.size(); }
  };
  void push(std::size_t level, const Hash& node);

  std::vector<Level> levels_;
};

}  // namespace suara::ledger
