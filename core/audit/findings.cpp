#include "core/audit/findings.hpp"

namespace suara::audit {

Findings::Findings() {
  for (std::size_t i = 0; i < check_count; ++i) checks_.push_back({static_cast<Check>(i), 0, std::nullopt, 0});
}

void Findings::fault(Check check, std::optional<Seq> entry, std::string what) {
  CheckResult& result = at(check);
  ++result.faults;
  const bool earlier = result.fault && entry && (!result.fault->entry || *entry < *result.fault->entry);
  if (!result.fault || earlier) result.fault = Fault{check, entry, std::move(what)};
}

}  // namespace suara::audit
