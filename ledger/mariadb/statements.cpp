#include "ledger/mariadb/statements.hpp"

namespace suara::ledger::mariadb {

tl::unexpected<Error> Statements::refused(Error error) {
  if (error.code != ErrorCode::integrity && error.code != ErrorCode::conflict && error.code != ErrorCode::not_found) {
    error.code = ErrorCode::unavailable;
  }
  return fail(std::move(error));
}

Result<Rows> Statements::query(std::string_view sql, Values values) {
  auto connection = pool_.acquire();
  if (!connection) return refused(std::move(connection).error());
  auto rows = (*connection)->query(sql, values);
  if (!rows) return refused(std::move(rows).error());
  return rows;
}

Result<std::uint64_t> Statements::run(std::string_view sql, Values values) {
  auto connection = pool_.acquire();
  if (!connection) return refused(std::move(connection).error());
  auto done = (*connection)->run(sql, values);
  if (!done) return refused(std::move(done).error());
  return done;
}

Result<void> Statements::run_together(std::string_view sql, const BulkRows& rows) {
  return together([&](Connection& connection) { return connection.run_bulk(sql, rows).map([](std::uint64_t) {}); });
}

}  // namespace suara::ledger::mariadb
