#pragma once
#include "http/access.hpp"
#include "http/handler.hpp"
#include "http/nonces.hpp"
#include "ledger/command_handler.hpp"

namespace suara::http {

Handler give_challenge(ledger::CommandHandler& commands, const Nonces& nonces, Clock clock);
Handler sign_in(ledger::CommandHandler& commands, const Nonces& nonces, Clock clock);

}  // namespace suara::http
