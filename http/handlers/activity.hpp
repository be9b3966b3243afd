#pragma once
#include "http/handler.hpp"
#include "http/ledgers.hpp"

namespace suara::ledger::mariadb {
class Pool;
}

namespace suara::http {

// The event feed, newest first.
Handler list_events(ledger::mariadb::Pool& reads, Ledgers& ledgers);
Handler list_incidents(ledger::mariadb::Pool& reads, Ledgers& ledgers);

// For the stream: the latest events. Blocks on the database.
Result<std::string> latest_events(ledger::mariadb::Pool& reads, LedgerId ledger);

}  // namespace suara::http
