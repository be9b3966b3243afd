#pragma once
#include "http/access.hpp"
#include "http/handler.hpp"
#include "http/login_guard.hpp"

namespace suara::http {

// What everybody may change of their own account, and of no other.
Handler change_password(ledger::StaffStore& staff, LoginGuard& logins, Clock clock);
Handler offer_totp(ledger::StaffStore& staff);
Handler confirm_totp(ledger::StaffStore& staff, LoginGuard& logins, Clock clock);
Handler remove_totp(ledger::StaffStore& staff, LoginGuard& logins, Clock clock);

}  // namespace suara::http
