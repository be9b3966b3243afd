#include "ledger/batch.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <optional>

namespace suara::ledger {

std::vector<Waiting> Batch::decide(FoldedLedger& ledger, const KeySource& keys,
                                   const CommandHandler::Clock& clock, std::size_t max_bytes) {
  outcomes_.clear();
  rows_.clear();
  before_ = ledger.head();
  std::size_t bytes = 0;
  for (const Waiting& waiting : commands_) {
    SealedEvents sealed;
    const Timestamp now = std::max(clock(), ledger.state().last_time);
    auto outcome = decide_one(ledger, waiting, keys, now, sealed);
    if (!rows_.empty() && bytes + sealed.bytes > max_bytes) break;
    bytes += sealed.bytes;
    ledger.accept(sealed);
    std::move(sealed.rows.begin(), sealed.rows.end(), std::back_inserter(rows_));
    outcomes_.push_back(std::move(outcome));
  }
  after_ = ledger.head();
  const auto rest = commands_.begin() + static_cast<std::ptrdiff_t>(outcomes_.size());
  std::vector<Waiting> undecided(std::make_move_iterator(rest), std::make_move_iterator(commands_.end()));
  commands_.erase(rest, commands_.end());
  return undecided;
}

Result<Batch::Span> Batch::decide_one(FoldedLedger& ledger, const Waiting& waiting, const KeySource& keys,
                                      Timestamp now, SealedEvents& sealed) const {
  try {
    const election::State& state = ledger.state();
    const auto* made = std::get_if<election::Command>(&waiting.command);
    std::optional<Result<election::Command>> from_state;
    if (!made) {
      from_state = std::get<1>(waiting.command)(state);
      if (!*from_state) return fail(std::move(*from_state).error());
      made = &**from_state;
    }
    auto decision = election::decide(state, *made, {waiting.actor, now});
    if (!decision) return fail(std::move(decision).error());
    if (decision->events.empty()) {
      if (!decision->repeats) return fail(ErrorCode::internal, "The command led to no event.");
      return Span{*decision->repeats, *decision->repeats, true};
    }
    auto events = ledger.seal(std::move(decision->events), waiting.actor, now, keys);
    if (!events) return fail(std::move(events).error());
    sealed = std::move(*events);
    return Span{sealed.rows.front().seq, sealed.rows.back().seq};
  } catch (const std::exception&) {
    // A bug met by one command must not take down the voting of all others. Nothing was folded yet.
    return fail(ErrorCode::internal, "The service failed on this command; nothing was recorded.");
  }
}

void Batch::answer(const FoldedLedger& ledger) {
  for (std::size_t i = 0; i < outcomes_.size(); ++i) {
    const Result<Span>& outcome = outcomes_[i];
    if (outcome) {
      const Seq last = outcome->last;
      commands_[i].done(
          Receipt{ledger.info().uuid, outcome->first, last, ledger.leaf(last), ledger.time(last), outcome->repeated});
    } else {
      commands_[i].done(fail(outcome.error()));
    }
  }
}

void Batch::refuse(const Error& error) {
  for (Waiting& waiting : commands_) waiting.done(fail(error));
}

}  // namespace suara::ledger
