#include "ledger/mariadb/maria_shares.hpp"

namespace suara::ledger::mariadb {

Result<void> MariaShares::add_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) {
  BulkRows bulk(4);
  std::uint32_t recipient = 0;
  for (const Bytes& share : sealed) bulk.add({ledger, sender, ++recipient, share});
  return run_together("INSERT IGNORE INTO sealed_shares (ledger_id, sender, recipient, sealed) VALUES (?, ?, ?, ?)",
                      bulk);
}

Result<void> MariaShares::keep_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) {
  BulkRows bulk(4);
  std::uint32_t recipient = 0;
  for (const Bytes& share : sealed) bulk.add({ledger, sender, ++recipient, share});
  return run_together("DELETE FROM sealed_shares WHERE ledger_id = ? AND sender = ? AND recipient = ? AND sealed <> ?",
                      bulk);
}

Result<std::vector<SealedShare>> MariaShares::shares_for(LedgerId ledger, std::uint32_t recipient) {
  auto rows = query("SELECT sender, sealed FROM sealed_shares WHERE ledger_id = ? AND recipient = ? ORDER BY sender",
                    {ledger, recipient});
  if (!rows) return fail(std::move(rows).error());
  std::vector<SealedShare> out;
  for (const Row row : *rows) {
    const ByteView sealed = row.bytes(1);
    out.push_back({static_cast<std::uint32_t>(row.u64(0)), Bytes(sealed.begin(), sealed.end())});
  }
  return out;
}

Result<void> MariaShares::remove_shares(LedgerId ledger) {
  return run("DELETE FROM sealed_shares WHERE ledger_id = ?", {ledger}).map([](std::uint64_t) {});
}

}  // namespace suara::ledger::mariadb
