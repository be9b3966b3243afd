#include "ledger/memory_staff.hpp"

#include <algorithm>

namespace suara::ledger {
namespace {

tl::unexpected<Error> no_such_login() { return fail(ErrorCode::not_found, "There is no account with this login."); }

}  // namespace

MemoryStaff::Account* MemoryStaff::find(const std::string& login) {
  const auto found = accounts_.find(login);
  return found == accounts_.end() ? nullptr : &found->second;
}

std::optional<StaffSession> MemoryStaff::shown(const StaffSession& stored) {
  const Account* account = find(stored.login);
  if (account == nullptr) return std::nullopt;
  StaffSession session = stored;
  session.role = account->member.role;
  session.totp = account->totp.secret.has_value();
  return session;
}

Result<void> MemoryStaff::add_staff(const StaffMember& member) {
  const std::lock_guard lock(mutex_);
  if (!accounts_.emplace(member.login, Account{member, {}}).second) {
    return fail(ErrorCode::conflict, "This login is taken.");
  }
  return {};
}

Result<std::optional<StaffMember>> MemoryStaff::staff(const std::string& login) {
  const std::lock_guard lock(mutex_);
  const Account* account = find(login);
  if (account == nullptr) return std::nullopt;
  StaffMember member = account->member;
  member.totp = account->totp.secret.has_value();
  return member;
}

Result<std::vector<StaffMember>> MemoryStaff::all_staff() {
  const std::lock_guard lock(mutex_);
  std::vector<StaffMember> out;
  for (const auto& [login, account] : accounts_) {
    out.push_back(account.member);
    out.back().totp = account.totp.secret.has_value();
  }
  return out;
}

Result<bool> MemoryStaff::any_staff() {
  const std::lock_guard lock(mutex_);
  return !accounts_.empty();
}

Result<void> MemoryStaff::remove_staff(const std::string& login) {
  const std::lock_guard lock(mutex_);
  const Account* account = find(login);
  if (account == nullptr) return no_such_login();
  const auto administrators = std::count_if(accounts_.begin(), accounts_.end(), [](const auto& item) {
    return item.second.member.role == election::Role::administrator;
  });
  if (account->member.role == election::Role::administrator && administrators == 1) {
    return fail(ErrorCode::conflict, "This is the last administrator; add another one first.");
  }
  std::erase_if(sessions_, [&](const auto& item) { return item.second.login == login; });
  accounts_.erase(login);
  return {};
}

Result<void> MemoryStaff::set_password(const std::string& login, const std::string& password_hash, const Hash& keep) {
  const std::lock_guard lock(mutex_);
  Account* account = find(login);
  if (account == nullptr) return no_such_login();
  account->member.password_hash = password_hash;
  std::erase_if(sessions_, [&](const auto& item) { return item.second.login == login && item.first != keep; });
  return {};
}

Result<void> MemoryStaff::reset(const std::string& login, const std::string& password_hash) {
  const std::lock_guard lock(mutex_);
  Account* account = find(login);
  if (account == nullptr) return no_such_login();
  account->member.password_hash = password_hash;
  account->totp = {{}, {}, account->totp.last_step};
  std::erase_if(sessions_, [&](const auto& item) { return item.second.login == login; });
  return {};
}

Result<TotpState> MemoryStaff::totp(const std::string& login) {
  const std::lock_guard lock(mutex_);
  const Account* account = find(login);
  if (account == nullptr) return no_such_login();
  return account->totp;
}

Result<bool> MemoryStaff::offer_totp(const std::string& login, const Bytes& secret) {
  const std::lock_guard lock(mutex_);
  Account* account = find(login);
  if (account == nullptr || account->totp.secret) return false;
  account->totp.offered = secret;
  return true;
}

Result<bool> MemoryStaff::confirm_totp(const std::string& login, const Bytes& secret, std::uint64_t step) {
  const std::lock_guard lock(mutex_);
  Account* account = find(login);
  if (account == nullptr || account->totp.secret || account->totp.offered != secret) return false;
  account->totp = {secret, std::nullopt, step};
  return true;
}

Result<bool> MemoryStaff::use_totp(const std::string& login, std::uint64_t step) {
  const std::lock_guard lock(mutex_);
  Account* account = find(login);
  if (account == nullptr || !account->totp.secret || account->totp.last_step >= step) return false;
  account->totp.last_step = step;
  return true;
}

Result<void> MemoryStaff::remove_totp(const std::string& login) {
  const std::lock_guard lock(mutex_);
  if (Account* account = find(login)) account->totp = {{}, {}, account->totp.last_step};
  return {};
}

Result<void> MemoryStaff::add_session(const StaffSession& session) {
  const std::lock_guard lock(mutex_);
  if (!sessions_.emplace(session.token_hash, session).second) {
    return fail(ErrorCode::conflict, "This session stands already.");
  }
  return {};
}

Result<std::optional<StaffSession>> MemoryStaff::session(const Hash& token_hash, Timestamp now) {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(token_hash);
  if (found == sessions_.end() || found->second.expires <= now) return std::nullopt;
  return shown(found->second);
}

Result<std::vector<StaffSession>> MemoryStaff::sessions_of(const std::string& login, Timestamp now) {
  const std::lock_guard lock(mutex_);
  std::vector<StaffSession> out;
  for (const auto& [hash, stored] : sessions_) {
    if (stored.login != login || stored.expires <= now) continue;
    if (auto session = shown(stored)) out.push_back(std::move(*session));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const StaffSession& a, const StaffSession& b) { return b.created < a.created; });
  return out;
}

Result<void> MemoryStaff::touch_session(const Hash& token_hash, Timestamp now) {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(token_hash);
  if (found != sessions_.end()) found->second.last_seen = now;
  return {};
}

Result<void> MemoryStaff::remove_session(const Hash& token_hash) {
  const std::lock_guard lock(mutex_);
  sessions_.erase(token_hash);
  return {};
}

Result<void> MemoryStaff::remove_expired_sessions(Timestamp now) {
  const std::lock_guard lock(mutex_);
  std::erase_if(sessions_, [&](const auto& item) { return item.second.expires <= now; });
  return {};
}

}  // namespace suara::ledger
