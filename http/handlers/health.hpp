#pragma once
#include "http/handler.hpp"
#include "http/live_hub.hpp"
#include "http/metrics.hpp"
#include "http/pools.hpp"
#include "ledger/command_handler.hpp"
#include "ledger/publisher.hpp"
#include "ledger/teller.hpp"
#include "ledger/witness_feed.hpp"
#include "projections/runner.hpp"

namespace suara::http {

// 200 while everything works, else 503 with the reasons.
Handler show_health(ledger::CommandHandler& commands, ledger::Publisher& publisher, ledger::Teller& teller,
                    projections::Runner& projections);
Handler show_metrics(Metrics& metrics, ledger::CommandHandler& commands, projections::Runner& projections,
                     ledger::Publisher& publisher, const ledger::WitnessFeed& witnesses, Pools& pools, LiveHub& live);

}  // namespace suara::http
