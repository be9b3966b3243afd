#include "ledger/mariadb/maria_devices.hpp"

namespace suara::ledger::mariadb {
namespace {

std::optional<ClaimedDevice> first_of(const Rows& rows) {
  if (rows.empty()) return std::nullopt;
  const Row row = rows[0];
  return ClaimedDevice{LedgerId{static_cast<std::uint32_t>(row.u64(0))}, std::string(row.text(1))};
}

}  // namespace

Result<void> MariaDevices::set_code(LedgerId ledger, const std::string& device, const Hash& code_hash,
                                    Timestamp expires) {
  return together([&](Connection& connection) -> Result<void> {
    auto added = connection.run("INSERT IGNORE INTO devices (ledger_id, device) VALUES (?, ?)", {ledger, device});
    if (!added) return fail(std::move(added).error());
    return forget_rows(
        connection.run("UPDATE devices SET code_hash = ?, code_expires = ? WHERE ledger_id = ? AND device = ?",
                       {code_hash, expires, ledger, device}));
  });
}

Result<std::optional<ClaimedDevice>> MariaDevices::claim(const Hash& code_hash, const Hash& token_hash, Timestamp now,
                                                         Timestamp expires) {
  std::optional<ClaimedDevice> found;
  auto done = together([&](Connection& connection) -> Result<void> {
    auto rows = connection.query(
        "SELECT ledger_id, device FROM devices WHERE code_hash = ? AND code_expires > ? FOR UPDATE", {code_hash, now});
    if (!rows) return fail(std::move(rows).error());
    found = first_of(*rows);
    if (!found) return {};
    return forget_rows(connection.run(
        "UPDATE devices SET code_hash = NULL, token_hash = ?, token_expires = ? WHERE ledger_id = ? AND device = ?",
        {token_hash, expires, found->ledger, found->device}));
  });
  if (!done) return fail(std::move(done).error());
  return found;
}

Result<std::optional<ClaimedDevice>> MariaDevices::device(const Hash& token_hash, Timestamp now) {
  return query("SELECT ledger_id, device FROM devices WHERE token_hash = ? AND token_expires > ?", {token_hash, now})
      .map(&first_of);
}

Result<std::set<std::string>> MariaDevices::claimed(LedgerId ledger, Timestamp now) {
  return query(
             "SELECT device FROM devices WHERE ledger_id = ? AND token_hash IS NOT NULL AND token_expires > ? "
             "LIMIT 10000",
             {ledger, now})
      .map([](const Rows& rows) {
        std::set<std::string> devices;
        for (const Row row : rows) devices.emplace(row.text(0));
        return devices;
      });
}

Result<void> MariaDevices::release(const Hash& token_hash) {
  return forget_rows(run("UPDATE devices SET token_hash = NULL WHERE token_hash = ?", {token_hash}));
}

Result<void> MariaDevices::remove(LedgerId ledger, const std::string& device) {
  return forget_rows(run("DELETE FROM devices WHERE ledger_id = ? AND device = ?", {ledger, device}));
}

}  // namespace suara::ledger::mariadb
