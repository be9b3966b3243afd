#include "projections/advance.hpp"

#include <fmt/format.h>

#include "ledger/mariadb/connection.hpp"
#include "ledger/mariadb/pool.hpp"
#include "projections/position.hpp"

namespace suara::projections {

using ledger::mariadb::Transaction;

Result<bool> Advance::load() {
  if (fold_) return false;
  auto connection = pool_.acquire();
  if (!connection) return fail(std::move(connection).error());
  bool cleared = false;
  for (;;) {
    auto transaction = Transaction::begin(**connection);
    if (!transaction) return fail(std::move(transaction).error());
    const auto position = lock_position(**connection, projection_, ledger_);
    if (!position) return fail(position.error());
    if (position->version == projection_.version()) {
      auto fold = projection_.load(**connection, ledger_);
      if (!fold) return fail(std::move(fold).error());
      if (auto ok = transaction->commit(); !ok) return fail(ok.error());
      fold_ = std::move(*fold);
      position_ = position->next_seq;
      return cleared;
    }
    if (auto ok = transaction->commit(); !ok) return fail(ok.error());
    if (auto ok = clear_rows(**connection, projection_, ledger_); !ok) return fail(ok.error());
    cleared = true;
  }
}

Result<void> Advance::apply(const std::vector<Fact>& facts) {
  auto done = fold_and_write(facts);
  if (!done) fold_.reset();  // it may be ahead of the rows
  return done;
}

Result<void> Advance::fold_and_write(const std::vector<Fact>& facts) {
  auto connection = pool_.acquire();
  if (!connection) return fail(std::move(connection).error());
  auto transaction = Transaction::begin(**connection);
  if (!transaction) return fail(std::move(transaction).error());
  const auto stored = lock_position(**connection, projection_, ledger_);
  if (!stored) return fail(stored.error());
  if (stored->version != projection_.version() || stored->next_seq < position_)
    return fail(ErrorCode::unavailable,
                fmt::format("The rows of {} are being built again by another process.", projection_.name()));

  const std::uint64_t written = stored->next_seq - position_;  // by other processes
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (i == written) fold_->discard();
    fold_->fold(facts[i]);
  }
  if (written >= facts.size()) {
    fold_->discard();
  } else {
    const Position next{projection_.version(), position_ + facts.size()};
    if (auto ok = fold_->write(**connection, ledger_); !ok) return ok;
    if (auto ok = save_position(**connection, projection_, ledger_, next); !ok) return ok;
    if (auto ok = transaction->commit(); !ok) return ok;
  }
  position_ += facts.size();
  return {};
}

}  // namespace suara::projections
