#pragma once
#include "http/handler.hpp"
#include "ledger/command_handler.hpp"

namespace suara::http {

// Who serves in an election, in which role.
Handler show_me();
Handler list_officials(ledger::CommandHandler& commands);
Handler appoint_official(ledger::CommandHandler& commands, ledger::StaffStore& staff);
Handler revoke_official(ledger::CommandHandler& commands);

}  // namespace suara::http
