#include "core/audit/proven_root.hpp"

#include "core/log/tiles.hpp"

namespace suara::audit {
namespace {

tl::unexpected<Error> unproved() {
  return fail(ErrorCode::integrity, "The tiles do not give the root that the checkpoint signs.");
}

}  // namespace

log::NodeReader nodes_in(Source& source, std::uint64_t size) {
  return log::tile_node_reader(size, [&source](const log::HashTile& tile) -> Result<std::vector<Hash>> {
    const auto bytes = source.read(log::tile_path(tile), tile.width * sizeof(Hash));
    if (!bytes) return fail(bytes.error());
    return log::decode_tile(*bytes, tile.width);
  });
}

Result<Hash> proven_root(const log::Checkpoint& tree, std::uint64_t size, const log::NodeReader& read) {
  if (size == 0) {
    if (tree.size == 0 && tree.root != log::empty_root()) return unproved();
    return log::empty_root();
  }
  const auto proof = log::consistency_proof(size, tree.size, read);
  if (!proof) return fail(proof.error());
  auto root = log::read_root(size, read);
  if (!root) return root;
  if (!log::verify_consistency(size, *root, tree.size, tree.root, *proof)) return unproved();
  return root;
}

Result<Hash> proven_leaf(const log::Checkpoint& tree, std::uint64_t index, const log::NodeReader& read) {
  const auto proof = log::inclusion_proof(index, tree.size, read);
  if (!proof) return fail(proof.error());
  auto leaf = read({0, index});
  if (!leaf) return leaf;
  if (!log::verify_inclusion(*leaf, index, tree.size, tree.root, *proof)) return unproved();
  return leaf;
}

}  // namespace suara::audit
