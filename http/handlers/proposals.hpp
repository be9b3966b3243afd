#pragma once
#include "http/handler.hpp"
#include "ledger/command_handler.hpp"

namespace suara::http {

// The steps that need a second member of the committee under the approval policy `two`: one proposes, another takes the
// step itself (stages.hpp), and either takes a proposal back.
Handler list_proposals(ledger::CommandHandler& commands);
Handler propose_step(ledger::CommandHandler& commands);
Handler withdraw_proposal(ledger::CommandHandler& commands);

// Reason and entry may be left out where another member has proposed them.
Handler cancel_election(ledger::CommandHandler& commands);
Handler record_correction(ledger::CommandHandler& commands);

}  // namespace suara::http
