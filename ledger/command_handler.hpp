#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/election/decide.hpp"
#include "core/election/state.hpp"
#include "ledger/event_store.hpp"
#include "ledger/key_store.hpp"

namespace suara::ledger {

// What the sender of a command is told once its events are durable.
struct Receipt {
  ElectionUuid uuid;
  Seq first;  // of the entries the command appended; for a repeat, the earlier entry
  Seq last;
  Hash leaf;       // of entry `last`
  Timestamp time;  // of entry `last`
  bool repeated = false;
};

// A command, or how to make one from the present state (run under the head lock on the sequencer; must be quick). It
// may be run again where the batch could not be stored at once.
using CommandSource = std::variant<election::Command, std::function<Result<election::Command>(const election::State&)>>;

struct HandlerLimits {
  std::size_t max_queue = 16384;           // waiting commands; more are refused with `overloaded`
  std::size_t max_batch = 1024;            // commands a commit
  std::size_t max_batch_bytes = 4u << 20;  // bytes of entries a commit (one command alone may exceed it)
  // After a commit, commands of a single election are gathered for so long (or until max_batch wait): a commit costs
  // the database as much for one event as for many. A command that comes alone does not wait.
  std::chrono::milliseconds gather{4};
  std::chrono::milliseconds patience{5000};  // how long a command waits for a lost database
  std::chrono::milliseconds poll{500};       // how often other processes' events are looked for
};

// Load, fold, decide, append. One sequencer thread takes the waiting commands of an election together, locks the head,
// catches up with other processes, decides each, chains and signs, inserts, commits, and only then answers.
// Errors of a command: those of decide(); unavailable (the database; what it means is in the detail: nothing was
// recorded, or it is not known and sending the same again is safe); overloaded; not_found (no such election);
// integrity (what is stored contradicts itself, or the signing key is missing: nothing is appended to this ledger);
// too_large (an event beyond an entry's bound); internal (the command threw).
class CommandHandler {
 public:
  using Done = std::function<void(Result<Receipt>)>;
  using Clock = std::function<Timestamp()>;
  // Told after each commit, on the sequencer thread; must be quick. `size` entries are durable.
  using Listener = std::function<void(const LedgerInfo&, std::uint64_t size)>;

  CommandHandler(EventStore& store, KeyStore& keys, Clock clock, HandlerLimits limits = {});
  ~CommandHandler();  // answers everything that waits, then stops

  // Folds every ledger and checks each stored head against its entries. Until it succeeded, commands are refused with
  // `unavailable`; it is repeated by itself after a lost connection, and where the database is not there yet.
  // Errors: unavailable; integrity (the first ledger at fault: it is closed to commands, the others are served).
  Result<void> start();

  void add_listener(Listener listener);  // before start()

  // Never blocks. `done` is called once, on the sequencer thread (or at once on the caller's where refused).
  void submit(const ElectionUuid& uuid, CommandSource command, const election::Actor& actor, Done done);
  Result<Receipt> call(const ElectionUuid& uuid, CommandSource command, const election::Actor& actor);  // blocks

  // Creates ledger and signing key and records OpenLedger. Blocks. `origin_prefix` e.g. "suara.example/2026".
  Result<Receipt> open_ledger(const election::Draft& draft, const std::string& origin_prefix,
                              const election::Actor& actor, std::vector<election::Appointment> appointments = {});

  // Makes a new signing key, durable in its file, and records RotateKey with it. A refusal leaves the file, which is
  // then used for nothing. Blocks. Errors: those of a command; internal (the file cannot be written).
  struct Rotation {
    Receipt receipt;
    std::string key;  // the verifier key in force from now on
  };
  Result<Rotation> rotate_key(const ElectionUuid& uuid, const election::Actor& actor);

  // Snapshots; null where there is no such election. Other processes' events show after at most `poll`.
  std::shared_ptr<const election::Summary> summary(const ElectionUuid& uuid) const;
  std::vector<std::shared_ptr<const election::Summary>> summaries() const;  // newest first
  // Ballots accepted and distinct voters so far; 0 where there is no such election.
  struct Counts {
    std::uint64_t entries = 0;
    std::uint64_t ballots = 0;
    std::uint64_t voters = 0;
  };
  Counts counts(const ElectionUuid& uuid) const;
  // Why nothing is appended to the ledger any more, where it contradicts itself or its key is missing. Its summary is
  // then what was known before, or what could be folded up to the fault.
  std::optional<std::string> fault(const ElectionUuid& uuid) const;
  bool available() const;  // false while the database is lost
  std::size_t queued() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace suara::ledger
