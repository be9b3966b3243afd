#include "ledger/summary_board.hpp"

#include <algorithm>
#include <mutex>

namespace suara::ledger {

namespace {

CommandHandler::Counts counts_of(const election::State& state) {
  return {state.size, state.ballots, state.last_ballot.size()};
}

}  // namespace

void SummaryBoard::publish(const LedgerInfo& info, const election::State& state, bool summary_changed) {
  if (state.size == 0) return;  // registered, but nothing says yet what it is
  std::shared_ptr<const election::Summary> copy;
  if (summary_changed) copy = std::make_shared<const election::Summary>(state.summary);
  const std::unique_lock lock(mutex_);
  Item& item = items_[info.uuid];
  item.id = info.id;
  if (copy) item.summary = std::move(copy);
  item.counts = counts_of(state);
  item.fault.reset();
}

void SummaryBoard::close(const LedgerInfo& info, const election::State* folded, const std::string& fault) {
  const std::unique_lock lock(mutex_);
  Item& item = items_[info.uuid];
  item.id = info.id;
  item.fault = fault;
  if (item.summary) return;
  election::Summary partial;
  if (folded) {
    partial = folded->summary;
    item.counts = counts_of(*folded);
  }
  partial.uuid = info.uuid;  // also where not even the first entry could be read
  item.summary = std::make_shared<const election::Summary>(std::move(partial));
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

std::optional<std::string> SummaryBoard::fault(const ElectionUuid& uuid) const {
  const std::shared_lock lock(mutex_);
  const auto found = items_.find(uuid);
  return found == items_.end() ? std::nullopt : found->second.fault;
}

}  // namespace suara::ledger
