#pragma once
#include <map>
#include <mutex>

#include "ledger/event_store.hpp"

namespace suara::http {

// The database's number and the origin of an election's ledger; they never change, so they are asked for once.
class Ledgers {
 public:
  explicit Ledgers(ledger::EventStore& store) : store_(store) {}
  // Blocks. Errors: not_found, unavailable.
  Result<ledger::LedgerInfo> find(const ElectionUuid& uuid);
  Result<ledger::LedgerInfo> find(LedgerId id);

 private:
  template <class Wanted>
  Result<ledger::LedgerInfo> find_where(const Wanted& wanted);

  ledger::EventStore& store_;
  std::mutex mutex_;
  std::map<ElectionUuid, ledger::LedgerInfo> known_;
};

}  // namespace suara::http
