#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "ledger/memory_store.hpp"
#include "ledger/publisher.hpp"
#include "tests/support/stored_ledger.hpp"
#include "tests/support/temp_folder.hpp"

namespace suara::test {

// A drafted election in a store, and the folder that its log is published in.
struct Site {
  TempFolder folder;
  ledger::MemoryStore store;
  ledger::KeyStore keys{folder.path() / "keys"};
  HeldElection election;
  std::unique_ptr<StoredLedger> stored;

  Site() {
    election.draft(small_draft());
    stored = std::make_unique<StoredLedger>(store, keys, election);
  }

  ledger::PublisherOptions options() const {
    return {folder.path() / "log", std::chrono::milliseconds(200), std::chrono::milliseconds(50)};
  }
  std::filesystem::path log_folder() const { return folder.path() / "log" / stored->info().uuid.value; }
  std::filesystem::path file(const std::string& name) const { return log_folder() / name; }
};

}  // namespace suara::test
