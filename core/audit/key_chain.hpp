#pragma once
#include <deque>
#include <vector>

#include "core/election/events.hpp"
#include "core/log/vkey.hpp"

namespace suara::audit {

// The keys of a ledger, each handed over by the one before. A key's address stays.
class KeyChain {
 public:
  explicit KeyChain(log::VerifierKey first) { keys_.push_back(std::move(first)); }

  const log::VerifierKey& first() const { return keys_.front(); }
  const log::VerifierKey& current() const { return keys_.back(); }
  // Of a tree of so many entries.
  const log::VerifierKey& at_size(std::uint64_t size) const;
  const std::deque<log::VerifierKey>& all() const { return keys_; }

  // Takes the new key where it bears the ledger's name and has signed its taking over; whether the entry was legal is
  // not asked here.
  void rotate(Seq entry, const election::KeyRotated& rotated);

 private:
  std::deque<log::VerifierKey> keys_;
  std::vector<Seq> rotated_at_;  // [i]: the entry that brought keys_[i+1]
};

}  // namespace suara::audit
