#pragma once
#include "http/access.hpp"
#include "http/handler.hpp"
#include "http/ledgers.hpp"
#include "http/rejections.hpp"

namespace suara::ledger::mariadb {
class Pool;
}

namespace suara::http {

// What a supervisor should look at.
Handler list_alerts(ledger::mariadb::Pool& reads, Ledgers& ledgers, const Rejections& rejections, Clock clock);

// For the stream: how many there are. Blocks on the database.
Result<std::string> count_alerts(ledger::mariadb::Pool& reads, const ledger::LedgerInfo& ledger,
                                 const Rejections& rejections, Timestamp now);

// The handler of ballots with its answers counted.
Handler counting_refusals(Handler ballots, Rejections& rejections, Clock clock);

}  // namespace suara::http
