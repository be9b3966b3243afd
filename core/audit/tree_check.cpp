#include "core/audit/tree_check.hpp"

#include "core/crypto/encoding.hpp"
#include "core/log/tiles.hpp"

namespace suara::audit {

void TreeCheck::take(std::uint64_t n, const std::vector<Hash>& leaves) {
  for (const Hash& leaf : leaves) {
    edge_.append(leaf);
    if (const auto watched = watched_.find(edge_.size()); watched != watched_.end()) watched->second = edge_.root();
  }
  if (leaves.size() == log::tile_width) level_.push_back(log::root_of(leaves));
  compare(0, n, leaves);
}

std::optional<Hash> TreeCheck::root_at(std::uint64_t size) const {
  const auto watched = watched_.find(size);
  return watched == watched_.end() ? std::nullopt : watched->second;
}

Result<void> TreeCheck::go_on(std::uint64_t size, std::vector<Hash> edge, std::vector<Hash> level) {
  auto restored = log::RightEdge::restore(size, std::move(edge));
  if (!restored) return fail(restored.error());
  edge_ = std::move(*restored);
  level_ = std::move(level);
  if (level_.size() != size / log::tile_width) {
    return fail(ErrorCode::integrity, "The number of tiles does not fit the size.");
  }
  findings_.count(Check::tree, level_.size());
  if (const auto watched = watched_.find(size); watched != watched_.end()) watched->second = edge_.root();
  return {};
}

// A tile that differs is placed at the first entry under the first node that differs.
void TreeCheck::compare(unsigned level, std::uint64_t n, const std::vector<Hash>& nodes) {
  const log::HashTile tile{level, n, static_cast<std::uint32_t>(nodes.size())};
  const std::string path = log::tile_path(tile);
  const std::uint64_t node_span = std::uint64_t{1} << (8 * level);
  const Seq start{n * log::tile_width * node_span};
  findings_.count(Check::tree);
  auto bytes = source_.read(path, nodes.size() * 32);
  if (!bytes) {
    findings_.fault(Check::tree, start, path + ": " + bytes.error().detail);
    return;
  }
  auto found = log::decode_tile(*bytes, tile.width);
  if (!found) {
    findings_.fault(Check::tree, start, path + ": " + found.error().detail);
    return;
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if ((*found)[i] == nodes[i]) continue;
    findings_.fault(Check::tree, Seq{start.value + i * node_span},
                    path + " says " + crypto::to_hex((*found)[i].view()) + " for hash " + std::to_string(i) +
                        "; the entries give " + crypto::to_hex(nodes[i].view()));
    return;
  }
}

void TreeCheck::finish(const Hash& expected_root, bool complete) {
  if (!complete) {
    findings_.fault(Check::tree, std::nullopt, "entries are missing, so the root cannot be computed");
    return;
  }
  findings_.count(Check::tree);
  if (edge_.root() != expected_root) {
    findings_.fault(Check::tree, std::nullopt,
                    "the checkpoint signs root " + crypto::to_base64(expected_root.view()) + "; the entries give " +
                        crypto::to_base64(edge_.root().view()));
  }
  for (unsigned level = 1; !level_.empty(); ++level) {
    std::vector<Hash> next;
    for (std::size_t from = 0; from < level_.size(); from += log::tile_width) {
      const auto end = std::min(level_.size(), from + log::tile_width);
      const std::vector<Hash> nodes(level_.begin() + from, level_.begin() + end);
      if (nodes.size() == log::tile_width) next.push_back(log::root_of(nodes));
      compare(level, from / log::tile_width, nodes);
    }
    level_ = std::move(next);
  }
}

}  // namespace suara::audit
