#include "ledger/tile_levels.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "core/crypto/hash.hpp"

using namespace suara;
using ledger::TileLevels;

namespace {

Hash leaf(std::uint64_t number) { return crypto::sha256("leaf " + std::to_string(number)); }

// Grows a tree in steps, keeping the tiles as a folder would.
struct Grown {
  TileLevels levels;
  log::RightEdge edge;
  std::map<log::HashTile, std::vector<Hash>> tiles;

  void to(std::uint64_t size) {
    const std::uint64_t before = edge.size();
    while (edge.size() < size) {
      edge.append(leaf(edge.size()));
      levels.append(leaf(levels.size()));
    }
    for (const auto& tile : log::new_tiles(before, size)) {
      const auto nodes = levels.nodes(tile);
      tiles[tile].assign(nodes.begin(), nodes.end());
    }
    levels.release();
  }

  log::TileFetcher fetcher() const {
    return [this](const log::HashTile& tile) -> Result<std::vector<Hash>> {
      const auto found = tiles.find(tile);
      if (found == tiles.end()) return fail(ErrorCode::not_found, "no such tile");
      return found->second;
    };
  }
};

}  // namespace

TEST_CASE("tiles give the tree's edge and root at every size") {
  Grown grown;
  for (const std::uint64_t size : {0, 1, 2, 255, 256, 257, 511, 512, 1000, 65535, 65536, 65537, 66049}) {
    grown.to(size);
    CAPTURE(size);
    CHECK(grown.levels.size() == size);
    CHECK(grown.levels.edge() == grown.edge.edge());
    if (size == 0) continue;
    const auto root = log::read_root(size, log::tile_node_reader(size, grown.fetcher()));
    REQUIRE(root);
    CHECK(*root == grown.edge.root());
  }
}

TEST_CASE("a tree restored from its tiles goes on as the one that was never left") {
  for (const std::uint64_t size : {1, 200, 256, 300, 512, 65536, 65600, 65536 + 512 + 3}) {
    CAPTURE(size);
    Grown first;
    first.to(size);
    auto restored = TileLevels::restore(size, first.fetcher());
    REQUIRE(restored);
    CHECK(restored->size() == size);
    CHECK(restored->edge() == first.edge.edge());

    Grown second{std::move(*restored), first.edge, first.tiles};
    first.to(size + 700);
    second.to(size + 700);
    CHECK(second.levels.edge() == first.edge.edge());
    CHECK(second.tiles == first.tiles);
  }
}

TEST_CASE("a missing or short tile is told, not guessed") {
  Grown grown;
  grown.to(300);
  auto without = grown;
  without.tiles.erase(log::HashTile{1, 0, 1});
  CHECK(TileLevels::restore(300, without.fetcher()).error().code == ErrorCode::not_found);
  auto cut = grown;
  cut.tiles[log::HashTile{0, 1, 44}].pop_back();
  CHECK(TileLevels::restore(300, cut.fetcher()).error().code == ErrorCode::integrity);
}

TEST_CASE("only tiles at the right end can be asked for") {
  Grown grown;
  grown.to(600);
  CHECK_THROWS_AS(grown.levels.nodes({0, 0, 256}), std::out_of_range);
  CHECK_THROWS_AS(grown.levels.nodes({0, 2, 89}), std::out_of_range);
  CHECK_THROWS_AS(grown.levels.nodes({3, 0, 1}), std::out_of_range);
  CHECK(grown.levels.nodes({0, 2, 88}).size() == 88);
}
