#pragma once
#include "http/handler.hpp"
#include "ledger/command_handler.hpp"

namespace suara::http {

// The public halves of the voters' codes, and what becomes of them.
Handler import_credentials(ledger::CommandHandler& commands);
Handler withdraw_credentials(ledger::CommandHandler& commands);
Handler replace_credential(ledger::CommandHandler& commands);
Handler show_credential(ledger::CommandHandler& commands);

}  // namespace suara::http
