#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"

// What the trustees of a key ceremony send one another: outside the ledger, so that it can be erased.
namespace suara::ledger {

// What one trustee of a key ceremony sends another: only the recipient can open it.
struct SealedShare {
  std::uint32_t sender = 0;
  Bytes sealed;
};

// Errors of every call: unavailable. Thread-safe; calls block.
class ShareStore {
 public:
  virtual ~ShareStore() = default;

  // One share for each recipient, from 1. Called before the ledger records their hashes, and any number of times: what
  // was tried before stays beside, since the ledger alone says which of two attempts holds.
  virtual Result<void> add_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) = 0;
  // Removes what the sender tried besides these, once they are recorded.
  virtual Result<void> keep_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) = 0;
  virtual Result<std::vector<SealedShare>> shares_for(LedgerId ledger, std::uint32_t recipient) = 0;  // by sender
  virtual Result<void> remove_shares(LedgerId ledger) = 0;
};

}  // namespace suara::ledger
