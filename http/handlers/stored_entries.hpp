#pragma once
#include "http/handler.hpp"
#include "http/ledgers.hpp"
#include "ledger/event_store.hpp"

namespace suara::http {

// The rows behind an entry bundle as the database holds them now, in the bundle's form. `{rest}` is the bundle's
// number.
Handler show_stored_entries(ledger::EventStore& store, Ledgers& ledgers);

}  // namespace suara::http
