#pragma once
#include "ledger/mariadb/pool.hpp"

namespace suara::ledger::mariadb {

// What the stores of shares, staff and devices ask their tables with: each call takes a connection for itself. Errors:
// unavailable; conflict (a key stands already); integrity.
class Statements {
 protected:
  Statements(const Config& config, std::size_t connections) : pool_(config, connections) {}

  Result<Rows> query(std::string_view sql, Values values);
  Result<std::uint64_t> run(std::string_view sql, Values values);
  Result<void> run_together(std::string_view sql, const BulkRows& rows);  // all of them or none
  // Runs `work` in a transaction, which is undone where it fails; its own errors pass as they are.
  template <class Work>
  Result<void> together(const Work& work) {
    auto connection = pool_.acquire();
    if (!connection) return refused(std::move(connection).error());
    auto transaction = Transaction::begin(**connection);
    if (!transaction) return refused(std::move(transaction).error());
    if (Result<void> done = work(**connection); !done) return refused(std::move(done).error());
    if (auto done = transaction->commit(); !done) return refused(std::move(done).error());
    return {};
  }

 private:
  static tl::unexpected<Error> refused(Error error);
  Pool pool_;
};

}  // namespace suara::ledger::mariadb
