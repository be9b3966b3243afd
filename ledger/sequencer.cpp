#include "ledger/sequencer.hpp"

#include <algorithm>

namespace suara::ledger {
namespace {

constexpr auto retry_interval = std::chrono::milliseconds(50);

const Error not_recorded{ErrorCode::unavailable,
                         "The database cannot be reached; nothing was recorded. Try again shortly."};
const Error fate_unknown{ErrorCode::unavailable,
                         "The database was lost while this was being recorded, and whether it was is not known yet. "
                         "Sending the same again is safe."};

}  // namespace

Sequencer::Sequencer(EventStore& store, KeyStore& keys, CommandHandler::Clock clock, const HandlerLimits& limits,
                     SummaryBoard& board)
    : store_(store), keys_(keys), clock_(std::move(clock)), limits_(limits), board_(board) {}

Sequencer::~Sequencer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Result<void> Sequencer::start() {
  auto loaded = load_all();
  if (loaded || loaded.error().code != ErrorCode::unavailable) available_ = true;
  thread_ = std::thread([this] { run(); });
  return loaded;
}

std::size_t Sequencer::queued() const {
  const std::lock_guard lock(mutex_);
  return queued_;
}

void Sequencer::submit(const ElectionUuid& uuid, Waiting waiting) {
  std::optional<Error> refusal;
  {
    const std::lock_guard lock(mutex_);
    const auto found = ledgers_.find(uuid);
    if (!available_ || stopping_) {
      refusal = not_recorded;
    } else if (found == ledgers_.end()) {
      refusal = Error{ErrorCode::not_found, "There is no such election."};
    } else if (queued_ >= limits_.max_queue) {
      refusal = Error{ErrorCode::overloaded, "Too many commands are waiting; nothing was recorded. Try again shortly."};
    } else {
      Ledger& ledger = *found->second;
      if (ledger.waiting.empty()) turns_.push_back(&ledger);
      ledger.waiting.push_back(std::move(waiting));
      ++queued_;
    }
  }
  if (refusal) {
    waiting.done(fail(std::move(*refusal)));
  } else {
    wake_.notify_one();
  }
}

Sequencer::Ledger& Sequencer::add_ledger(const LedgerInfo& info) {
  const std::lock_guard lock(mutex_);
  auto& ledger = ledgers_[info.uuid];
  if (!ledger) ledger = std::make_unique<Ledger>(info);
  return *ledger;
}

std::vector<Sequencer::Ledger*> Sequencer::known_ledgers() const {
  const std::lock_guard lock(mutex_);
  std::vector<Ledger*> known;
  for (const auto& [uuid, ledger] : ledgers_) known.push_back(ledger.get());
  return known;
}

void Sequencer::run() {
  for (;;) {
    Ledger* ledger = nullptr;
    std::vector<Waiting> commands;
    if (next_batch(ledger, commands)) {
      process(*ledger, Batch(std::move(commands)));
    } else {
      const std::lock_guard lock(mutex_);
      if (stopping_ && queued_ == 0) return;
    }
    if (Clock::now() >= next_poll_) poll();
  }
}

// Waits for commands, at most until the next poll, and a moment longer for more of them where a commit was just made.
bool Sequencer::next_batch(Ledger*& ledger, std::vector<Waiting>& commands) {
  std::unique_lock lock(mutex_);
  wake_.wait_until(lock, next_poll_, [this] { return !turns_.empty() || stopping_; });
  wake_.wait_until(lock, last_commit_ + limits_.gather,
                   [this] { return queued_ >= limits_.max_batch || turns_.size() > 1 || stopping_; });
  if (turns_.empty()) return false;
  ledger = turns_.front();
  turns_.pop_front();
  const std::size_t count = std::min(limits_.max_batch, ledger->waiting.size());
  commands.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    commands.push_back(std::move(ledger->waiting.front()));
    ledger->waiting.pop_front();
  }
  queued_ -= count;
  if (!ledger->waiting.empty()) turns_.push_back(ledger);
  return true;
}

void Sequencer::process(Ledger& ledger, Batch batch) {
  const auto deadline = Clock::now() + limits_.patience;
  bool decided = false;
  Error problem = not_recorded;
  while (attempt(ledger, batch, decided, problem) == Step::retry) {
    bool stopping = false;
    {
      const std::lock_guard lock(mutex_);
      stopping = stopping_;
    }
    if (problem.code != ErrorCode::unavailable || stopping || Clock::now() >= deadline) {
      give_up(ledger, batch, problem.code != ErrorCode::unavailable ? problem : decided ? fate_unknown : not_recorded);
      return;
    }
    pause(retry_interval);
  }
}

