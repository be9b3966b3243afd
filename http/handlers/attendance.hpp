#pragma once
#include "http/handler.hpp"
#include "http/ledgers.hpp"
#include "ledger/roll_keeper.hpp"

namespace suara::http {

// An officer saw the voter: what is recorded names the roll's commitment, never a code.
Handler mark_attendance(ledger::CommandHandler& commands, ledger::RollKeeper& roll, Ledgers& ledgers);

}  // namespace suara::http
