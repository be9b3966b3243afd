#include "ledger/memory_roll.hpp"

#include <algorithm>

namespace suara::ledger {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

bool matches(const VoterRow& row, const RollQuery& query) {
  if (query.place && row.place != *query.place) return false;
  if (query.klass && row.klass != *query.klass) return false;
  const std::string text = lower(query.text);
  return row.id.value.starts_with(query.text) || lower(row.name).find(text) != std::string::npos ||
         lower(row.klass).find(text) != std::string::npos;
}

}  // namespace

Result<void> MemoryRoll::add_voters(LedgerId ledger, const std::vector<VoterRow>& rows) {
  const std::lock_guard lock(mutex_);
  auto voters = rolls_[ledger].voters;
  for (const VoterRow& row : rows)
    if (!voters.emplace(row.id, row).second)
      return fail(ErrorCode::conflict, "A voter with this number is enrolled already.");
  rolls_[ledger].voters = std::move(voters);
  return {};
}

Result<void> MemoryRoll::remove_voters(LedgerId ledger, const std::vector<VoterRow>& rows) {
  const std::lock_guard lock(mutex_);
  auto& voters = rolls_[ledger].voters;
  for (const VoterRow& row : rows) {
    const auto found = voters.find(row.id);
    if (found != voters.end() && found->second.commitment == row.commitment) voters.erase(found);
  }
  return {};
}

Result<RollPage> MemoryRoll::page(LedgerId ledger, const RollQuery& query) {
  const std::lock_guard lock(mutex_);
  RollPage page;
  for (const auto& [id, row] : rolls_[ledger].voters) {
    if (!matches(row, query)) continue;
    ++page.total;
    if (query.after && !(*query.after < id)) continue;
    if (page.voters.size() < query.limit) {
      page.voters.push_back(row);
    } else {
      page.next = page.voters.back().id;
    }
  }
  return page;
}

Result<std::optional<VoterRow>> MemoryRoll::find(LedgerId ledger, const VoterId& id) {
  const std::lock_guard lock(mutex_);
  const auto& voters = rolls_[ledger].voters;
  const auto found = voters.find(id);
  return found == voters.end() ? std::nullopt : std::optional(found->second);
}

Result<std::vector<ClassCount>> MemoryRoll::classes(LedgerId ledger) {
  const std::lock_guard lock(mutex_);
  std::map<std::string, std::uint64_t> counts;
  for (const auto& [id, row] : rolls_[ledger].voters) ++counts[row.klass];
  std::vector<ClassCount> out;
  for (const auto& [klass, voters] : counts) out.push_back({klass, voters});
  return out;
}

Result<void> MemoryRoll::note_change(LedgerId ledger, const VoterChange& change) {
  const std::lock_guard lock(mutex_);
  rolls_[ledger].changes.emplace(std::pair(change.row.commitment, change.removal), change);
  return {};
}

Result<std::vector<VoterChange>> MemoryRoll::changes(LedgerId ledger) {
  const std::lock_guard lock(mutex_);
  std::vector<VoterChange> out;
  for (const auto& [key, change] : rolls_[ledger].changes) out.push_back(change);
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
  return out;
}

Result<void> MemoryRoll::apply_change(LedgerId ledger, const VoterChange& change) {
  const std::lock_guard lock(mutex_);
  if (failing_applies_ > 0) {
    --failing_applies_;
    return fail(ErrorCode::unavailable, "The roll cannot be reached.");
  }
  Roll& roll = rolls_[ledger];
  const auto found = roll.voters.find(change.row.id);
  if (found != roll.voters.end()) {
    if (!change.removal) {
      found->second = change.row;
    } else if (found->second.commitment == change.row.commitment) {
      roll.voters.erase(found);
    }
  }
  roll.changes.erase({change.row.commitment, change.removal});
  return {};
}

Result<void> MemoryRoll::drop_change(LedgerId ledger, const VoterChange& change) {
  const std::lock_guard lock(mutex_);
  rolls_[ledger].changes.erase({change.row.commitment, change.removal});
  return {};
}

void MemoryRoll::fail_next_applies(unsigned count) {
  const std::lock_guard lock(mutex_);
  failing_applies_ = count;
}

}  // namespace suara::ledger
