#pragma once
#include "http/handler.hpp"
#include "http/ledgers.hpp"
#include "ledger/roll_keeper.hpp"

namespace suara::ledger::mariadb {
class Pool;
}

namespace suara::http {

Handler import_roll(ledger::CommandHandler& commands, ledger::RollKeeper& roll, Ledgers& ledgers);
// Whole for those who keep the roll; an officer sees the voters of his or her place alone.
Handler list_voters(ledger::CommandHandler& commands, ledger::RollKeeper& roll, ledger::mariadb::Pool& reads,
                    Ledgers& ledgers);
Handler count_voters(ledger::CommandHandler& commands, ledger::RollKeeper& roll, Ledgers& ledgers);

}  // namespace suara::http
