#include "projections/activity/rows.hpp"

#include "ledger/mariadb/connection.hpp"
#include "projections/activity/fold.hpp"
#include "projections/folded.hpp"

namespace suara::projections::activity {
namespace {

using ledger::mariadb::BulkRows;
using ledger::mariadb::Connection;

Result<void> write_changes(Connection& connection, LedgerId ledger, const State&, const Changes& changes) {
  if (changes.empty()) return {};
  BulkRows rows(3);
  for (const Told& told : changes) rows.add({ledger, told.seq, told.type});
  auto done = connection.run_bulk("INSERT INTO activity (ledger_id, seq, type) VALUES (?, ?, ?)", rows);
  if (!done) return fail(std::move(done).error());
  return {};
}

class Activity : public Projection {
 public:
  std::string_view name() const override { return "activity"; }
  std::uint32_t version() const override { return activity::version; }
  std::vector<std::string_view> tables() const override { return {"activity"}; }
  Result<std::unique_ptr<LedgerFold>> load(Connection&, LedgerId) const override {
    return std::make_unique<Folded<State, Changes, fold, write_changes>>(State{});
  }
};

}  // namespace

std::unique_ptr<Projection> make_projection() { return std::make_unique<Activity>(); }

}  // namespace suara::projections::activity
