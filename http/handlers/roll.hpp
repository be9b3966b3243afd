#pragma once
#include "http/handler.hpp"
#include "http/ledgers.hpp"
#include "ledger/command_handler.hpp"
#include "ledger/people_store.hpp"

namespace suara::http {

Handler import_roll(ledger::CommandHandler& commands, ledger::PeopleStore& people, Ledgers& ledgers);
Handler list_voters(ledger::PeopleStore& people, Ledgers& ledgers);
Handler import_credentials(ledger::CommandHandler& commands);

}  // namespace suara::http
