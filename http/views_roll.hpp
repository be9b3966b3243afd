#pragma once
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/election/state.hpp"
#include "ledger/command_handler.hpp"
#include "ledger/roll_store.hpp"
#include "projections/attendance/queries.hpp"

// What the API answers about voters, as JSON.
namespace suara::http::views {

using Attendances = std::unordered_map<Hash, projections::attendance::Attended>;

// `places` are ids with their number of voters, in the draft's order.
std::string roll_report(const std::vector<std::pair<std::string, std::uint64_t>>& places, bool imported);
std::string voters(const ledger::RollPage& page, const Attendances& attended);
std::string roll_counts(const election::Summary& summary, const std::vector<ledger::ClassCount>& classes);
std::string erased(std::uint64_t voters);
std::string marked(const ledger::Receipt& receipt, const PlaceId& place, codec::Delivery delivery);

}  // namespace suara::http::views
