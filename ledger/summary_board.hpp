#pragma once
#include <map>
#include <memory>
#include <shared_mutex>
#include <vector>

#include "core/election/state.hpp"
#include "ledger/command_handler.hpp"

namespace suara::ledger {

// What everybody may see of the folded ledgers while the sequencer works on them. Thread-safe.
class SummaryBoard {
 public:
  // The summary is copied only where `summary_changed`; the counts always.
  void publish(const LedgerInfo& info, const election::State& state, bool summary_changed);

  std::shared_ptr<const election::Summary> summary(const ElectionUuid& uuid) const;
  std::vector<std::shared_ptr<const election::Summary>> summaries() const;  // newest first
  CommandHandler::Counts counts(const ElectionUuid& uuid) const;

 private:
  struct Item {
    LedgerId id;
    std::shared_ptr<const election::Summary> summary;
    CommandHandler::Counts counts;
  };
  mutable std::shared_mutex mutex_;
  std::map<ElectionUuid, Item> items_;
};

}  // namespace suara::ledger
