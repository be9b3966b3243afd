#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/event_store.hpp"
#include "projections/projection.hpp"

namespace suara::projections {

struct RunnerOptions {
  std::chrono::milliseconds poll{500};  // for what other processes appended
  // Between two looks at one ledger: a transaction for each projection costs the same for one entry as for fifty.
  std::chrono::milliseconds min_interval{100};
  std::size_t batch_entries = 4096;  // folded in one transaction
  std::size_t batch_bytes = 16u << 20;
};

// Where a projection of one ledger stands.
struct Status {
  std::string name;
  std::uint64_t position = 0;          // entries folded
  std::uint64_t lag = 0;               // entries stored but not yet folded
  std::optional<std::string> stopped;  // why it stopped: an entry is missing or cannot be read
};

struct RebuildProgress {
  ElectionUuid uuid;
  std::string projection;
  std::uint64_t done = 0;
  std::uint64_t total = 0;
};

// Folds the ledgers into the projections' rows on one thread. Rows and position are written in one transaction, so the
// rows always are what the first `position` entries give. Several processes may run over one database: each finds under
// the locked position what the others did. A gap stops the projection with a reason; it goes on by itself once the gap
// is gone. Where a projection's version differs from the stored one, its rows are thrown away and built again.
class Runner {
 public:
  // Called on the runner's thread (or run_once()'s caller); must be quick.
  using Advanced = std::function<void(const ElectionUuid&, std::string_view projection, std::uint64_t position)>;
  using Rebuilding = std::function<void(const RebuildProgress&)>;

  Runner(ledger::EventStore& store, ledger::mariadb::Pool& pool, RunnerOptions options = {});
  ~Runner();
  // All before start().
  void add(std::unique_ptr<Projection> projection);
  void on_advanced(Advanced listener);
  void on_rebuilding(Rebuilding listener);

  void start();  // its own thread, until destruction

  // A listener for CommandHandler. Never blocks for long.
  void notify(const ledger::LedgerInfo& ledger, std::uint64_t size);

  // Folds all that is stored now, on the caller's thread. Error: unavailable, internal. A gap is no error here: see
  // status(). Not together with start().
  Result<void> run_once();

  // In the order of add(); empty where the ledger has not been seen yet.
  std::vector<Status> status(const ElectionUuid& uuid) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// The projections of this folder, in the order of their names.
void add_all(Runner& runner);

}  // namespace suara::projections
