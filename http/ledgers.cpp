#include "http/ledgers.hpp"

namespace suara::http {

Result<ledger::LedgerInfo> Ledgers::find(const ElectionUuid& uuid) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = known_.find(uuid); found != known_.end()) return found->second;
  }
  auto all = store_.ledgers();
  if (!all) return fail(std::move(all.error()));
  const std::lock_guard lock(mutex_);
  for (auto& info : *all) known_.emplace(info.uuid, info);
  const auto found = known_.find(uuid);
  if (found == known_.end()) return fail(ErrorCode::not_found, "There is no election with this number.");
  return found->second;
}

}  // namespace suara::http
