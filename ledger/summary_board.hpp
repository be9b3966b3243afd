#pragma once
#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "core/election/state.hpp"
#include "ledger/command_handler.hpp"

namespace suara::ledger {

// What everybody may see of the folded ledgers while the sequencer works on them. Thread-safe.
class SummaryBoard {
 public:
  // The summary is copied only where `summary_changed`; the counts always.
  void publish(const LedgerInfo& info, const election::State& state, bool summary_changed);

  // The ledger is at fault. It is shown as it was published last; where it never was, as far as it could be folded.
  void close(const LedgerInfo& info, const election::State* folded, const std::string& fault);

  std::shared_ptr<const election::Summary> summary(const ElectionUuid& uuid) const;
  std::vector<std::shared_ptr<const election::Summary>> summaries() const;  // newest first
  CommandHandler::Counts counts(const ElectionUuid& uuid) const;
  std::optional<std::string> fault(const ElectionUuid& uuid) const;

 private:
  struct Item {
    LedgerId id;
    std::shared_ptr<const election::Summary> summary;
    CommandHandler::Counts counts;
    std::optional<std::string> fault;
  };
  mutable std::shared_mutex mutex_;
  std::map<ElectionUuid, Item> items_;
};

}  // namespace suara::ledger
