#pragma once
#include <functional>
#include <string_view>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "projections/as_of.hpp"

namespace suara::ledger::mariadb {
class Connection;
class Pool;
}  // namespace suara::ledger::mariadb

namespace suara::projections {

using SnapshotReader = std::function<Result<void>(ledger::mariadb::Connection&, const AsOf&)>;

// Runs `read` over one moment of the database, so that a projection's position and its rows belong together. Where it
// has not begun, nothing is folded. Errors: unavailable, internal, the reader's.
Result<void> read_snapshot(ledger::mariadb::Pool& pool, std::string_view projection, LedgerId ledger,
                           const SnapshotReader& read);

}  // namespace suara::projections
