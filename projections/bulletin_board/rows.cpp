#include "projections/bulletin_board/rows.hpp"

#include "ledger/mariadb/connection.hpp"
#include "projections/bulletin_board/fold.hpp"
#include "projections/elements.hpp"
#include "projections/folded.hpp"

namespace suara::projections::bulletin_board {
namespace {

using ledger::mariadb::BulkRows;
using ledger::mariadb::Connection;

constexpr std::size_t page = 20'000;

Result<void> write_changes(Connection& connection, LedgerId ledger, const State&, const Changes& changes) {
  if (!changes.accepted.empty()) {
    BulkRows rows(6);
    for (const auto& item : changes.accepted)
      rows.add({ledger, item.seq, item.time, item.tracker, ByteView(item.credential.bytes), item.challenged ? 1u : 0u});
    auto done = connection.run_bulk(
        "INSERT INTO bulletin_board (ledger_id, seq, time, tracker, credential, challenged) VALUES (?, ?, ?, ?, ?, ?)",
        rows);
    if (!done) return fail(done.error());
  }
  if (!changes.replaced.empty()) {
    BulkRows rows(3);
    for (const auto& item : changes.replaced) rows.add({item.by, ledger, item.seq});
    auto done = connection.run_bulk("UPDATE bulletin_board SET replaced_by = ? WHERE ledger_id = ? AND seq = ?", rows);
    if (!done) return fail(done.error());
  }
  return {};
}

Result<State> load_state(Connection& connection, LedgerId ledger) {
  State state;
  std::uint64_t from = 0;
  for (;;) {
    const auto rows = connection.query(
        "SELECT seq, credential, replaced_by IS NULL AND challenged = 0 FROM bulletin_board WHERE ledger_id = ? AND "
        "seq >= ? "
        "ORDER BY seq LIMIT ?",
        {ledger, from, page});
    if (!rows) return fail(rows.error());
    for (const auto row : *rows) {
      from = row.u64(0) + 1;
      if (row.u64(2) == 0) continue;
      const auto credential = element_of(row.bytes(1));
      if (!credential) return fail(credential.error());
      state.last[*credential] = Seq{row.u64(0)};
    }
    if (rows->size() < page) return state;
  }
}

class BulletinBoard : public Projection {
 public:
  std::string_view name() const override { return "bulletin_board"; }
  std::uint32_t version() const override { return bulletin_board::version; }
  std::vector<std::string_view> tables() const override { return {"bulletin_board"}; }
  Result<std::unique_ptr<LedgerFold>> load(Connection& connection, LedgerId ledger) const override {
    auto state = load_state(connection, ledger);
    if (!state) return fail(state.error());
    return std::make_unique<Folded<State, Changes, fold, write_changes>>(std::move(*state));
  }
};

}  // namespace

std::unique_ptr<Projection> make_projection() { return std::make_unique<BulletinBoard>(); }

}  // namespace suara::projections::bulletin_board
