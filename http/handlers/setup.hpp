#pragma once
#include "http/access.hpp"
#include "http/handler.hpp"
#include "http/setup_token.hpp"

namespace suara::http {

// The first administrator, made by whoever can read the service's own files. Only while there is no staff.
Handler show_setup(ledger::StaffStore& staff, SetupToken& token);
Handler set_up(ledger::StaffStore& staff, SetupToken& token, Clock clock, bool tls);

}  // namespace suara::http
