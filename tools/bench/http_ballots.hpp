#pragma once
#include <string>
#include <vector>

#include "tools/bench/figure.hpp"
#include "tools/bench/service.hpp"

namespace suara::bench {

// Posts every ballot once over keep-alive connections, and expects 201 for each. The client takes part of the same
// cores: the figure is what a machine does that also plays its voters.
void measure_http(const Service& service, const ElectionUuid& uuid, const std::vector<std::string>& ballots,
                  const Wall& all_cores);

}  // namespace suara::bench
