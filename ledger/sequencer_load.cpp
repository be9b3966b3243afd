#include <algorithm>

#include "ledger/sequencer.hpp"

// How the sequencer gets to know the ledgers: at start, after a lost database, and what other processes appended.
namespace suara::ledger {
namespace {

constexpr auto lost_after = std::chrono::seconds(1);  // of polls that all failed

}  // namespace

Result<void> Sequencer::set_fault(Ledger& ledger, Error error) {
  ledger.fault = error;
  board_.close(ledger.info, ledger.folded ? &ledger.folded->state() : nullptr, error.detail);
  return fail(std::move(error));
}

Result<void> Sequencer::load(Ledger& ledger) {
  const auto head = store_.head(ledger.info.id);
  if (!head && head.error().code == ErrorCode::unavailable) return fail(head.error());
  if (!head) return set_fault(ledger, head.error());
  if (!ledger.folded) ledger.folded.emplace(ledger.info);
  const EntryReader read = [&](Seq from, std::size_t max_entries) {
    return store_.read(ledger.info.id, from, max_entries, read_bytes);
  };
  if (auto done = catch_up(*ledger.folded, *head, read, ledger.recheck); !done) {
    if (done.error().code == ErrorCode::unavailable) return done;
    return set_fault(ledger, std::move(done).error());
  }
  if (auto grown = check_grown(ledger); !grown) return set_fault(ledger, std::move(grown).error());
  ledger.recheck = false;
  announce(ledger);
  // It can be read, but not appended to.
  if (auto key = check_key(ledger); !key) return set_fault(ledger, std::move(key).error());
  ledger.fault.reset();
  return {};
}

// A ledger that was folded anew must still hold what stood durable in it before, lest a database put back to an older
// state goes unnoticed.
Result<void> Sequencer::check_grown(const Ledger& ledger) const {
  const std::uint64_t size = ledger.durable_size;
  if (size == 0) return {};
  if (ledger.folded->size() >= size && ledger.folded->leaf(Seq{size - 1}) == ledger.durable_leaf) return {};
  return fail(ErrorCode::integrity, "The ledger of election " + ledger.info.uuid.value +
                                        " no longer holds entries that stood in it. Nothing is appended to it.");
}

KeySource Sequencer::keys_of(const Ledger& ledger) {
  return [this, &uuid = ledger.info.uuid](const log::VerifierKey& key) { return keys_.ledger_key(uuid, key); };
}

Result<void> Sequencer::check_key(const Ledger& ledger) {
  const auto& key = ledger.folded->key();
  if (!key) return {};
  auto at_hand = keys_of(ledger)(*key);
  if (!at_hand) return fail(ErrorCode::integrity, std::move(at_hand).error().detail);
  return {};
}

// The first fault is what is told; the other ledgers are served all the same.
Result<void> Sequencer::load_all() {
  const auto stored = store_.ledgers();
  if (!stored) return fail(stored.error());
  for (const LedgerInfo& info : *stored) add_ledger(info);
  Result<void> first;
  for (Ledger* ledger : known_ledgers()) {
    auto loaded = load(*ledger);
    if (loaded) continue;
    if (loaded.error().code == ErrorCode::unavailable) return loaded;
    if (first) first = std::move(loaded);
  }
  return first;
}

Result<void> Sequencer::catch_up_locked(Ledger& ledger, AppendTransaction& append) {
  const EntryReader read = [&](Seq from, std::size_t max_entries) {
    return append.read(from, max_entries, read_bytes);
  };
  if (auto done = catch_up(*ledger.folded, append.head(), read, ledger.recheck); !done) {
    if (done.error().code == ErrorCode::unavailable) return done;
    return set_fault(ledger, std::move(done).error());
  }
  ledger.recheck = false;
  // Another process may have changed the key.
  if (auto key = check_key(ledger); !key) return set_fault(ledger, std::move(key).error());
  return {};
}

void Sequencer::poll() {
  next_poll_ = Clock::now() + limits_.poll;
  if (!available_) {
    const auto loaded = load_all();
    if (!loaded && loaded.error().code == ErrorCode::unavailable) return;
    failing_since_.reset();
    available_ = true;
    return;
  }
  const auto sizes = store_.sizes();
  if (!sizes) {
    if (!failing_since_) failing_since_ = Clock::now();
    if (Clock::now() - *failing_since_ >= lost_after) {
      lose_database();
      refuse_waiting(
          {ErrorCode::unavailable, "The database cannot be reached; nothing was recorded. Try again shortly."});
    }
    return;
  }
  failing_since_.reset();
  for (const LedgerSize& present : *sizes) {
    Ledger& ledger = add_ledger(present.info);
    if (ledger.fault || (ledger.folded && ledger.folded->size() == present.size)) continue;
    (void)load(ledger);  // what it finds wrong stays in ledger.fault, or is tried again at the next poll
  }
}

void Sequencer::announce(Ledger& ledger) {
  ledger.durable_size = ledger.folded->size();
  if (ledger.durable_size > 0) ledger.durable_leaf = ledger.folded->leaf(Seq{ledger.durable_size - 1});
  board_.publish(ledger.info, ledger.folded->state(), ledger.folded->take_summary_changed());
  for (const auto& listener : listeners_) listener(ledger.info, ledger.folded->size());
}

}  // namespace suara::ledger
