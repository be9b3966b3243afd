#pragma once
#include "http/handler.hpp"
#include "ledger/command_handler.hpp"
#include "ledger/witness_feed.hpp"

namespace suara::http {

Handler show_witnesses(ledger::CommandHandler& commands, const ledger::WitnessFeed& witnesses);

// The same as JSON, for the live stream.
std::string witnesses_json(const election::Summary& summary, const ledger::WitnessFeed& witnesses);

}  // namespace suara::http
