#pragma once
#include "core/log/vkey.hpp"
#include "ledger/event_store.hpp"
#include "ledger/key_store.hpp"
#include "tests/support/held_election.hpp"

namespace suara::test {

// Writes a held election's events into a store as the service would: encoded, chained, signed, with head and tree. The
// election, which has recorded a draft, is given the ledger's real key.
class StoredLedger {
 public:
  StoredLedger(ledger::EventStore& store, ledger::KeyStore& keys, HeldElection& election);

  // Appends what the election recorded since, at most `limit` events. Gives the ledger's size.
  std::uint64_t store_new(std::size_t limit = SIZE_MAX);

  // Has the election record another key, made in the key store. What follows is signed with it.
  void rotate();

  const ledger::LedgerInfo& info() const { return info_; }
  const log::VerifierKey& key() const { return names_.front(); }
  const std::vector<log::VerifierKey>& keys() const { return names_; }  // oldest first

 private:
  ledger::EventStore& store_;
  HeldElection& election_;
  ledger::LedgerInfo info_;
  ledger::KeyStore& key_store_;
  std::vector<ledger::SigningKeyPtr> keys_;
  std::vector<log::VerifierKey> names_;
  std::size_t in_force_ = 0;
  std::size_t stored_ = 0;
};

// The value, or the test fails by an exception with the error's words.
template <class T>
T must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().detail);
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace suara::test
