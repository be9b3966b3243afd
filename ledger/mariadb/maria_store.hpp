#pragma once
#include "ledger/event_store.hpp"
#include "ledger/mariadb/pool.hpp"

namespace suara::ledger::mariadb {

// The ledgers in MariaDB (schema/sql/00*). Appending has connections of its own, so that readers never hold it up.
class MariaStore : public EventStore {
 public:
  explicit MariaStore(const Config& config, std::size_t readers = 8);

  Result<LedgerInfo> create_ledger(const ElectionUuid& uuid, const Origin& origin) override;
  Result<std::vector<LedgerInfo>> ledgers() override;
  Result<std::vector<LedgerSize>> sizes() override;
  Result<Head> head(LedgerId ledger) override;
  Result<std::vector<EntryRow>> read(LedgerId ledger, Seq from, std::size_t max_entries,
                                     std::size_t max_bytes) override;
  Result<std::unique_ptr<AppendTransaction>> begin_append(LedgerId ledger) override;
  Result<void> save_checkpoint(LedgerId ledger, std::uint64_t size, const std::string& note) override;
  Result<std::optional<std::string>> latest_checkpoint(LedgerId ledger) override;

 private:
  Pool writers_;
  Pool readers_;
};

}  // namespace suara::ledger::mariadb
