#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "core/log/checkpoint.hpp"
#include "ledger/command_handler.hpp"
#include "ledger/export_files.hpp"

namespace suara::ledger {

struct ExporterOptions {
  std::filesystem::path dir;                                           // <dir>/<uuid>/<entries>/bundle.tar
  std::function<std::filesystem::path(const ElectionUuid&)> log;       // the published files of a ledger
  std::chrono::milliseconds gather{300};                               // after a checkpoint: more may follow at once
  std::chrono::milliseconds retry{30'000};                             // after a failure
  std::chrono::milliseconds witness_patience{60'000};                  // then they are written without the witnesses
  std::uint64_t audited_ballots = 20'000;                              // elections up to this size are judged in full
};

// Writes the downloads of each election that is over from its published log, once for each checkpoint, on one thread.
// They are offered only after the bundle, as it lies on the disk, was found whole: its entries give the signed root, and
// a full audit of bundle and archive passes (of a larger election: suara-verify is everybody's; a server that counts
// votes has no hour for it). Several processes may share the folder. Where the election has a policy of witnesses, the
// files wait a while for the checkpoint that meets it; once they were written without, they are written again with it.
class Exporter {
 public:
  Exporter(const CommandHandler& commands, ExporterOptions options);
  ~Exporter();
  void start();  // its own thread, until destruction

  // A listener for Publisher and WitnessFeed. Never blocks.
  void notify(const ElectionUuid& uuid);

  // Writes what is due for this ledger now, on the caller's thread; nothing where the election is not over. Errors:
  // integrity (it does not pass), unavailable (the log is being written: again), internal (cannot write). Not together
  // with start().
  Result<void> write_now(const ElectionUuid& uuid);

  // Where the file lies. Errors: not_found (no such election, or nothing of that kind in it), wrong_phase (not over
  // yet), unavailable (being written: ask again), and why it could not be written.
  Result<std::filesystem::path> file(const ElectionUuid& uuid, ExportKind kind);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace suara::ledger
