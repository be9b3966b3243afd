#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"

// What stays outside the ledger, in tables of its own, so that it can be erased: the voters' personal data, and what
// trustees send one another while they make a key.
namespace suara::ledger {

struct VoterRow {
  VoterId id;
  std::string name;
  std::string klass;  // class or group on the roll
  PlaceId place;
  Bytes salt;       // 16 bytes
  Hash commitment;  // what VotersEnrolled records
  std::uint64_t weight = 1;
};

// What one trustee of a key ceremony sends another: only the recipient can open it.
struct SealedShare {
  std::uint32_t sender = 0;
  Bytes sealed;
};

// Errors of every call: unavailable. Thread-safe; calls block.
class PeopleStore {
 public:
  virtual ~PeopleStore() = default;
  // All rows or none. Called before the commitments are recorded; where recording is refused, remove_voters undoes it.
  virtual Result<void> add_voters(LedgerId ledger, const std::vector<VoterRow>& rows) = 0;  // conflict: id taken
  virtual Result<void> remove_voters(LedgerId ledger, const std::vector<VoterRow>& rows) = 0;
  virtual Result<std::vector<VoterRow>> voters(LedgerId ledger, const std::optional<VoterId>& after,
                                               std::size_t limit) = 0;  // by id

  // One share for each recipient, from 1. Called before the ledger records their hashes, and any number of times: what
  // was tried before stays beside, since the ledger alone says which of two attempts holds.
  virtual Result<void> add_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) = 0;
  // Removes what the sender tried besides these, once they are recorded.
  virtual Result<void> keep_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) = 0;
  virtual Result<std::vector<SealedShare>> shares_for(LedgerId ledger, std::uint32_t recipient) = 0;  // by sender
  virtual Result<void> remove_shares(LedgerId ledger) = 0;
};

}  // namespace suara::ledger
