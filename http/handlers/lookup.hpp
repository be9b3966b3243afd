#pragma once
#include <memory>

#include "ledger/command_handler.hpp"

namespace suara::http {

// The election's summary. Errors: not_found; unavailable where the ledgers could not be read yet.
inline Result<std::shared_ptr<const election::Summary>> find_election(const ledger::CommandHandler& commands,
                                                                      const ElectionUuid& uuid) {
  auto summary = commands.summary(uuid);
  if (summary) return summary;
  if (!commands.available()) {
    return fail(ErrorCode::unavailable, "The database cannot be reached; try again in a moment.");
  }
  return fail(ErrorCode::not_found, "There is no election with this number.");
}

}  // namespace suara::http
