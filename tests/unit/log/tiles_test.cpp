#include "core/log/tiles.hpp"

#include <catch2/catch.hpp>
#include <map>

using namespace suara;
using log::EntryBundle;
using log::HashTile;

TEST_CASE("tile paths are written in groups of three digits") {
  CHECK(log::tile_path(HashTile{0, 0}) == "tile/0/000");
  CHECK(log::tile_path(HashTile{1, 999}) == "tile/1/999");
  CHECK(log::tile_path(HashTile{0, 1000}) == "tile/0/x001/000");
  CHECK(log::tile_path(HashTile{5, 1234067}) == "tile/5/x001/x234/067");
  CHECK(log::tile_path(HashTile{0, 7, 1}) == "tile/0/007.p/1");
  CHECK(log::tile_path(EntryBundle{1234067, 255}) == "tile/entries/x001/x234/067.p/255");
  CHECK(log::tile_path(EntryBundle{1000000}) == "tile/entries/x001/x000/000");
}

TEST_CASE("a tile path reads back as the tile it names") {
  for (const std::uint64_t n :
       {0ull, 1ull, 255ull, 999ull, 1000ull, 1001ull, 999999ull, 1000000ull, 1099511627775ull}) {
    for (const std::uint32_t width : {1u, 17u, 255u, 256u}) {
      CHECK(std::get<HashTile>(log::parse_tile_path(log::tile_path(HashTile{2, n, width})).value()) ==
            HashTile{2, n, width});
      CHECK(std::get<EntryBundle>(log::parse_tile_path(log::tile_path(EntryBundle{n, width})).value()) ==
            EntryBundle{n, width});
    }
  }
}

TEST_CASE("a path that is not exactly a tile's is refused") {
  for (const char* path : {"",
                           "tile",
                           "tile/",
                           "tile/0",
                           "tile/0/",
                           "tile/0/0",
                           "tile/0/00",
                           "tile/0/0000",
                           "tile/0/x000/001",
                           "tile/0/001/002",
                           "tile/0/x001",
                           "tile/0/x01/002",
                           "tile/6/000",
                           "tile/00/000",
                           "tile/-1/000",
                           "tile/a/000",
                           "tile/entry/000",
                           "tile/0/000.p/0",
                           "tile/0/000.p/256",
                           "tile/0/000.p/01",
                           "tile/0/000.p/",
                           "tile/0/000.p",
                           "tile/0/000/",
                           "/tile/0/000",
                           "tile/0/../000",
                           "tile/0/000.p/1.p/1",
                           "tile/0/+01",
                           "tile/0/0 1",
                           "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
                           "tile/x000/000",
                           "tile/entries/00x"}) {
    INFO(path);
    CHECK(log::parse_tile_path(path).error().code == ErrorCode::malformed);
  }
}

TEST_CASE("a tree's tiles are those its size fills") {
  CHECK(log::tiles_of(0).empty());
  CHECK(log::bundles_of(0).empty());
  CHECK(log::tiles_of(1) == std::vector<HashTile>{{0, 0, 1}});
  CHECK(log::tiles_of(256) == std::vector<HashTile>{{0, 0, 256}, {1, 0, 1}});
  CHECK(log::tiles_of(70000).back() == HashTile{2, 0, 1});
  CHECK(log::tiles_of(70000).size() == 274 + 2 + 1);
  CHECK(log::bundles_of(513) == std::vector<EntryBundle>{{0}, {1}, {2, 1}});
}

TEST_CASE("growing writes the tiles that are new or wider, and no full one again") {
  CHECK(log::new_tiles(5, 5).empty());
  CHECK(log::new_tiles(255, 256) == std::vector<HashTile>{{0, 0, 256}, {1, 0, 1}});
  CHECK(log::new_tiles(256, 257) == std::vector<HashTile>{{0, 1, 1}});
  CHECK(log::new_bundles(256, 257) == std::vector<EntryBundle>{{1, 1}});
  CHECK(log::new_bundles(300, 600) == std::vector<EntryBundle>{{1}, {2, 88}});
  // Step by step or at once, a tree ends with the same full tiles and the same last partial ones.
  std::map<std::pair<unsigned, std::uint64_t>, std::uint32_t> stepwise, at_once;
  for (std::uint64_t size = 0; size < 1500; size += 7) {
    for (const auto& tile : log::new_tiles(size, size + 7)) stepwise[{tile.level, tile.n}] = tile.width;
  }
  for (const auto& tile : log::tiles_of(1505)) at_once[{tile.level, tile.n}] = tile.width;
  CHECK(stepwise == at_once);
}

TEST_CASE("entry bundles carry any entry and refuse what is cut or left over") {
  const std::vector<std::string> entries{"one", "", std::string(65535, 'z'), std::string("a\0b\n", 4)};
  const std::string bytes = log::encode_bundle(entries);
  CHECK(bytes.substr(0, 5) == std::string("\0\3one", 5));
  const auto read = log::decode_bundle(bytes, 4);
  REQUIRE(read);
  CHECK(std::vector<std::string>(read->begin(), read->end()) == entries);

  CHECK(log::decode_bundle(bytes, 3).error().code == ErrorCode::malformed);
  CHECK(log::decode_bundle(bytes, 5).error().code == ErrorCode::malformed);
  for (const std::size_t cut : {std::size_t{0}, std::size_t{1}, std::size_t{4}, bytes.size() - 1}) {
    CHECK(log::decode_bundle(std::string_view(bytes).substr(0, cut), 4).error().code == ErrorCode::malformed);
  }
  CHECK_THROWS_AS(log::encode_bundle(std::vector<std::string>(257)), std::invalid_argument);
  CHECK_THROWS_AS(log::encode_bundle(std::vector<std::string>{std::string(65536, 'x')}), std::invalid_argument);
}

TEST_CASE("a tile of the wrong length is refused") {
  const std::vector<Hash> nodes(3, log::empty_root());
  const std::string bytes = log::encode_tile(nodes);
  CHECK(log::decode_tile(bytes, 3).value() == nodes);
  CHECK(log::decode_tile(bytes, 2).error().code == ErrorCode::malformed);
  CHECK(log::decode_tile(bytes.substr(1), 3).error().code == ErrorCode::malformed);
}

TEST_CASE("a fetched tile of another width than the tree's size asks for is refused") {
  const auto read =
      log::tile_node_reader(5, [](const log::HashTile&) -> Result<std::vector<Hash>> { return std::vector<Hash>(4); });
  CHECK(log::read_root(5, read).error().code == ErrorCode::integrity);
}
