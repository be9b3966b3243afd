#include "ledger/summary_board.hpp"

#include <algorithm>
#include <mutex>

namespace suara::ledger {

void SummaryBoard::publish(const LedgerInfo& info, const election::State& state, bool summary_changed) {
  if (state.size == 0) return;  // registered, but nothing says yet what it is
  std::shared_ptr<const election::Summary> copy;
  if (summary_changed) copy = std::make_shared<const election::Summary>(state.summary);
  const std::unique_lock lock(mutex_);
  Item& item = items_[info.uuid];
  item.id = info.id;
  if (copy) item.summary = std::move(copy);
  item.counts = {state.size, state.ballots, state.last_ballot.size()};
}

std::shared_ptr<const election::Summary> SummaryBoard::summary(const ElectionUuid& uuid) const {
  const std::shared_lock lock(mutex_);
  const auto found = items_.find(uuid);
  return found == items_.end() ? nullptr : found->second.summary;
}

std::vector<std::shared_ptr<const election::Summary>> SummaryBoard::summaries() const {
  std::vector<Item> items;
  {
    const std::shared_lock lock(mutex_);
    for (const auto& [uuid, item] : items_) items.push_back(item);
  }
  std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.id > b.id; });
  std::vector<std::shared_ptr<const election::Summary>> out;
  for (Item& item : items) out.push_back(std::move(item.summary));
  return out;
}

CommandHandler::Counts SummaryBoard::counts(const ElectionUuid& uuid) const {
  const std::shared_lock lock(mutex_);
  const auto found = items_.find(uuid);
  return found == items_.end() ? CommandHandler::Counts{} : found->second.counts;
}

}  // namespace suara::ledger
