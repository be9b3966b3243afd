#pragma once
#include "http/access.hpp"
#include "http/handler.hpp"
#include "http/login_guard.hpp"
#include "ledger/command_handler.hpp"

namespace suara::http {

// The polling places' devices: enrolled in the ledger, then claimed once by the code that is typed on them.
Handler list_devices(ledger::CommandHandler& commands, ledger::DeviceStore& devices, Ledgers& ledgers, Clock clock);
Handler enrol_device(ledger::CommandHandler& commands, ledger::DeviceStore& devices, Ledgers& ledgers, Clock clock);
Handler renew_device_code(ledger::CommandHandler& commands, ledger::DeviceStore& devices, Ledgers& ledgers,
                          Clock clock);
Handler revoke_device(ledger::CommandHandler& commands, ledger::DeviceStore& devices, Ledgers& ledgers);

// What the device itself asks.
Handler claim_device(ledger::CommandHandler& commands, ledger::DeviceStore& devices, Ledgers& ledgers,
                     LoginGuard& claims, Clock clock, bool tls);
Handler show_own_device(ledger::CommandHandler& commands);
Handler release_device(ledger::DeviceStore& devices, bool tls);

}  // namespace suara::http
