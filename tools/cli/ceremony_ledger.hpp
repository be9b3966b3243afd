#pragma once
#include <cstdint>
#include <set>
#include <string>

#include "core/election/state.hpp"
#include "tools/cli/api.hpp"
#include "tools/cli/outcome.hpp"

// The key ceremony as the public ledger tells it. A trustee does not take the others' messages from the service's word:
// a service that made up the other trustees would learn the key.
namespace suara::cli {

struct CeremonyLedger {
  election::Summary summary;
  std::set<std::string> certificates;  // texts of all that were ever published, restarted ceremonies' too
  std::uint64_t entries = 0;
  std::string root;  // base64: for the trustees to compare

  // The member with this certificate, null where it is none of the present ceremony's.
  const election::CeremonyMember* find(const std::string& certificate) const;
};

// Downloads, verifies and folds the ledger, once it is published as far as the service says it goes. Faults: refused
// ("not_found" where the election has no threshold trustees, "integrity", "unavailable"); unreachable.
Outcome<CeremonyLedger> ceremony_ledger(Api& api, const std::string& uuid);

}  // namespace suara::cli
