#include "projections/live_tally/queries.hpp"

#include "projections/live_tally/stored.hpp"
#include "projections/snapshot.hpp"

namespace suara::projections::live_tally {

std::string_view status_name(TallyStatus status) {
  switch (status) {
    case TallyStatus::none:
      return "none";
    case TallyStatus::sealed:
      return "sealed";
    case TallyStatus::preliminary:
      return "preliminary";
    case TallyStatus::tallied:
      return "tallied";
    case TallyStatus::certified:
      return "certified";
  }
  return "none";
}

Result<Tally> read_tally(ledger::mariadb::Pool& pool, LedgerId ledger) {
  Tally out;
  const auto read = [&](ledger::mariadb::Connection& connection, const AsOf& as_of) -> Result<void> {
    auto stored = read_stored(connection, ledger);
    if (!stored) return fail(std::move(stored).error());
    const bool counted = stored->status >= TallyStatus::preliminary;
    const Extent& extent = counted ? stored->published : stored->now;
    out = {as_of,
           stored->status,
           counted ? extent.through : std::nullopt,
           extent.accepted,
           extent.counted,
           counted ? extent.weight : std::nullopt,
           std::move(stored->contests)};
    return {};
  };
  if (auto done = read_snapshot(pool, "live_tally", ledger, read); !done) return fail(std::move(done).error());
  return out;
}

}  // namespace suara::projections::live_tally