Sequencer::Step Sequencer::attempt(Ledger& ledger, Batch& batch, bool& decided, Error& problem) {
  const auto failed = [&](Error error) {
    problem = std::move(error);
    ledger.recheck = true;
    return Step::retry;
  };
  if (ledger.fault) return failed(*ledger.fault);
  if (!decided && !ledger.folded) {
    if (auto loaded = load(ledger); !loaded) return failed(std::move(loaded).error());
  }
  auto append = store_.begin_append(ledger.info.id);
  if (!append) return failed(std::move(append).error());
  if (decided) {
    const auto fate = find_fate(ledger, batch, **append);
    if (!fate) return failed(fate.error());
    switch (*fate) {
      case Fate::recorded:
        append->reset();
        finish(ledger, batch);
        return Step::done;
      case Fate::again:
        return store_rows(ledger, batch, **append, problem);
      case Fate::overtaken:
        decided = false;
        ledger.folded.reset();
        return Step::retry;
    }
  }
  if (auto caught_up = catch_up_locked(ledger, **append); !caught_up) return failed(std::move(caught_up).error());
  auto undecided = batch.decide(*ledger.folded, keys_of(ledger), clock_, limits_.max_batch_bytes);
  if (!undecided.empty()) {
    const std::lock_guard lock(mutex_);
    if (ledger.waiting.empty()) turns_.push_back(&ledger);
    queued_ += undecided.size();
    ledger.waiting.insert(ledger.waiting.begin(), std::make_move_iterator(undecided.begin()),
                          std::make_move_iterator(undecided.end()));
  }
  if (batch.rows().empty()) {
    append->reset();
    announce(ledger);  // of what other processes appended
    batch.answer(*ledger.folded);
    return Step::done;
  }
  decided = true;
  return store_rows(ledger, batch, **append, problem);
}

Sequencer::Step Sequencer::store_rows(Ledger& ledger, Batch& batch, AppendTransaction& append, Error& problem) {
  auto stored = append.append(batch.rows(), batch.after());
  if (stored) stored = append.commit();
  if (!stored) {
    problem = std::move(stored).error();
    ledger.recheck = true;
    return Step::retry;
  }
  finish(ledger, batch);
  return Step::done;
}

Result<Sequencer::Fate> Sequencer::find_fate(const Ledger& ledger, const Batch& batch,
                                             AppendTransaction& append) const {
  const Head& head = append.head();
  const auto leaf_at = [&](std::uint64_t size) -> Result<Hash> {
    if (size == 0) return Hash{};
    auto rows = append.read(Seq{size - 1}, 1, read_bytes);
    if (!rows) return fail(std::move(rows).error());
    return rows->empty() ? Hash{} : log::hash_leaf(as_bytes(rows->front().bytes));
  };
  const auto contradicts = [&] {
    return fail(ErrorCode::integrity, "The ledger of election " + ledger.info.uuid.value +
                                          " lost entries while the database was away. Nothing is appended to it.");
  };
  if (head.size < batch.before().size) return contradicts();
  if (head.size >= batch.after().size) {
    const auto leaf = leaf_at(batch.after().size);
    if (!leaf) return fail(leaf.error());
    return *leaf == batch.after().last_leaf ? Fate::recorded : Fate::overtaken;
  }
  const auto leaf = leaf_at(batch.before().size);
  if (!leaf) return fail(leaf.error());
  if (*leaf != batch.before().last_leaf) return contradicts();
  return head.size == batch.before().size && head.edge == batch.before().edge ? Fate::again : Fate::overtaken;
}

void Sequencer::finish(Ledger& ledger, Batch& batch) {
  failing_since_.reset();
  last_commit_ = Clock::now();
  announce(ledger);
  batch.answer(*ledger.folded);
}

// What was folded but perhaps not stored may not be decided upon: the ledger is folded anew when the database is back.
void Sequencer::give_up(Ledger& ledger, Batch& batch, const Error& error) {
  if (!batch.rows().empty()) ledger.folded.reset();
  if (error.code == ErrorCode::unavailable) {
    lose_database();
    batch.refuse(error);
    refuse_waiting(not_recorded);
  } else {
    if (!ledger.fault) (void)set_fault(ledger, error);
    batch.refuse(error);
  }
}

void Sequencer::lose_database() {
  available_ = false;
  for (Ledger* ledger : known_ledgers()) ledger->recheck = true;
}

void Sequencer::refuse_waiting(const Error& error) {
  std::vector<Waiting> refused;
  {
    const std::lock_guard lock(mutex_);
    for (Ledger* ledger : turns_) {
      std::move(ledger->waiting.begin(), ledger->waiting.end(), std::back_inserter(refused));
      ledger->waiting.clear();
    }
    turns_.clear();
    queued_ = 0;
  }
  for (Waiting& waiting : refused) waiting.done(fail(error));
}

void Sequencer::pause(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, time, [this] { return stopping_; });
}

}  // namespace suara::ledger
