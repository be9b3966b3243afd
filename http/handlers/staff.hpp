#pragma once
#include "http/access.hpp"
#include "http/handler.hpp"
#include "http/login_guard.hpp"

namespace suara::http {

// `tls`: the cookie may then travel over TLS only.
Handler log_in(ledger::PeopleStore& people, LoginGuard& logins, Clock clock, bool tls);
Handler show_session();
Handler log_out(ledger::PeopleStore& people, bool tls);
Handler add_staff(ledger::PeopleStore& people);

// What a login and a new password must be. Error: malformed.
Result<void> check_login(std::string_view login);
Result<void> check_new_password(std::string_view password);

}  // namespace suara::http
