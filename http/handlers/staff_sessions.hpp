#pragma once
#include "http/access.hpp"
#include "http/handler.hpp"
#include "http/login_guard.hpp"

namespace suara::http {

// `tls`: the cookie may then travel over TLS only.
Handler log_in(ledger::StaffStore& staff, LoginGuard& logins, Clock clock, bool tls);
Handler show_session();
Handler log_out(ledger::StaffStore& staff, bool tls);

// The account's own sessions.
Handler list_sessions(ledger::StaffStore& staff, Clock clock);
Handler end_session(ledger::StaffStore& staff, Clock clock);

// A new session of a member whose password was checked, as the answer that sets its cookie. Error: unavailable.
Result<Response> open_session(ledger::StaffStore& staff, const ledger::StaffMember& member, Timestamp now, bool tls,
                              unsigned status);

}  // namespace suara::http
