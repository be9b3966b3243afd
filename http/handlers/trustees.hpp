#pragma once
#include "http/handler.hpp"
#include "ledger/command_handler.hpp"

namespace suara::http {

Handler publish_trustee_key(ledger::CommandHandler& commands);
Handler show_decryption(ledger::CommandHandler& commands);
Handler submit_decryption(ledger::CommandHandler& commands);

}  // namespace suara::http
