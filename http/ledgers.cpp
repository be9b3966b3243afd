#include "http/ledgers.hpp"

namespace suara::http {

template <class Wanted>
Result<ledger::LedgerInfo> Ledgers::find_where(const Wanted& wanted) {
  const auto known = [&]() -> std::optional<ledger::LedgerInfo> {
    const std::lock_guard lock(mutex_);
    for (const auto& item : known_) {
      if (wanted(item.second)) return item.second;
    }
    return std::nullopt;
  };
  if (auto found = known()) return *found;
  auto all = store_.ledgers();
  if (!all) return fail(std::move(all.error()));
  {
    const std::lock_guard lock(mutex_);
    for (auto& info : *all) known_.emplace(info.uuid, info);
  }
  if (auto found = known()) return *found;
  return fail(ErrorCode::not_found, "There is no election with this number.");
}

Result<ledger::LedgerInfo> Ledgers::find(const ElectionUuid& uuid) {
  return find_where([&](const ledger::LedgerInfo& info) { return info.uuid == uuid; });
}

Result<ledger::LedgerInfo> Ledgers::find(LedgerId id) {
  return find_where([&](const ledger::LedgerInfo& info) { return info.id == id; });
}

}  // namespace suara::http
