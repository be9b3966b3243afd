#pragma once
#include "core/election/state.hpp"
#include "http/caller.hpp"
#include "http/route.hpp"

namespace suara::http {

// What an account may act as in an election: an administrator as such, everybody as what the ledger appoints the login
// to. A ledger that appoints nobody is run by the accounts' own roles.
std::vector<HeldRole> roles_held(const election::Summary& summary, const ledger::StaffSession& session);

// Of the held roles one that may use the route; nothing where none may.
std::optional<election::Role> acting_role(const std::vector<HeldRole>& held, const Roles& allowed);

}  // namespace suara::http
