#pragma once
#include "ledger/mariadb/statements.hpp"
#include "ledger/share_store.hpp"

namespace suara::ledger::mariadb {

// Sealed shares in MariaDB (schema/sql/023).
class MariaShares : public ShareStore, private Statements {
 public:
  explicit MariaShares(const Config& config, std::size_t connections = 4) : Statements(config, connections) {}

  Result<void> add_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) override;
  Result<void> keep_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) override;
  Result<std::vector<SealedShare>> shares_for(LedgerId ledger, std::uint32_t recipient) override;
  Result<void> remove_shares(LedgerId ledger) override;
};

}  // namespace suara::ledger::mariadb
