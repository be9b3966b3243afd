#pragma once
#include <chrono>
#include <functional>
#include <memory>

#include "ledger/command_handler.hpp"

namespace suara::ledger {

struct TellerOptions {
  std::chrono::milliseconds poll{500};         // for what other processes appended
  std::chrono::milliseconds min_interval{20};  // between two looks at one ledger
};

// The service's own part in an election, done as Actor `service`:
//   policy live: makes the trustee's key and publishes it, publishes live tallies while the election is open, and
//                decrypts the tally after the close
//   any policy:  computes the encrypted tally after the close; under `sealed` it holds no key and decrypts nothing
// It follows each ledger from the store and may do its work again after a restart, or beside other processes: a command
// that somebody else carried out first is refused by the rules and left.
class Teller {
 public:
  using Clock = CommandHandler::Clock;
  Teller(CommandHandler& handler, EventStore& store, KeyStore& keys, Clock clock, TellerOptions options = {});
  ~Teller();
  void start();  // its own thread, until destruction; after the handler's start()

  // A listener for CommandHandler. Never blocks for long.
  void notify(const LedgerInfo& ledger, std::uint64_t size);

  // What it cannot do and why (a key that is missing or is not the published one), for /healthz; empty where all is
  // well.
  struct Fault {
    ElectionUuid uuid;
    Error error;
  };
  std::vector<Fault> faults() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace suara::ledger
