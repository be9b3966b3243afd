#pragma once
#include "http/handler.hpp"
#include "http/ledgers.hpp"
#include "ledger/command_handler.hpp"
#include "ledger/share_store.hpp"

namespace suara::http {

// The key ceremony of an election's threshold trustees.
Handler show_ceremony(ledger::CommandHandler& commands);
Handler publish_certificate(ledger::CommandHandler& commands);
Handler publish_coefexps(ledger::CommandHandler& commands, ledger::ShareStore& shares, Ledgers& ledgers);
Handler show_sealed_shares(ledger::CommandHandler& commands, ledger::ShareStore& shares, Ledgers& ledgers);
Handler confirm_share(ledger::CommandHandler& commands);
Handler restart_ceremony(ledger::CommandHandler& commands, ledger::ShareStore& shares, Ledgers& ledgers);

}  // namespace suara::http
