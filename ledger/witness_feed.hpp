#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ledger/witness_status.hpp"
#include "ledger/witness_turn.hpp"

namespace suara::ledger {

struct WitnessFeedOptions {
  std::vector<Witness> witnesses;
  std::function<std::unique_ptr<WitnessClient>(const Witness&)> client;
  std::function<std::filesystem::path(const ElectionUuid&)> log;  // the published files of a ledger
  std::chrono::milliseconds interval{2'000};                      // between two heads for one witness, of one ledger
  std::chrono::milliseconds first_pause{2'000};                   // after a failure; doubled with each further one
  std::chrono::milliseconds longest_pause{60'000};
};

// Tells witnesses of the newest head of every ledger whose policy names them (C2SP tlog-witness) and publishes what
// they cosign (checkpoint_files.hpp). A thread each: one that is slow, away or lying keeps nobody else waiting. All of
// them are given the same heads, so that their cosignatures meet; what is published meanwhile is skipped.
class WitnessFeed {
 public:
  // Told when what status() gives has changed; `witnessed` where checkpoint.witnessed did. On a witness's thread.
  using Listener = std::function<void(const ElectionUuid&, bool witnessed)>;

  explicit WitnessFeed(WitnessFeedOptions options);
  ~WitnessFeed();                        // waits for no witness
  void add_listener(Listener listener);  // before start()
  void start();

  // A listener for Publisher, which tells of every ledger at its start too. Never blocks for long.
  void notify(const ElectionUuid& uuid, const log::Checkpoint& checkpoint);

  // The witnesses of this policy, in its order. Reads a few small files.
  std::vector<WitnessStatus> status(const ElectionUuid& uuid, const election::WitnessPolicy& policy) const;
  std::optional<Witnessed> witnessed(const ElectionUuid& uuid, const election::WitnessPolicy& policy) const;

  // For metrics: each configured witness, and whether its last answer came.
  std::vector<std::pair<std::string, bool>> reachable() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace suara::ledger
