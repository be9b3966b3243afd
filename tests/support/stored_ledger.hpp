#pragma once
#include "core/log/vkey.hpp"
#include "ledger/event_store.hpp"
#include "ledger/key_store.hpp"
#include "tests/support/held_election.hpp"

namespace suara::test {

// Writes a held election's events into a store as the service would: encoded, chained, signed, with head and tree.
class StoredLedger {
 public:
  StoredLedger(ledger::EventStore& store, ledger::KeyStore& keys, HeldElection& election);

  // Appends what the election recorded since, at most `limit` events. Gives the ledger's size.
  std::uint64_t store_new(std::size_t limit = SIZE_MAX);

  const ledger::LedgerInfo& info() const { return info_; }
  const log::VerifierKey& key() const { return name_; }

 private:
  ledger::EventStore& store_;
  HeldElection& election_;
  ledger::LedgerInfo info_;
  std::shared_ptr<const crypto::SigningKey> key_;
  log::VerifierKey name_;
  std::size_t stored_ = 0;
};

// The value, or the test fails by an exception with the error's words.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace suara::test
