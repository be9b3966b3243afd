#pragma once
#include "http/handler.hpp"
#include "ledger/exporter.hpp"

namespace suara::http {

// A file of an election that is over, sent from the disk.
Handler download(ledger::Exporter& exporter, ledger::ExportKind kind);

}  // namespace suara::http
