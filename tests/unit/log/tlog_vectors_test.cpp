#include <catch2/catch.hpp>

#include "core/log/checkpoint.hpp"
#include "core/log/entry.hpp"
#include "core/log/tiles.hpp"
#include "tests/support/vectors.hpp"

using namespace suara;

namespace {

std::string read_log(const std::string& path) { return test::read_file(test::vector_path("tlog/log/" + path)); }

log::VerifierKey testdata_key() {
  return log::parse_verifier_key("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx")
      .value();
}

std::vector<std::string> entries_of(std::uint64_t size) {
  std::vector<std::string> entries;
  for (const auto& bundle : log::bundles_of(size)) {
    const std::string bytes = read_log(log::tile_path(bundle));
    const auto views = log::decode_bundle(bytes, bundle.width);
    REQUIRE(views);
    entries.insert(entries.end(), views->begin(), views->end());
  }
  return entries;
}

}  // namespace

TEST_CASE("every checkpoint of another program's log opens and its root is that of its entries") {
  for (std::uint64_t size = 0; size <= 15; ++size) {
    INFO("size " << size);
    const auto checkpoint = log::open_checkpoint(read_log("checkpoint." + std::to_string(size)), testdata_key());
    REQUIRE(checkpoint);
    CHECK(checkpoint->size == size);
    CHECK(checkpoint->origin.str() == "example.com/log/testdata");

    const auto entries = entries_of(size);
    REQUIRE(entries.size() == size);
    log::RightEdge edge;
    for (const auto& entry : entries) edge.append(log::leaf_hash(entry));
    CHECK(edge.root() == checkpoint->root);
    if (size > 0)
      CHECK(log::encode_bundle(entries) == read_log(log::tile_path(log::EntryBundle{0, std::uint32_t(size)})));
  }
}

TEST_CASE("the latest checkpoint of another program's log is that of its last size") {
  CHECK(read_log("checkpoint") == read_log("checkpoint.15"));
}

TEST_CASE("hash tiles of another program's log give its roots and proofs") {
  for (std::uint64_t size = 1; size <= 15; ++size) {
    INFO("size " << size);
    const auto checkpoint =
        log::open_checkpoint(read_log("checkpoint." + std::to_string(size)), testdata_key()).value();
    const auto read = log::tile_node_reader(
        size, [](const log::HashTile& tile) { return log::decode_tile(read_log(log::tile_path(tile)), tile.width); });
    CHECK(log::read_root(size, read).value() == checkpoint.root);
    const auto entries = entries_of(size);
    for (std::uint64_t i = 0; i < size; ++i) {
      const auto proof = log::inclusion_proof(i, size, read).value();
      CHECK(log::verify_inclusion(log::leaf_hash(entries[i]), i, size, checkpoint.root, proof));
    }
    for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
      const auto before =
          log::open_checkpoint(read_log("checkpoint." + std::to_string(old_size)), testdata_key()).value();
      const auto proof = log::consistency_proof(old_size, size, read).value();
      CHECK(log::verify_consistency(old_size, before.root, size, checkpoint.root, proof));
    }
  }
}
