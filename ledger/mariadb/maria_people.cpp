#include "ledger/mariadb/maria_people.hpp"

namespace suara::ledger::mariadb {

Result<void> MariaPeople::add_voters(LedgerId ledger, const std::vector<VoterRow>& rows) {
  BulkRows bulk(8);
  for (const VoterRow& row : rows) {
    bulk.add({ledger, row.id, row.name, row.klass, row.place, row.salt, row.commitment, row.weight});
  }
  auto inserted = run_together(
      "INSERT INTO voters (ledger_id, id, name, class, place, salt, commitment, weight) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      bulk);
  if (inserted || inserted.error().code != ErrorCode::conflict) return inserted;
  return fail(ErrorCode::conflict, "A voter with this number is enrolled already.");
}

Result<void> MariaPeople::remove_voters(LedgerId ledger, const std::vector<VoterRow>& rows) {
  BulkRows bulk(2);
  for (const VoterRow& row : rows) bulk.add({ledger, row.id});
  return run_together("DELETE FROM voters WHERE ledger_id = ? AND id = ?", bulk);
}

Result<std::vector<VoterRow>> MariaPeople::voters(LedgerId ledger, const std::optional<VoterId>& after,
                                                  std::size_t limit) {
  // Every id is longer than the empty text, which so stands for "from the first".
  auto rows = query(
      "SELECT id, name, class, place, salt, commitment, weight FROM voters WHERE ledger_id = ? AND id > ? "
      "ORDER BY id LIMIT ?",
      {ledger, after ? after->value : std::string_view(), limit});
  if (!rows) return fail(std::move(rows).error());
  std::vector<VoterRow> out;
  for (const Row row : *rows) {
    auto commitment = row.hash(5);
    if (!commitment) return fail(std::move(commitment).error());
    const ByteView salt = row.bytes(4);
    out.push_back({VoterId{std::string(row.text(0))}, std::string(row.text(1)), std::string(row.text(2)),
                   PlaceId{std::string(row.text(3))}, Bytes(salt.begin(), salt.end()), *commitment, row.u64(6)});
  }
  return out;
}

Result<void> MariaPeople::add_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) {
  BulkRows bulk(4);
  std::uint32_t recipient = 0;
  for (const Bytes& share : sealed) bulk.add({ledger, sender, ++recipient, share});
  return run_together("INSERT IGNORE INTO sealed_shares (ledger_id, sender, recipient, sealed) VALUES (?, ?, ?, ?)",
                      bulk);
}

Result<void> MariaPeople::keep_shares(LedgerId ledger, std::uint32_t sender, const std::vector<Bytes>& sealed) {
  BulkRows bulk(4);
  std::uint32_t recipient = 0;
  for (const Bytes& share : sealed) bulk.add({ledger, sender, ++recipient, share});
  return run_together("DELETE FROM sealed_shares WHERE ledger_id = ? AND sender = ? AND recipient = ? AND sealed <> ?",
                      bulk);
}

Result<std::vector<SealedShare>> MariaPeople::shares_for(LedgerId ledger, std::uint32_t recipient) {
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

Result<void> MariaPeople::remove_shares(LedgerId ledger) {
  return run("DELETE FROM sealed_shares WHERE ledger_id = ?", {ledger}).map([](std::uint64_t) {});
}

}  // namespace suara::ledger::mariadb
