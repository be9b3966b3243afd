#pragma once
#include "http/handler.hpp"
#include "ledger/command_handler.hpp"

namespace suara::http {

// What is said of an election while it is held.
Handler extend_voting(ledger::CommandHandler& commands);
Handler note_incident(ledger::CommandHandler& commands);

}  // namespace suara::http
