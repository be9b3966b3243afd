#pragma once
#include <string>

#include "http/access.hpp"
#include "http/handler.hpp"
#include "ledger/command_handler.hpp"

namespace suara::http {

Handler list_elections(ledger::CommandHandler& commands);
Handler show_election(ledger::CommandHandler& commands);
// `appoint=none` in the query appoints only the member who drafts; otherwise every account with a role of its own
// serves in it, but for administrators, who need none, and officers, who need a place.
Handler draft_election(ledger::CommandHandler& commands, ledger::StaffStore& staff, std::string origin_prefix,
                       Clock clock);

}  // namespace suara::http
