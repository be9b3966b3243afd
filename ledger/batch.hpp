#pragma once
#include <vector>

#include "ledger/command_handler.hpp"
#include "ledger/folded_ledger.hpp"

namespace suara::ledger {

// A command that waits for its turn.
struct Waiting {
  CommandSource command;
  election::Actor actor;
  CommandHandler::Done done;
};

// The commands of one commit: decided together, stored together, answered together.
class Batch {
 public:
  explicit Batch(std::vector<Waiting> commands) : commands_(std::move(commands)) {}

  // Decides each command after the ones before it and folds what it is allowed. One that is refused, throws or gives
  // an entry that is too large costs only itself. Stops before the command whose entries would exceed `max_bytes`, and
  // gives back that one and those after it, undecided. May be called again after the ledger was folded anew.
  std::vector<Waiting> decide(FoldedLedger& ledger, const KeySource& keys, const CommandHandler::Clock& clock,
                              std::size_t max_bytes);

  const std::vector<EntryRow>& rows() const { return rows_; }
  const Head& before() const { return before_; }  // the head that rows() continue
  const Head& after() const { return after_; }

  // What decide() found, now that rows() are durable.
  void answer(const FoldedLedger& ledger);
  // The same error to all.
  void refuse(const Error& error);

 private:
  struct Span {
    Seq first, last;
    bool repeated = false;
  };
  Result<Span> decide_one(FoldedLedger& ledger, const Waiting& waiting, const KeySource& keys, Timestamp now,
                          SealedEvents& sealed) const;

  std::vector<Waiting> commands_;
  std::vector<Result<Span>> outcomes_;  // of the commands, in order
  std::vector<EntryRow> rows_;
  Head before_, after_;
};

}  // namespace suara::ledger
