#pragma once
#include <map>
#include <mutex>

#include "ledger/staff_store.hpp"

namespace suara::ledger {

// Accounts and sessions in memory, for tests.
class MemoryStaff : public StaffStore {
 public:
  Result<void> add_staff(const StaffMember& member) override;
  Result<std::optional<StaffMember>> staff(const std::string& login) override;
  Result<std::vector<StaffMember>> all_staff() override;
  Result<bool> any_staff() override;
  Result<void> remove_staff(const std::string& login) override;
  Result<void> set_password(const std::string& login, const std::string& password_hash, const Hash& keep) override;
  Result<void> reset(const std::string& login, const std::string& password_hash) override;

  Result<TotpState> totp(const std::string& login) override;
  Result<bool> offer_totp(const std::string& login, const Bytes& secret) override;
  Result<bool> confirm_totp(const std::string& login, const Bytes& secret, std::uint64_t step) override;
  Result<bool> use_totp(const std::string& login, std::uint64_t step) override;
  Result<void> remove_totp(const std::string& login) override;

  Result<void> add_session(const StaffSession& session) override;
  Result<std::optional<StaffSession>> session(const Hash& token_hash, Timestamp now) override;
  Result<std::vector<StaffSession>> sessions_of(const std::string& login, Timestamp now) override;
  Result<void> touch_session(const Hash& token_hash, Timestamp now) override;
  Result<void> remove_session(const Hash& token_hash) override;
  Result<void> remove_expired_sessions(Timestamp now) override;

 private:
  struct Account {
    StaffMember member;
    TotpState totp;
  };
  Account* find(const std::string& login);                        // under mutex_
  std::optional<StaffSession> shown(const StaffSession& stored);  // under mutex_; with the account's role

  std::mutex mutex_;
  std::map<std::string, Account> accounts_;
  std::map<Hash, StaffSession> sessions_;
};

}  // namespace suara::ledger
