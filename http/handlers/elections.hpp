#pragma once
#include <string>

#include "http/access.hpp"
#include "http/handler.hpp"
#include "ledger/command_handler.hpp"

namespace suara::http {

Handler list_elections(ledger::CommandHandler& commands);
Handler show_election(ledger::CommandHandler& commands);
Handler draft_election(ledger::CommandHandler& commands, std::string origin_prefix, Clock clock);

}  // namespace suara::http
