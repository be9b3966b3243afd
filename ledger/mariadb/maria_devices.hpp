#pragma once
#include "ledger/device_store.hpp"
#include "ledger/mariadb/statements.hpp"

namespace suara::ledger::mariadb {

// The devices' codes and tokens in MariaDB (schema/sql/027).
class MariaDevices : public DeviceStore, private Statements {
 public:
  explicit MariaDevices(const Config& config, std::size_t connections = 4) : Statements(config, connections) {}

  Result<void> set_code(LedgerId ledger, const std::string& device, const Hash& code_hash, Timestamp expires) override;
  Result<std::optional<ClaimedDevice>> claim(const Hash& code_hash, const Hash& token_hash, Timestamp now,
                                             Timestamp expires) override;
  Result<std::optional<ClaimedDevice>> device(const Hash& token_hash, Timestamp now) override;
  Result<std::set<std::string>> claimed(LedgerId ledger, Timestamp now) override;
  Result<void> release(const Hash& token_hash) override;
  Result<void> remove(LedgerId ledger, const std::string& device) override;
};

}  // namespace suara::ledger::mariadb
