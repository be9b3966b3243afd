#pragma once
#include "http/handler.hpp"
#include "http/ledgers.hpp"
#include "ledger/roll_keeper.hpp"

namespace suara::http {

// One voter of the roll: added, corrected or moved, removed; before the election is sealed.
Handler add_voter(ledger::CommandHandler& commands, ledger::RollKeeper& roll, Ledgers& ledgers);
Handler correct_voter(ledger::CommandHandler& commands, ledger::RollKeeper& roll, Ledgers& ledgers);
Handler remove_voter(ledger::CommandHandler& commands, ledger::RollKeeper& roll, Ledgers& ledgers);
// Of the voter that `{id}` names, or of all: what is kept outside the ledger is erased, once voting is over.
Handler erase_voters(ledger::CommandHandler& commands, ledger::RollKeeper& roll, Ledgers& ledgers);

}  // namespace suara::http
