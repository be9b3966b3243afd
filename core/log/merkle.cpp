#include "core/log/merkle.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>

#include "core/crypto/hash.hpp"

namespace suara::log {
namespace {

tl::unexpected<Error> bad_proof(ErrorCode code, std::string why) { return fail(code, "Tree proof: " + std::move(why)); }

// The root of leaves [begin, end), a subtree as RFC 6962 cuts them: `begin` is a multiple of a power of two that is at
// least the length, so complete subtrees of falling size cover it from the left.
Result<Hash> read_range(std::uint64_t begin, std::uint64_t end, const NodeReader& read) {
  std::vector<Hash> parts;
  while (begin < end) {
    const unsigned level = static_cast<unsigned>(std::bit_width(end - begin)) - 1;
    auto part = read(Node{level, begin >> level});
    if (!part) return part;
    parts.push_back(*part);
    begin += std::uint64_t{1} << level;
  }
  Hash root = parts.back();
  for (std::size_t i = parts.size() - 1; i-- > 0;) root = hash_children(parts[i], root);
  return root;
}

// The largest power of two below n; n > 1.
std::uint64_t split_point(std::uint64_t n) { return std::bit_floor(n - 1); }

}  // namespace

Hash hash_leaf(ByteView data) {
  constexpr std::uint8_t prefix[] = {0x00};
  return crypto::sha256({prefix, data});
}

Hash hash_children(const Hash& left, const Hash& right) {
  std::array<std::uint8_t, 65> node;
  node[0] = 0x01;
  std::copy(left.bytes.begin(), left.bytes.end(), node.begin() + 1);
  std::copy(right.bytes.begin(), right.bytes.end(), node.begin() + 33);
  return crypto::sha256(ByteView(node));
}

Hash empty_root() { return crypto::sha256(ByteView{}); }

Result<RightEdge> RightEdge::restore(std::uint64_t size, std::vector<Hash> edge) {
  if (size > max_tree_size) return fail(ErrorCode::too_large, "Tree: no ledger has 2^48 entries.");
  if (edge.size() != static_cast<std::size_t>(std::popcount(size))) {
    return fail(ErrorCode::integrity, "Tree: the right edge of a tree of " + std::to_string(size) + " entries has " +
                                          std::to_string(std::popcount(size)) + " hashes, not " +
                                          std::to_string(edge.size()) + ".");
  }
  RightEdge restored;
  restored.size_ = size;
  restored.edge_ = std::move(edge);
  return restored;
}

void RightEdge::append(const Hash& leaf) {
  if (size_ == max_tree_size) throw std::length_error("RightEdge: full");
  // As a binary counter carries: each 1 bit at the end of the size is a subtree that the new one completes a pair with.
  Hash node = leaf;
  for (std::uint64_t bits = size_; bits & 1; bits >>= 1) {
    node = hash_children(edge_.back(), node);
    edge_.pop_back();
  }
  edge_.push_back(node);
  ++size_;
}

Hash RightEdge::root() const {
  if (edge_.empty()) return empty_root();
  Hash root = edge_.back();
  for (std::size_t i = edge_.size() - 1; i-- > 0;) root = hash_children(edge_[i], root);
  return root;
}

Hash root_of(std::span<const Hash> leaves) {
  RightEdge edge;
  for (const Hash& leaf : leaves) edge.append(leaf);
  return edge.root();
}

Result<Hash> read_root(std::uint64_t size, const NodeReader& read) {
  if (size == 0) return empty_root();
  return read_range(0, size, read);
}

Result<std::vector<Hash>> inclusion_proof(std::uint64_t index, std::uint64_t size, const NodeReader& read) {
  if (index >= size || size > max_tree_size) {
    return bad_proof(ErrorCode::malformed, "entry " + std::to_string(index) + " is not among the first " +
                                               std::to_string(size) + " entries.");
  }
  std::vector<Hash> proof;
  std::uint64_t begin = 0, end = size;
  while (end - begin > 1) {
    const std::uint64_t middle = begin + split_point(end - begin);
    const bool left = index < middle;
    auto sibling = left ? read_range(middle, end, read) : read_range(begin, middle, read);
    if (!sibling) return fail(std::move(sibling).error());
    proof.push_back(*sibling);
    (left ? end : begin) = middle;
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

Result<std::vector<Hash>> consistency_proof(std::uint64_t old_size, std::uint64_t size, const NodeReader& read) {
  if (old_size == 0 || old_size > size || size > max_tree_size) {
    return bad_proof(ErrorCode::malformed, "a tree of " + std::to_string(size) + " entries cannot continue one of " +
                                               std::to_string(old_size) + ".");
  }
  std::vector<Hash> proof;
  std::uint64_t begin = 0, end = size;
  // The old tree's own root is known to whoever checks; a subtree of it that starts further right is not.
  while (old_size < end) {
    const std::uint64_t middle = begin + split_point(end - begin);
    const bool left = old_size <= middle;
    auto sibling = left ? read_range(middle, end, read) : read_range(begin, middle, read);
    if (!sibling) return fail(std::move(sibling).error());
    proof.push_back(*sibling);
    (left ? end : begin) = middle;
  }
  if (begin != 0) {
    auto last = read_range(begin, end, read);
    if (!last) return fail(std::move(last).error());
    proof.push_back(*last);
  }
  std::reverse(proof.begin(), proof.end());
  return proof;
}

// RFC 9162, section 2.1.3.2.
Result<void> verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const Hash& root,
                              std::span<const Hash> proof) {
  if (index >= size || size > max_tree_size) {
    return bad_proof(ErrorCode::malformed, "entry " + std::to_string(index) + " cannot be in a tree of " +
                                               std::to_string(size) + " entries.");
  }
  std::uint64_t node = index, last = size - 1;
  Hash hash = leaf;
  for (const Hash& sibling : proof) {
    if (last == 0) return bad_proof(ErrorCode::malformed, "it has too many hashes.");
    if ((node & 1) || node == last) {
      hash = hash_children(sibling, hash);
      while (!(node & 1) && node != 0) node >>= 1, last >>= 1;
    } else {
      hash = hash_children(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0) return bad_proof(ErrorCode::malformed, "it has too few hashes.");
  if (hash != root) return bad_proof(ErrorCode::integrity, "the entry is not in the tree of this root.");
  return {};
}

// RFC 9162, section 2.1.4.2.
Result<void> verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t size, const Hash& root,
                                std::span<const Hash> proof) {
  if (old_size > size || size > max_tree_size) {
    return bad_proof(ErrorCode::malformed, "the tree has shrunk from " + std::to_string(old_size) + " to " +
                                               std::to_string(size) + " entries.");
  }
  if (old_size == size) {
    if (!proof.empty()) return bad_proof(ErrorCode::malformed, "trees of one size need no hashes.");
    if (old_root != root) return bad_proof(ErrorCode::integrity, "two trees of one size have different roots.");
    if (size == 0 && root != empty_root()) return bad_proof(ErrorCode::integrity, "that is no empty tree's root.");
    return {};
  }
  if (old_size == 0) return bad_proof(ErrorCode::malformed, "nothing can be proved from an empty tree.");
  const bool root_is_node = std::has_single_bit(old_size);
  if (proof.empty()) return bad_proof(ErrorCode::malformed, "it has no hashes.");
  std::uint64_t node = old_size - 1, last = size - 1;
  while (node & 1) node >>= 1, last >>= 1;
  Hash old_hash = root_is_node ? old_root : proof.front();
  Hash hash = old_hash;
  for (const Hash& sibling : root_is_node ? proof : proof.subspan(1)) {
    if (last == 0) return bad_proof(ErrorCode::malformed, "it has too many hashes.");
    if ((node & 1) || node == last) {
      old_hash = hash_children(sibling, old_hash);
      hash = hash_children(sibling, hash);
      while (!(node & 1) && node != 0) node >>= 1, last >>= 1;
    } else {
      hash = hash_children(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0) return bad_proof(ErrorCode::malformed, "it has too few hashes.");
  if (old_hash != old_root) return bad_proof(ErrorCode::integrity, "it does not lead to the earlier root.");
  if (hash != root) return bad_proof(ErrorCode::integrity, "it does not lead to the later root.");
  return {};
}

}  // namespace suara::log
