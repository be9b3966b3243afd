#pragma once
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "http/access.hpp"
#include "http/login_guard.hpp"

// What logins and passwords must be, and how a password is asked for.
namespace suara::http {

constexpr std::size_t max_password = 1024;

// Errors: malformed.
Result<void> check_login(std::string_view login);
Result<void> check_new_password(std::string_view password);

// Whoever logs in. Of an unknown login as much is computed as of a known one, so that the time of an answer does not
// tell which logins exist. Errors: bad_login, unavailable.
Result<ledger::StaffMember> check_password(ledger::StaffStore& staff, const std::string& login,
                                           std::string_view password);
// Makes what the first wrong login would otherwise make late.
void prepare_password_checks();

// The session's owner shows the password once more; wrong tries count as those of logging in do.
// Errors: bad_login, rate_limited, unavailable.
Result<void> confirm_password(ledger::StaffStore& staff, LoginGuard& logins, const Clock& clock, const Caller& caller,
                              const std::string& address, std::string_view password);

Error too_many_tries(unsigned wait);

}  // namespace suara::http
