#pragma once
#include <cstdint>

#include "tools/bench/options.hpp"
#include "tools/bench/service.hpp"

namespace suara::bench {

// Full tiles of a log of so many entries, over HTTP, beside the same bytes as assets of the pages: in turns, so that both
// meet the same machine. The files are made here by the ledger's own code.
void measure_static_log(const Service& service, const Options& options, std::uint64_t entries);

}  // namespace suara::bench
