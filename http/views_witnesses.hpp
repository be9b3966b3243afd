#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger/witness_feed.hpp"

namespace suara::http::views {

std::string witnesses(const std::optional<election::WitnessPolicy>& policy,
                      const std::vector<ledger::WitnessStatus>& list,
                      const std::optional<ledger::Witnessed>& witnessed);

}  // namespace suara::http::views
