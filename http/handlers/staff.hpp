#pragma once
#include "http/handler.hpp"

namespace suara::http {

// What administrators do with accounts. Each changes the one account that it names.
Handler list_staff(ledger::StaffStore& staff);
Handler add_staff(ledger::StaffStore& staff);
Handler remove_staff(ledger::StaffStore& staff);
Handler reset_staff(ledger::StaffStore& staff);

}  // namespace suara::http
