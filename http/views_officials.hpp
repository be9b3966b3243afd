#pragma once
#include <set>
#include <string>

#include "core/election/state.hpp"
#include "http/caller.hpp"
#include "ledger/command_handler.hpp"

// JSON of who serves in an election, what waits for approval, and the polling places' devices.
namespace suara::http::views {

// The account's roles in the election, and the names of the actions that some of them may do.
std::string me(const Caller& caller);
std::string officials(const election::Summary& summary);
std::string proposals(const election::Summary& summary);

// `claimed`: the ids of the devices that are.
std::string devices(const election::Summary& summary, const std::set<std::string>& claimed);
std::string device_code(const std::string& device, const std::string& code, const ledger::Receipt* enrolled);
std::string own_device(const CallingDevice& device, const election::Summary& summary);

}  // namespace suara::http::views
