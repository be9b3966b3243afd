#pragma once
#include "http/access.hpp"
#include "http/handler.hpp"
#include "http/ledgers.hpp"
#include "http/live_hub.hpp"
#include "http/rejections.hpp"
#include "ledger/command_handler.hpp"
#include "ledger/publisher.hpp"
#include "ledger/witness_feed.hpp"
#include "projections/runner.hpp"

namespace suara::ledger::mariadb {
class Pool;
}

namespace suara::http {

Handler show_turnout(ledger::mariadb::Pool& reads, Ledgers& ledgers);
Handler show_tally(ledger::mariadb::Pool& reads, Ledgers& ledgers);
Handler show_ledger(ledger::CommandHandler& commands, ledger::Publisher& publisher, projections::Runner& projections);
Handler open_stream(ledger::CommandHandler& commands, LiveHub& live);

// What the stream of an election tells: `election`, `turnout`, `tally`, `ledger`, `witnesses`, `activity` (the latest
// events) and `alerts` (their number). Blocks on the database.
LiveHub::Snapshot live_snapshot(ledger::CommandHandler& commands, ledger::Publisher& publisher,
                                const ledger::WitnessFeed& witnesses, projections::Runner& projections,
                                ledger::mariadb::Pool& reads, Ledgers& ledgers, const Rejections& rejections,
                                Clock clock);

}  // namespace suara::http
