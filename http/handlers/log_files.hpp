#pragma once
#include "http/handler.hpp"
#include "ledger/publisher.hpp"

// The bulletin board: a ledger's public log as C2SP tlog-tiles has it, from the files that the publisher wrote and
// nothing else; no database is asked. Pages of any site may read it, its refusals too.
namespace suara::http {

// checkpoint, checkpoint.witnessed, keys.json, tile/...
Handler show_log_file(ledger::Publisher& publisher);
// What a browser asks before it sends a reader's If-None-Match from another site.
Handler allow_log_readers();

}  // namespace suara::http
