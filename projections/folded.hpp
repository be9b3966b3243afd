#pragma once
#include "projections/projection.hpp"

namespace suara::projections {

// A LedgerFold of a pure fold: `fold(state, fact, changes)` and `write_changes(connection, ledger, state, changes)`.
template <class State, class Changes, auto fold_fact, auto write_changes>
class Folded : public LedgerFold {
 public:
  explicit Folded(State state) : state_(std::move(state)) {}
  void fold(const Fact& fact) override { fold_fact(state_, fact, changes_); }
  Result<void> write(ledger::mariadb::Connection& connection, LedgerId ledger) override {
    auto written = write_changes(connection, ledger, state_, changes_);
    discard();
    return written;
  }
  void discard() override { changes_ = Changes{}; }

 private:
  State state_;
  Changes changes_;
};

}  // namespace suara::projections
