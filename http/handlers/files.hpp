#pragma once
#include <string>

#include "http/handler.hpp"
#include "http/static_files.hpp"
#include "ledger/publisher.hpp"

namespace suara::http {

// One page for an address; what it shows it learns from the address in the browser.
Handler show_page(StaticFiles& pages, std::string file);
Handler show_asset(StaticFiles& pages);
// Checkpoint, keys, tiles and entry bundles of a ledger, as the publisher wrote them. Readable from other sites.
Handler show_log_file(ledger::Publisher& publisher);

}  // namespace suara::http
