#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace suara::ledger {

struct LedgerInfo {
  LedgerId id;
  ElectionUuid uuid;
  Origin origin;
};

struct LedgerSize {
  LedgerInfo info;
  std::uint64_t size = 0;  // entries
};

// How much is read at a time where a ledger is gone through: whole bundles of the public log.
constexpr std::size_t read_entries = 1024;
constexpr std::size_t read_bytes = 32u << 20;

// One row of `entries`: the entry's bytes and what is indexed of it.
struct EntryRow {
  Seq seq;
  std::string bytes;
  Hash leaf;
  std::string type;
  Timestamp time;
};

// One row of `heads`. `edge` is the right edge of the Merkle tree (core/log/merkle.hpp), so that a root can be
// computed without reading the ledger.
struct Head {
  std::uint64_t size = 0;
  Hash last_leaf;  // zeros while size is 0
  Timestamp last_time;
  std::vector<Hash> edge;
};

// The locked head of one ledger. Nobody else appends to it until commit() or destruction (which rolls back).
class AppendTransaction {
 public:
  virtual ~AppendTransaction() = default;
  virtual const Head& head() const = 0;
  // Entries from `from`, for catching up with what other processes appended. Stops at either bound, but gives at
  // least one entry where there is one.
  virtual Result<std::vector<EntryRow>> read(Seq from, std::size_t max_entries, std::size_t max_bytes) = 0;
  // `rows` continue head() without a gap; `next` is the head after them. Error: unavailable (nothing is stored).
  virtual Result<void> append(std::span<const EntryRow> rows, const Head& next) = 0;
  // Durable when it succeeds. After an error the fate is unknown: read the head before telling anybody anything.
  virtual Result<void> commit() = 0;
};

// The durable truth. Every call either succeeds or gives `unavailable` (cannot reach the database, deadline passed) or
// `integrity` (what is stored contradicts itself). Thread-safe; calls block.
class EventStore {
 public:
  virtual ~EventStore() = default;
  // Registers an empty ledger. Error: conflict (uuid taken).
  virtual Result<LedgerInfo> create_ledger(const ElectionUuid& uuid, const Origin& origin) = 0;
  virtual Result<std::vector<LedgerInfo>> ledgers() = 0;  // in order of creation
  virtual Result<std::vector<LedgerSize>> sizes() = 0;    // the same, each with its present size; cheap
  virtual Result<Head> head(LedgerId ledger) = 0;
  // Entries from `from`; bounds as in AppendTransaction::read.
  virtual Result<std::vector<EntryRow>> read(LedgerId ledger, Seq from, std::size_t max_entries,
                                             std::size_t max_bytes) = 0;
  virtual Result<std::unique_ptr<AppendTransaction>> begin_append(LedgerId ledger) = 0;

  // The first note saved for a size stays; saving another one for it changes nothing.
  virtual Result<void> save_checkpoint(LedgerId ledger, std::uint64_t size, const std::string& note) = 0;
  virtual Result<std::optional<std::string>> latest_checkpoint(LedgerId ledger) = 0;
};

}  // namespace suara::ledger
