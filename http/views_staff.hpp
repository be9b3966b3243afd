#pragma once
#include <string>
#include <vector>

#include "http/caller.hpp"
#include "ledger/staff_store.hpp"

// JSON of accounts and sessions.
namespace suara::http::views {

std::string session(const ledger::StaffSession& session);
std::string sessions(const std::vector<ledger::StaffSession>& sessions, const Hash& current);
// What names a session to its owner; tells nothing of its token.
std::string session_id(const ledger::StaffSession& session);

std::string staff_added(const std::string& login, election::Role role);
std::string staff(const std::vector<ledger::StaffMember>& members);

std::string setup(bool needed);
std::string totp_offer(const std::string& secret, const std::string& uri);

}  // namespace suara::http::views
