#pragma once
#include <map>
#include <optional>
#include <vector>

#include "core/audit/findings.hpp"
#include "core/audit/source.hpp"
#include "core/log/merkle.hpp"

namespace suara::audit {

// Builds the tree from the leaves and holds root and tile files against it.
class TreeCheck {
 public:
  TreeCheck(Source& source, Findings& findings) : source_(source), findings_(findings) {}

  // Remembers the root of the first `size` entries when it comes by.
  void watch(std::uint64_t size) { watched_[size] = std::nullopt; }
  // None where it did not come by.
  std::optional<Hash> root_at(std::uint64_t size) const;

  // Where an earlier audit stood after some full bundles, and where this one stands.
  Result<void> go_on(std::uint64_t size, std::vector<Hash> edge, std::vector<Hash> level);
  const log::RightEdge& edge() const { return edge_; }
  const std::vector<Hash>& level() const { return level_; }

  // The leaves of entry bundle `n`, in order of n.
  void take(std::uint64_t n, const std::vector<Hash>& leaves);
  // After the last: root and upper tiles. `complete` is false where entries were missing.
  void finish(const Hash& expected_root, bool complete);

 private:
  void compare(unsigned level, std::uint64_t n, const std::vector<Hash>& nodes);

  Source& source_;
  Findings& findings_;
  log::RightEdge edge_;
  std::map<std::uint64_t, std::optional<Hash>> watched_;
  std::vector<Hash> level_;  // roots of the full tiles seen: the nodes of the next tile level
};

}  // namespace suara::audit
