#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

// The Merkle tree of RFC 6962, section 2.1: a leaf is SHA-256(0x00 data), an interior node SHA-256(0x01 left right),
// the root of an empty tree SHA-256().
namespace suara::log {

constexpr std::uint64_t max_tree_size = (std::uint64_t{1} << 48) - 1;  // what tiles of levels 0 to 5 hold

Hash hash_leaf(ByteView data);
Hash hash_children(const Hash& left, const Hash& right);
Hash empty_root();

// The roots of the complete subtrees that cover a tree, largest first: one for each 1 bit of the size. It is all that
// is needed to append and to tell the root.
class RightEdge {
 public:
  RightEdge() = default;
  // Error: integrity (the number of hashes does not fit the size), too_large.
  static Result<RightEdge> restore(std::uint64_t size, std::vector<Hash> edge);

  void append(const Hash& leaf);
  Hash root() const;
  std::uint64_t size() const { return size_; }
  const std::vector<Hash>& edge() const { return edge_; }

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> edge_;
};

// The root over leaf hashes.
Hash root_of(std::span<const Hash> leaves);

// The root of the complete subtree over leaves [index << level, (index + 1) << level).
struct Node {
  unsigned level = 0;
  std::uint64_t index = 0;
  auto operator<=>(const Node&) const = default;
};

// Gives a complete subtree's root; asked only for those that lie wholly inside the tree. Its errors come back from the
// proof that asked.
using NodeReader = std::function<Result<Hash>(const Node&)>;

// The root of a tree of `size` leaves. Error: the reader's.
Result<Hash> read_root(std::uint64_t size, const NodeReader& read);

// The hashes from the leaf's sibling up. Error: malformed (no such leaf in a tree of that size); the reader's.
Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeReader& read);

// That the tree of `size` leaves continues the one of `old_size`. Error: malformed (old_size is 0 or above size).
Result<std::vector<Hash>> consistency_proof(std::uint64_t old_size, std::uint64_t size, const NodeReader& read);

// Errors: malformed (sizes that cannot be, a proof of the wrong length), integrity (does not lead to the root).
Result<void> verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Hash& root,
                              std::span<const Hash> proof);

// Equal sizes take an empty proof. From size 0 to a larger one nothing can be proved: refused.
Result<void> verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t size, const Hash& root,
                                std::span<const Hash> proof);

}  // namespace suara::log
