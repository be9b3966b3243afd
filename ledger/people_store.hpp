#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/election/types.hpp"

// What stays outside the ledger, in tables of its own, so that it can be erased: accounts of staff, and what trustees
// send one another while they make a key. The roll has a store of its own (roll_store.hpp).
namespace suara::ledger {

struct StaffMember {
  std::string login;  // [a-z0-9._-]{1,32}
  election::Role role = election::Role::committee;
  std::string password_hash;  // argon2id text
};

struct StaffSession {
  Hash token_hash;  // SHA-256 of the cookie's token; the token itself is stored nowhere
  std::string login;
  election::Role role = election::Role::committee;
  std::string csrf_token;
  Timestamp expires;
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
  virtual Result<void> add_staff(const StaffMember& member) = 0;  // error: conflict (login taken)
  virtual Result<std::optional<StaffMember>> staff(const std::string& login) = 0;
  virtual Result<bool> any_staff() = 0;

  virtual Result<void> add_session(const StaffSession& session) = 0;
  virtual Result<std::optional<StaffSession>> session(const Hash& token_hash, Timestamp now) = 0;  // unexpired only
  virtual Result<void> remove_session(const Hash& token_hash) = 0;
  virtual Result<void> remove_expired_sessions(Timestamp now) = 0;

  // One share for each recipient, from 1. Called before the ledger records their hashes, and any number of times: what
  // was tried before stays beside, since the ledger alone says which of two attempts holds.
  virtual Result<void> add_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) = 0;
  // Removes what the sender tried besides these, once they are recorded.
  virtual Result<void> keep_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) = 0;
  virtual Result<std::vector<SealedShare>> shares_for(LedgerId ledger, std::uint32_t recipient) = 0;  // by sender
  virtual Result<void> remove_shares(LedgerId ledger) = 0;
};

}  // namespace suara::ledger
