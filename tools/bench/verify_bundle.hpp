#pragma once
#include "core/base/ids.hpp"
#include "tools/bench/figure.hpp"
#include "tools/bench/options.hpp"

// suara-verify, as an auditor would run it, on the log that suarad published. It must find it whole.
namespace suara::bench {

void measure_verify_ballots(const Options& options, const ElectionUuid& uuid, const Wall& one_core);
void measure_verify_entries(const Options& options, const ElectionUuid& uuid, std::uint64_t entries,
                            const Wall& signatures);

}  // namespace suara::bench
