#pragma once
#include <cstdint>
#include <vector>

#include "core/base/bytes.hpp"

namespace suara::election {

// A set of SHA-256 values that keeps the first 16 bytes of each, in one array: a third of what a node-based set takes,
// for the millions of choices of an election. Two different values that share 128 bits would take 2^64 trials to find,
// and whoever found them could only have a ballot of their own refused.
class FingerprintSet {
 public:
  bool contains(const Hash& hash) const { return !slots_.empty() && slots_[slot_of(id_of(hash))] != Id{}; }

  void insert(const Hash& hash) {
    if (needed(size_ + 1) > slots_.size()) resize(slots_.size() * 2);
    Id& slot = slots_[slot_of(id_of(hash))];
    if (slot != Id{}) return;
    slot = id_of(hash);
    ++size_;
  }

  void reserve(std::size_t count) { resize(needed(count)); }
  std::size_t size() const { return size_; }

 private:
  struct Id {
    std::uint64_t first = 0;
    std::uint64_t second = 0;
    bool operator==(const Id&) const = default;
  };

  // All zeros marks a free slot, so the value that would be it takes its neighbour's place.
  static Id id_of(const Hash& hash) {
    Id id;
    std::memcpy(&id, hash.bytes.data(), sizeof id);
    if (id == Id{}) id.second = 1;
    return id;
  }

  // At most four of five slots are taken, or searches grow long.
  static std::size_t needed(std::size_t count) { return count + count / 4 + 1; }

  // The id's slot, or the free one where it would go. The number of slots is a power of two.
  std::size_t slot_of(const Id& id) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = id.first & mask;
    while (slots_[at] != Id{} && slots_[at] != id) at = (at + 1) & mask;
    return at;
  }

  void resize(std::size_t least) {
    std::size_t slots = 16;
    while (slots < least) slots *= 2;
    if (slots <= slots_.size()) return;
    const std::vector<Id> old = std::move(slots_);
    slots_.assign(slots, Id{});
    for (const Id& id : old) {
      if (id != Id{}) slots_[slot_of(id)] = id;
    }
  }

  std::vector<Id> slots_;
  std::size_t size_ = 0;
};

}  // namespace suara::election
