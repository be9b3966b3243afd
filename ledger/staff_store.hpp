#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/election/types.hpp"

// Accounts of staff and their sessions. Outside the ledger, so that they can be erased. How much there is of voters
// nowhere matters here: nothing in these tables refers to the roll.
namespace suara::ledger {

struct StaffMember {
  std::string login;  // [a-z0-9._-]{1,32}
  election::Role role = election::Role::committee;
  std::string password_hash;  // argon2id text
  bool totp = false;          // a code is asked for besides the password
};

struct StaffSession {
  Hash token_hash;  // SHA-256 of the cookie's token; the token itself is stored nowhere
  std::string login;
  election::Role role = election::Role::committee;  // the account's, as it is now
  std::string csrf_token;
  Timestamp expires;
  Timestamp created{};
  Timestamp last_seen{};
  bool totp = false;  // the account's, as it is now
};

// An account's second factor.
struct TotpState {
  std::optional<Bytes> secret;   // asked for at every login
  std::optional<Bytes> offered;  // shown, but not confirmed yet
  std::uint64_t last_step = 0;   // of the last code used
};

// Errors of every call: unavailable. Thread-safe; calls block.
class StaffStore {
 public:
  virtual ~StaffStore() = default;
  virtual Result<void> add_staff(const StaffMember& member) = 0;  // error: conflict (login taken)
  virtual Result<std::optional<StaffMember>> staff(const std::string& login) = 0;
  virtual Result<std::vector<StaffMember>> all_staff() = 0;  // by login
  virtual Result<bool> any_staff() = 0;
  // With the account's sessions. Errors: not_found, conflict (the last administrator).
  virtual Result<void> remove_staff(const std::string& login) = 0;
  // A new password; the account's sessions end but for `keep`. Error: not_found.
  virtual Result<void> set_password(const std::string& login, const std::string& password_hash, const Hash& keep) = 0;
  // A new password, no second factor, no session: for who lost access. Error: not_found.
  virtual Result<void> reset(const std::string& login, const std::string& password_hash) = 0;

  virtual Result<TotpState> totp(const std::string& login) = 0;  // error: not_found
  // A secret to confirm, in place of an earlier one. False where the second factor is on.
  virtual Result<bool> offer_totp(const std::string& login, const Bytes& secret) = 0;
  // The offered secret counts from now on. False where it is not `secret` any more.
  virtual Result<bool> confirm_totp(const std::string& login, const Bytes& secret, std::uint64_t step) = 0;
  // False where a code of this step or of a later one was used before.
  virtual Result<bool> use_totp(const std::string& login, std::uint64_t step) = 0;
  virtual Result<void> remove_totp(const std::string& login) = 0;

  // Role and second factor of the session are not stored: they are the account's.
  virtual Result<void> add_session(const StaffSession& session) = 0;
  virtual Result<std::optional<StaffSession>> session(const Hash& token_hash, Timestamp now) = 0;      // unexpired only
  virtual Result<std::vector<StaffSession>> sessions_of(const std::string& login, Timestamp now) = 0;  // newest first
  virtual Result<void> touch_session(const Hash& token_hash, Timestamp now) = 0;
  virtual Result<void> remove_session(const Hash& token_hash) = 0;
  virtual Result<void> remove_expired_sessions(Timestamp now) = 0;
};

}  // namespace suara::ledger
