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

bool MemoryRoll::Roll::shows(const VoterId& id) const { return !imports.contains(imported_with.at(id)); }

Result<RollImport> MemoryRoll::add_voters(LedgerId ledger, const std::vector<VoterRow>& rows, Seq from,
                                          const Clock& clock) {
  const std::lock_guard lock(mutex_);
  const RollImport import{rows.empty() ? Hash{} : rows.front().commitment, from, clock()};
  if (rows.empty()) return import;
  Roll added = rolls_[ledger];
  for (const VoterRow& row : rows) {
    if (!added.voters.emplace(row.id, row).second)
      return fail(ErrorCode::conflict, "A voter with this number is enrolled already.");
    added.imported_with[row.id] = import.first;
  }
  added.imports.emplace(import.first, import);
  rolls_[ledger] = std::move(added);
  return import;
}

Result<std::vector<RollImport>> MemoryRoll::imports(LedgerId ledger) {
  const std::lock_guard lock(mutex_);
  std::vector<RollImport> out;
  for (const auto& [first, import] : rolls_[ledger].imports) out.push_back(import);
  return out;
}

Result<void> MemoryRoll::keep_import(LedgerId ledger, const RollImport& import) {
  const std::lock_guard lock(mutex_);
  rolls_[ledger].imports.erase(import.first);
  return {};
}

Result<void> MemoryRoll::drop_import(LedgerId ledger, const RollImport& import) {
  const std::lock_guard lock(mutex_);
  Roll& roll = rolls_[ledger];
  if (roll.imports.erase(import.first) == 0) return {};
  std::erase_if(roll.voters, [&](const auto& voter) { return roll.imported_with.at(voter.first) == import.first; });
  return {};
}

Result<RollPage> MemoryRoll::page(LedgerId ledger, const RollQuery& query) {
  const std::lock_guard lock(mutex_);
  RollPage page;
  const Roll& roll = rolls_[ledger];
  std::optional<VoterRow> named;
  for (const auto& [id, row] : roll.voters) {
    if (!roll.shows(id) || !matches(row, query)) continue;
    ++page.total;
    if (id.value == query.text) {
      named = row;
      continue;
    }
    if (query.after && !(*query.after < id)) continue;
    if (page.voters.size() < query.limit) {
      page.voters.push_back(row);
    } else {
      page.next = page.voters.back().id;
    }
  }
  if (named && !query.after) page.voters.insert(page.voters.begin(), *named);
  return page;
}

Result<std::optional<VoterRow>> MemoryRoll::find(LedgerId ledger, const VoterId& id) {
  const std::lock_guard lock(mutex_);
  const Roll& roll = rolls_[ledger];
  const auto found = roll.voters.find(id);
  return found == roll.voters.end() || !roll.shows(id) ? std::nullopt : std::optional(found->second);
}

Result<std::vector<ClassCount>> MemoryRoll::classes(LedgerId ledger) {
  const std::lock_guard lock(mutex_);
  std::map<std::string, std::uint64_t> counts;
  const Roll& roll = rolls_[ledger];
  for (const auto& [id, row] : roll.voters)
    if (roll.shows(id)) ++counts[row.klass];
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
  if (roll.changes.erase({change.row.commitment, change.removal}) == 0) return {};
  const auto found = roll.voters.find(change.row.id);
  if (found != roll.voters.end()) {
    if (!change.removal) {
      found->second = change.row;
    } else if (found->second.commitment == change.row.commitment) {
      roll.voters.erase(found);
    }
  }
  return {};
}

Result<void> MemoryRoll::drop_change(LedgerId ledger, const VoterChange& change) {
  const std::lock_guard lock(mutex_);
  rolls_[ledger].changes.erase({change.row.commitment, change.removal});
  return {};
}

Result<std::uint64_t> MemoryRoll::erase(LedgerId ledger, const std::optional<VoterId>& id, const Erasure&) {
  const std::lock_guard lock(mutex_);
  Roll& roll = rolls_[ledger];
  std::erase_if(roll.changes, [&](const auto& change) { return !id || change.second.row.id == *id; });
  return std::erase_if(roll.voters, [&](const auto& voter) { return !id || voter.first == *id; });
}

void MemoryRoll::fail_next_applies(unsigned count) {
  const std::lock_guard lock(mutex_);
  failing_applies_ = count;
}

}  // namespace suara::ledger
