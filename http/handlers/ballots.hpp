#pragma once
#include "http/bounded_pool.hpp"
#include "http/handler.hpp"
#include "http/ledgers.hpp"
#include "http/metrics.hpp"
#include "ledger/command_handler.hpp"

namespace suara::ledger::mariadb {
class Pool;
}

namespace suara::http {

// Runs on `verify`, and comes back to it where it has to check proofs later.
Handler cast_ballot(ledger::CommandHandler& commands, BoundedPool& verify, Metrics& metrics);
// The same for a ballot that its voter opens instead of casting it.
Handler challenge_ballot(ledger::CommandHandler& commands, BoundedPool& verify, Metrics& metrics);
Handler list_ballots(ledger::mariadb::Pool& reads, Ledgers& ledgers);

}  // namespace suara::http
