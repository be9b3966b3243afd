#include "core/log/merkle.hpp"

#include <catch2/catch.hpp>

#include "core/crypto/encoding.hpp"

using namespace suara;

TEST_CASE("the empty tree has the hash of nothing for a root") {
  CHECK(crypto::to_hex(log::empty_root().view()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(log::RightEdge().root() == log::empty_root());
}

TEST_CASE("leaves and interior nodes are told apart by their prefix") {
  // SHA-256(0x00), the leaf of no data, as RFC 6962 programs give it.
  CHECK(crypto::to_hex(log::hash_leaf({}).view()) ==
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  const Hash leaf = log::hash_leaf({});
  const Hash parent = log::hash_children(leaf, leaf);
  std::string data(1, '\x01');
  data += as_text(leaf.view());
  data += as_text(leaf.view());
  CHECK(parent != log::hash_leaf(as_bytes(data)));
  CHECK(log::root_of(std::vector<Hash>{leaf, leaf}) == parent);
}

TEST_CASE("a right edge is restored only where its hashes fit its size") {
  log::RightEdge edge;
  for (int i = 0; i < 11; ++i) edge.append(log::hash_leaf(as_bytes(std::to_string(i))));
  CHECK(edge.edge().size() == 3);  // 8 + 2 + 1
  auto restored = log::RightEdge::restore(edge.size(), edge.edge());
  REQUIRE(restored);
  CHECK(restored->root() == edge.root());

  CHECK(log::RightEdge::restore(12, edge.edge()).error().code == ErrorCode::integrity);
  CHECK(log::RightEdge::restore(0, edge.edge()).error().code == ErrorCode::integrity);
  CHECK(log::RightEdge::restore(log::max_tree_size + 1, {Hash{}}).error().code == ErrorCode::too_large);
}

TEST_CASE("proofs are refused for entries and sizes that cannot be") {
  const log::NodeReader none = [](const log::Node&) -> Result<Hash> { return Hash{}; };
  CHECK(log::inclusion_proof(5, 5, none).error().code == ErrorCode::malformed);
  CHECK(log::consistency_proof(0, 5, none).error().code == ErrorCode::malformed);
  CHECK(log::consistency_proof(6, 5, none).error().code == ErrorCode::malformed);
}

TEST_CASE("a reader's error comes back from the proof") {
  const log::NodeReader broken = [](const log::Node&) -> Result<Hash> {
    return fail(ErrorCode::unavailable, "the disk is gone");
  };
  CHECK(log::inclusion_proof(3, 5, broken).error().code == ErrorCode::unavailable);
  CHECK(log::consistency_proof(3, 5, broken).error().code == ErrorCode::unavailable);
  CHECK(log::read_root(5, broken).error().code == ErrorCode::unavailable);
}
