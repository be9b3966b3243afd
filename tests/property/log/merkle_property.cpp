#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include "core/log/merkle.hpp"
#include "core/log/tiles.hpp"

using namespace suara;

namespace {

std::vector<Hash> make_leaves(std::size_t count) {
  std::vector<Hash> leaves;
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(log::hash_leaf(as_bytes("leaf " + std::to_string(i))));
  return leaves;
}

// RFC 6962's own definition, word for word, against which everything else is held.
Hash defined_root(std::span<const Hash> leaves) {
  if (leaves.empty()) return log::empty_root();
  if (leaves.size() == 1) return leaves[0];
  std::size_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  return log::hash_children(defined_root(leaves.first(k)), defined_root(leaves.subspan(k)));
}

log::NodeReader reader_of(const std::vector<Hash>& leaves) {
  return [&leaves](const log::Node& node) -> Result<Hash> {
    const std::uint64_t first = node.index << node.level, count = std::uint64_t{1} << node.level;
    if (first + count > leaves.size()) throw std::logic_error("asked for a node outside the tree");
    return defined_root(std::span(leaves).subspan(first, count));
  };
}

// The tiles a service would have written, one size after the other.
class WrittenTiles {
 public:
  void grow(const std::vector<Hash>& leaves, std::uint64_t old_size, std::uint64_t size) {
    for (const log::HashTile& tile : log::new_tiles(old_size, size)) {
      std::vector<Hash> nodes;
      for (std::uint64_t i = 0; i < tile.width; ++i) {
        const std::uint64_t index = tile.n * log::tile_width + i;
        nodes.push_back(tile.level == 0 ? leaves[index] : below(tile.level - 1, index));
      }
      files_[log::tile_path(tile)] = log::encode_tile(nodes);
    }
  }
  log::NodeReader reader(std::uint64_t size) const {
    return log::tile_node_reader(size, [this](const log::HashTile& tile) {
      return log::decode_tile(files_.at(log::tile_path(tile)), tile.width);
    });
  }

 private:
  Hash below(unsigned level, std::uint64_t n) const {
    const auto nodes = log::decode_tile(files_.at(log::tile_path(log::HashTile{level, n})), log::tile_width).value();
    return log::root_of(nodes);
  }
  std::map<std::string, std::string> files_;
};

}  // namespace

TEST_CASE("for every size up to 130, edge, reader and definition agree on the root") {
  const auto leaves = make_leaves(130);
  log::RightEdge edge;
  for (std::size_t size = 0; size <= leaves.size(); ++size) {
    const Hash root = defined_root(std::span(leaves).first(size));
    REQUIRE(edge.root() == root);
    REQUIRE(log::read_root(size, reader_of(leaves)).value() == root);
    // What the database stores of an edge brings it back.
    edge = log::RightEdge::restore(edge.size(), edge.edge()).value();
    if (size < leaves.size()) edge.append(leaves[size]);
  }
}

TEST_CASE("for every size up to 130, every entry has a proof that holds for it alone") {
  const auto leaves = make_leaves(130);
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    const Hash root = defined_root(std::span(leaves).first(size));
    for (std::size_t index = 0; index < size; ++index) {
      const auto proof = log::inclusion_proof(index, size, reader_of(leaves)).value();
      REQUIRE(log::verify_inclusion(leaves[index], index, size, root, proof));
      REQUIRE_FALSE(log::verify_inclusion(leaves[(index + 1) % 130], index, size, root, proof));
    }
  }
}

TEST_CASE("for every pair of sizes up to 130, the later tree is proved to continue the earlier") {
  const auto leaves = make_leaves(130);
  std::vector<Hash> roots;
  for (std::size_t size = 0; size <= leaves.size(); ++size)
    roots.push_back(defined_root(std::span(leaves).first(size)));
  for (std::size_t size = 1; size <= leaves.size(); ++size) {
    for (std::size_t old_size = 1; old_size <= size; ++old_size) {
      const auto proof = log::consistency_proof(old_size, size, reader_of(leaves)).value();
      REQUIRE(log::verify_consistency(old_size, roots[old_size], size, roots[size], proof));
      REQUIRE_FALSE(log::verify_consistency(old_size, roots[old_size - 1], size, roots[size], proof));
      REQUIRE_FALSE(log::verify_consistency(old_size, roots[old_size], size, roots[size - 1], proof));
    }
  }
}

TEST_CASE("proofs out of tiles") {
  rc::prop("proofs read from tiles hold at any size, however the tree grew", [] {
    const auto size = *rc::gen::inRange<std::size_t>(1, 1200);
    const auto leaves = make_leaves(size);
    WrittenTiles tiles;
    for (std::size_t at = 0; at < size;) {
      const std::size_t next = std::min(size, at + *rc::gen::inRange<std::size_t>(1, 700));
      tiles.grow(leaves, at, next);
      at = next;
    }
    const Hash root = log::root_of(leaves);
    const auto read = tiles.reader(size);
    RC_ASSERT(log::read_root(size, read).value() == root);
    const auto index = *rc::gen::inRange<std::size_t>(0, size);
    const auto proof = log::inclusion_proof(index, size, read).value();
    RC_ASSERT(log::verify_inclusion(leaves[index], index, size, root, proof).has_value());
    const auto old_size = *rc::gen::inRange<std::size_t>(1, size + 1);
    const Hash old_root = log::root_of(std::span(leaves).first(old_size));
    const auto growth = log::consistency_proof(old_size, size, read).value();
    RC_ASSERT(log::verify_consistency(old_size, old_root, size, root, growth).has_value());
  });
}

TEST_CASE("changed proofs") {
  rc::prop("a proof with any bit changed, any hash dropped or one added is refused", [] {
    const auto size = *rc::gen::inRange<std::size_t>(2, 300);
    const auto index = *rc::gen::inRange<std::size_t>(0, size);
    const auto leaves = make_leaves(size);
    const Hash root = log::root_of(leaves);
    const auto proof = log::inclusion_proof(index, size, reader_of(leaves)).value();

    auto flipped = proof;
    const auto at = *rc::gen::inRange<std::size_t>(0, proof.size());
    const auto bit = *rc::gen::inRange<unsigned>(0, 256);
    flipped[at].bytes[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
    RC_ASSERT(!log::verify_inclusion(leaves[index], index, size, root, flipped));

    auto shorter = proof;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(at));
    RC_ASSERT(!log::verify_inclusion(leaves[index], index, size, root, shorter));
    auto longer = proof;
    longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(at), leaves[index]);
    RC_ASSERT(!log::verify_inclusion(leaves[index], index, size, root, longer));

    const auto old_size = *rc::gen::inRange<std::size_t>(1, size);
    const Hash old_root = log::root_of(std::span(leaves).first(old_size));
    auto growth = log::consistency_proof(old_size, size, reader_of(leaves)).value();
    growth[at % growth.size()].bytes[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
    RC_ASSERT(!log::verify_consistency(old_size, old_root, size, root, growth));
  });
}
