#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/crypto/signature.hpp"
#include "core/election/state.hpp"
#include "core/log/merkle.hpp"
#include "core/log/vkey.hpp"
#include "ledger/event_store.hpp"
#include "ledger/key_store.hpp"

namespace suara::ledger {

// Entries that are ready to be stored, with the events in them.
struct SealedEvents {
  std::vector<EntryRow> rows;
  std::vector<election::Recorded> events;
  std::size_t bytes = 0;
};

// The secret key of which a ledger's entries name the public one. Errors: not_found, integrity.
using KeySource = std::function<Result<SigningKeyPtr>(const log::VerifierKey&)>;

// One ledger, folded: the election's state, and the chain and tree that the next entry continues. One thread's.
class FoldedLedger {
 public:
  explicit FoldedLedger(LedgerInfo info);

  const LedgerInfo& info() const { return info_; }
  const election::State& state() const { return state_; }
  std::uint64_t size() const { return leaves_.size(); }
  Hash leaf(Seq seq) const { return leaves_.at(seq.value); }
  Timestamp time(Seq seq) const { return times_.at(seq.value); }
  Head head() const;
  // The key that signs the next entry; nothing while the ledger is empty.
  const std::optional<log::VerifierKey>& key() const { return key_; }

  // Folds stored entries that continue this one: the hash of each is computed again, the chain followed, and the old
  // key's signature checked where the key changes.
  // Error: integrity, naming the entry; what came before it is folded.
  Result<void> fold(std::span<const EntryRow> rows);
  // That the stored head is the one computed from the entries. Error: integrity.
  Result<void> check_head(const Head& stored) const;
  // That the last entry, of which these are the bytes, is signed by the key that was in force. Since every entry names
  // the hash of the one before, that one signature covers all since the last change of the key. Errors: integrity.
  Result<void> check_signed(std::string_view last_entry) const;

  // Chains and signs events as the next entries, without folding them; each with the key in force at it. A key that
  // takes over must be at hand. Errors: too_large (an entry beyond its bound); malformed (no key is named);
  // integrity (a key is missing).
  Result<SealedEvents> seal(std::vector<election::Event> events, const election::Actor& actor, Timestamp now,
                            const KeySource& keys);
  // Folds what seal() gave just now.
  void accept(const SealedEvents& sealed);

  // Whether anything that a Summary shows changed since the last call.
  bool take_summary_changed() { return std::exchange(summary_changed_, false); }

 private:
  void advance(const Hash& leaf, const election::Recorded& recorded);
  Hash last_leaf() const { return leaves_.empty() ? Hash{} : leaves_.back(); }

  LedgerInfo info_;
  election::State state_;
  log::RightEdge tree_;
  std::vector<Hash> leaves_;  // so that a repeated command is answered without asking the database
  std::vector<Timestamp> times_;
  std::optional<log::VerifierKey> key_;        // in force now
  std::optional<log::VerifierKey> signed_by_;  // in force at the last entry
  SigningKeyPtr signer_;                       // what seal() used last
  bool summary_changed_ = false;
};

// Reads entries from `from`, at least one where there is one.
using EntryReader = std::function<Result<std::vector<EntryRow>>(Seq from, std::size_t max_entries)>;

// Folds what stands between the folded size and `head`, and checks the head. With `recheck`, the last entry that was
// folded before is read and hashed again, also where nothing is new: for the first look after a lost connection.
// Errors: integrity, the reader's.
Result<void> catch_up(FoldedLedger& ledger, const Head& head, const EntryReader& read, bool recheck);

}  // namespace suara::ledger
