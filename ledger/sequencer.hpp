#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "ledger/batch.hpp"
#include "ledger/summary_board.hpp"

namespace suara::ledger {

// The one thread that appends. Everything but the queue is its own.
class Sequencer {
 public:
  Sequencer(EventStore& store, KeyStore& keys, CommandHandler::Clock clock, const HandlerLimits& limits,
            SummaryBoard& board);
  ~Sequencer();  // carries out what waits, then stops

  void add_listener(CommandHandler::Listener listener) { listeners_.push_back(std::move(listener)); }
  Result<void> start();

  // Calls `done` at once where the command cannot wait: not_found, unavailable, overloaded.
  void submit(const ElectionUuid& uuid, Waiting waiting);
  // Makes a ledger known that was created just now.
  void register_ledger(const LedgerInfo& info) { add_ledger(info); }
  bool available() const { return available_; }
  std::size_t queued() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Ledger {
    explicit Ledger(LedgerInfo ledger_info) : info(std::move(ledger_info)) {}
    const LedgerInfo info;
    std::deque<Waiting> waiting;         // under mutex_
    std::optional<FoldedLedger> folded;  // nothing: has to be folded from the first entry
    std::uint64_t durable_size = 0;  // of what was announced last, and the hash of its last entry
    Hash durable_leaf;
    std::optional<Error> fault;  // the ledger contradicts itself, or its key is missing
    bool recheck = false;        // the connection was lost since the last look
  };
  enum class Step { done, retry };

  void run();
  bool next_batch(Ledger*& ledger, std::vector<Waiting>& commands);
  void process(Ledger& ledger, Batch batch);
  Step attempt(Ledger& ledger, Batch& batch, bool& decided, Error& problem);
  Step store_rows(Ledger& ledger, Batch& batch, AppendTransaction& append, Error& problem);
  // After a failure: did the batch get in? `again` where it did not and its rows still fit.
  enum class Fate { recorded, again, overtaken };
  Result<Fate> find_fate(const Ledger& ledger, const Batch& batch, AppendTransaction& append) const;
  void finish(Ledger& ledger, Batch& batch);
  void give_up(Ledger& ledger, Batch& batch, const Error& error);

  Ledger& add_ledger(const LedgerInfo& info);  // or finds it
  std::vector<Ledger*> known_ledgers() const;
  Result<void> load(Ledger& ledger);  // folds and checks; `unavailable` leaves it for later
  Result<void> load_all();
  Result<void> catch_up_locked(Ledger& ledger, AppendTransaction& append);
  Result<void> check_grown(const Ledger& ledger) const;
  KeySource keys_of(const Ledger& ledger);
  Result<void> check_key(const Ledger& ledger);  // that the key in force is at hand
  Result<void> set_fault(Ledger& ledger, Error error);
  void poll();
  void announce(Ledger& ledger);
  void lose_database();
  void refuse_waiting(const Error& error);
  void pause(std::chrono::milliseconds time);

  EventStore& store_;
  KeyStore& keys_;
  const CommandHandler::Clock clock_;
  const HandlerLimits limits_;
  SummaryBoard& board_;
  std::vector<CommandHandler::Listener> listeners_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::map<ElectionUuid, std::unique_ptr<Ledger>> ledgers_;  // under mutex_; grows only
  std::deque<Ledger*> turns_;                                // those with waiting commands, in the order of their turn
  std::size_t queued_ = 0;
  bool stopping_ = false;

  std::atomic<bool> available_ = false;
  std::optional<Clock::time_point> failing_since_;  // of the polls; nothing while the database answers
  Clock::time_point next_poll_;
  Clock::time_point last_commit_{};
  std::thread thread_;
};

}  // namespace suara::ledger
