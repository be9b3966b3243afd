#include "projections/attendance/queries.hpp"

#include "core/crypto/encoding.hpp"
#include "ledger/mariadb/connection.hpp"
#include "projections/snapshot.hpp"

namespace suara::projections::attendance {

using ledger::mariadb::Connection;

Result<std::unordered_map<Hash, Attended>> attended(ledger::mariadb::Pool& pool, LedgerId ledger,
                                                    std::span<const Hash> commitments) {
  std::unordered_map<Hash, Attended> out;
  if (commitments.empty()) return out;
  // One statement for any number of voters.
  std::string wanted = "[";
  for (const Hash& commitment : commitments)
    wanted += (wanted.size() > 1 ? ",\"" : "\"") + crypto::to_hex(commitment.view()) + "\"";
  wanted += "]";
  const auto read = [&](Connection& connection, const AsOf&) -> Result<void> {
    const auto rows = connection.query(
        "SELECT a.commitment, a.seq, a.time, p.place "
        "FROM JSON_TABLE(?, '$[*]' COLUMNS (voter CHAR(64) PATH '$')) wanted "
        "STRAIGHT_JOIN attendance a ON a.ledger_id = ? AND a.commitment = UNHEX(wanted.voter) "
        "STRAIGHT_JOIN turnout_places p ON p.ledger_id = a.ledger_id AND p.position = a.position",
        {wanted, ledger});
    if (!rows) return fail(rows.error());
    for (const auto row : *rows) {
      const auto commitment = row.hash(0);
      if (!commitment) return fail(commitment.error());
      out[*commitment] = {Seq{row.u64(1)}, Timestamp{row.i64(2)}, PlaceId{std::string(row.text(3))}};
    }
    return {};
  };
  if (auto done = read_snapshot(pool, "turnout", ledger, read); !done) return fail(std::move(done).error());
  return out;
}

}  // namespace suara::projections::attendance
