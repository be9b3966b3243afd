#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/log/checkpoint.hpp"
#include "ledger/event_store.hpp"
#include "ledger/key_store.hpp"

namespace suara::ledger {

struct PublisherOptions {
  std::filesystem::path log_dir;                // the files of a ledger lie in <log_dir>/<uuid>
  std::chrono::milliseconds min_interval{200};  // between two publications of one ledger
  std::chrono::milliseconds poll{500};          // for what other processes appended
};

// Turns stored entries into the public log: tiles, entry bundles, `keys.json` and the signed `checkpoint`, as files
// (core/log/tiles.hpp). Reads every entry back from the store and checks that it hashes to its stored leaf, carries the
// ledger's signature and continues the chain; signs a checkpoint only over a tree that equals the stored head and
// continues the last one. An entry that fails stops its ledger's publication until the service is restarted.
class Publisher {
 public:
  // Told after each new checkpoint, on the publisher's thread; must be quick.
  using Listener = std::function<void(const ElectionUuid&, const log::Checkpoint&)>;

  Publisher(EventStore& store, KeyStore& keys, PublisherOptions options);
  ~Publisher();
  void add_listener(Listener listener);  // before start()
  void start();                          // its own thread, until destruction

  // A listener for CommandHandler: `size` entries are durable. Never blocks for long.
  void notify(const LedgerInfo& ledger, std::uint64_t size);

  // Publishes what the store holds now, on the caller's thread. Errors: unavailable (try again), integrity (the
  // ledger's publication is stopped), internal (files cannot be written). For start-up, tests and the command line.
  Result<log::Checkpoint> publish(const LedgerInfo& ledger);

  // The last checkpoint; nothing until there is one.
  std::optional<log::Checkpoint> checkpoint(const ElectionUuid& uuid) const;

  // Ledgers whose publication is stopped, for /healthz and /metrics. `error.detail` names the entry.
  struct Fault {
    ElectionUuid uuid;
    std::optional<Seq> seq;
    Error error;
  };
  std::vector<Fault> faults() const;

  std::filesystem::path folder(const ElectionUuid& uuid) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace suara::ledger
