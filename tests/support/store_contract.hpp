#pragma once
#include "ledger/event_store.hpp"
#include "ledger/share_store.hpp"
#include "ledger/roll_store.hpp"
#include "ledger/staff_store.hpp"

// What every store must keep to, as Catch checks; each wants an empty store.
namespace suara::test {

void check_event_store(ledger::EventStore& store);
void check_share_store(ledger::ShareStore& shares, LedgerId ledger);
void check_staff_store(ledger::StaffStore& staff);
void check_roll_store(ledger::RollStore& roll, LedgerId ledger);

// Rows that continue `head`, of `bytes` each, and the head after them.
std::vector<ledger::EntryRow> rows_after(const ledger::Head& head, std::size_t count, std::size_t bytes = 40);
ledger::Head head_after(const ledger::Head& head, const std::vector<ledger::EntryRow>& rows);

}  // namespace suara::test
