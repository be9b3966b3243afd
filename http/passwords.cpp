#include "http/passwords.hpp"

#include "core/crypto/password.hpp"

namespace suara::http {
namespace {

constexpr std::size_t min_password = 10;

const std::string& nobodys_hash() {
  static const std::string hash = crypto::hash_password("nobody's password");
  return hash;
}

}  // namespace

Result<void> check_login(std::string_view login) {
  if (!login.empty() && login.size() <= election::max_login_length &&
      login.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string_view::npos) {
    return {};
  }
  return fail(ErrorCode::malformed, "A login is 1 to 32 of the characters a-z, 0-9, dot, underscore and dash.");
}

Result<void> check_new_password(std::string_view password) {
  if (password.size() >= min_password && password.size() <= max_password) return {};
  return fail(ErrorCode::malformed, "A password must be 10 to 1024 bytes long.");
}

void prepare_password_checks() { nobodys_hash(); }

Result<ledger::StaffMember> check_password(ledger::StaffStore& staff, const std::string& login,
                                           std::string_view password) {
  std::optional<ledger::StaffMember> member;
  if (check_login(login)) {
    auto found = staff.staff(login);
    if (!found) return fail(std::move(found.error()));
    member = std::move(*found);
  }
  const bool right = crypto::password_matches(member ? member->password_hash : nobodys_hash(), password);
  if (!right || !member) return fail(ErrorCode::bad_login, "Login or password is wrong. Check both and try again.");
  return std::move(*member);
}

Result<void> confirm_password(ledger::StaffStore& staff, LoginGuard& logins, const Clock& clock, const Caller& caller,
                              const std::string& address, std::string_view password) {
  const Timestamp now = clock();
  const std::string& login = caller.session->login;
  if (const unsigned wait = logins.begin(login, address, now); wait > 0) return fail(too_many_tries(wait));
  const auto member = check_password(staff, login, password);
  if (member || member.error().code != ErrorCode::bad_login) logins.forgive(login, address, now);
  if (member) return {};
  if (member.error().code != ErrorCode::bad_login) return fail(member.error());
  return fail(ErrorCode::bad_login, "The password is wrong. Check it and try again.");
}

Error too_many_tries(unsigned wait) {
  return {ErrorCode::rate_limited, "Too many wrong tries; wait " + std::to_string(wait) + " seconds and try again."};
}

}  // namespace suara::http
