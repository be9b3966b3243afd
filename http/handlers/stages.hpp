#pragma once
#include "http/handler.hpp"
#include "ledger/command_handler.hpp"

namespace suara::http {

// The draft as it stands, exactly as it could be sent again; and one in its place.
Handler show_draft(ledger::CommandHandler& commands);
Handler revise_draft(ledger::CommandHandler& commands);

// The steps that carry no data of their own: what they record is made from the ledger's state.
Handler seal_election(ledger::CommandHandler& commands);
Handler open_election(ledger::CommandHandler& commands);
Handler close_election(ledger::CommandHandler& commands);
Handler publish_result(ledger::CommandHandler& commands);
Handler certify_result(ledger::CommandHandler& commands);

// A new signing key for the ledger, made by the service.
Handler rotate_key(ledger::CommandHandler& commands);

}  // namespace suara::http
