#include "ledger/mariadb/maria_store.hpp"

#include <algorithm>
#include <stdexcept>

namespace suara::ledger::mariadb {
namespace {

// Bounds the memory of one query: entries are at most 64 KiB.
constexpr std::size_t page_entries = 256;

// A store promises `unavailable` or `integrity`; whatever else the database answers means it cannot serve.
tl::unexpected<Error> store_error(Error error) {
  if (error.code != ErrorCode::integrity) error.code = ErrorCode::unavailable;
  return fail(std::move(error));
}

Result<Head> head_of(const Rows& rows) {
  if (rows.empty()) return fail(ErrorCode::integrity, "The database has no head for this ledger.");
  const Row row = rows[0];
  Head head;
  head.size = row.u64(0);
  auto leaf = row.hash(1);
  if (!leaf) return fail(std::move(leaf).error());
  head.last_leaf = *leaf;
  head.last_time = Timestamp{row.i64(2)};
  const ByteView edge = row.bytes(3);
  if (edge.size() % 32 != 0)
    return fail(ErrorCode::integrity, "The stored right edge of a ledger's tree is cut short.");
  for (std::size_t at = 0; at < edge.size(); at += 32) {
    Hash& hash = head.edge.emplace_back();
    std::copy_n(edge.begin() + static_cast<std::ptrdiff_t>(at), 32, hash.bytes.begin());
  }
  return head;
}

Bytes edge_bytes(const std::vector<Hash>& edge) {
  Bytes out;
  for (const Hash& hash : edge) out.insert(out.end(), hash.bytes.begin(), hash.bytes.end());
  return out;
}

Result<std::vector<EntryRow>> read_entries(Connection& connection, LedgerId ledger, Seq from, std::size_t max_entries,
                                           std::size_t max_bytes) {
  std::vector<EntryRow> out;
  std::size_t bytes = 0;
  while (out.size() < max_entries) {
    const std::size_t wanted = std::min(page_entries, max_entries - out.size());
    auto rows = connection.query(
        "SELECT seq, entry, leaf_hash, type, time FROM entries WHERE ledger_id = ? AND seq >= ? ORDER BY seq LIMIT ?",
        {ledger, from.value + out.size(), wanted});
    if (!rows) return store_error(std::move(rows).error());
    for (const Row row : *rows) {
      const Seq seq{row.u64(0)};
      if (seq.value != from.value + out.size())
        return fail(ErrorCode::integrity, "Entry " + std::to_string(from.value + out.size()) + " is missing.");
      bytes += row.text(1).size();
      if (!out.empty() && bytes > max_bytes) return out;
      auto leaf = row.hash(2);
      if (!leaf) return fail(std::move(leaf).error());
      out.push_back({seq, std::string(row.text(1)), *leaf, std::string(row.text(3)), Timestamp{row.i64(4)}});
    }
    if (rows->size() < wanted) break;
  }
  return out;
}

class MariaAppend : public AppendTransaction {
 public:
  MariaAppend(Pool::Lease connection, LedgerId ledger) : connection_(std::move(connection)), ledger_(ledger) {}
  ~MariaAppend() override {
    if (connection_->in_transaction()) connection_->rollback();
  }

  Result<void> lock_head() {
    if (auto begun = connection_->begin(); !begun) return store_error(std::move(begun).error());
    auto rows = connection_->query("SELECT size, last_leaf, last_time, edge FROM heads WHERE ledger_id = ? FOR UPDATE",
                                   {ledger_});
    if (!rows) return store_error(std::move(rows).error());
    auto head = head_of(*rows);
    if (!head) return fail(std::move(head).error());
    head_ = std::move(*head);
    size_ = head_.size;
    return {};
  }

  const Head& head() const override { return head_; }

  Result<std::vector<EntryRow>> read(Seq from, std::size_t max_entries, std::size_t max_bytes) override {
    return read_entries(*connection_, ledger_, from, max_entries, max_bytes);
  }

  Result<void> append(std::span<const EntryRow> rows, const Head& next) override {
    BulkRows bulk(6);
    std::uint64_t size = size_;
    for (const EntryRow& row : rows) {
      if (row.seq.value != size++) throw std::logic_error("appended entries do not continue the head");
      bulk.add({ledger_, row.seq, as_bytes(row.bytes), row.leaf, row.type, row.time});
    }
    if (next.size != size) throw std::logic_error("the new head does not count the appended entries");
    auto inserted = connection_->run_bulk(
        "INSERT INTO entries (ledger_id, seq, entry, leaf_hash, type, time) VALUES (?, ?, ?, ?, ?, ?)", bulk);
    if (!inserted) {
      if (inserted.error().code == ErrorCode::conflict)
        return fail(ErrorCode::integrity, "The database holds entries beyond the ledger's head.");
      return store_error(std::move(inserted).error());
    }
    const Bytes edge = edge_bytes(next.edge);
    auto moved = connection_->run(
        "UPDATE heads SET size = ?, last_leaf = ?, last_time = ?, edge = ? WHERE ledger_id = ? AND size = ?",
        {next.size, next.last_leaf, next.last_time, edge, ledger_, size_});
    if (!moved) return store_error(std::move(moved).error());
    if (*moved != 1 || *inserted != rows.size())
      return fail(ErrorCode::unavailable, "The database did not take all entries; nothing was recorded.");
    size_ = size;
    return {};
  }

  Result<void> commit() override {
    if (auto done = connection_->commit(); !done) return store_error(std::move(done).error());
    return {};
  }

 private:
  Pool::Lease connection_;
  LedgerId ledger_;
  Head head_;
  std::uint64_t size_ = 0;  // with what this transaction appended
};

}  // namespace

MariaStore::MariaStore(const Config& config, std::size_t readers) : writers_(config, 4), readers_(config, readers) {}

Result<LedgerInfo> MariaStore::create_ledger(const ElectionUuid& uuid, const Origin& origin) {
  auto connection = writers_.acquire();
  if (!connection) return store_error(std::move(connection).error());
  auto transaction = Transaction::begin(**connection);
  if (!transaction) return store_error(std::move(transaction).error());
  if (auto made = (*connection)->run("INSERT INTO ledgers (uuid, origin) VALUES (?, ?)", {uuid, origin}); !made) {
    if (made.error().code == ErrorCode::conflict)
      return fail(ErrorCode::conflict, "This election has a ledger already.");
    return store_error(std::move(made).error());
  }
  auto id = (*connection)->query("SELECT id FROM ledgers WHERE uuid = ?", {uuid});
  if (!id) return store_error(std::move(id).error());
  const LedgerInfo info{LedgerId{static_cast<std::uint32_t>((*id)[0].u64(0))}, uuid, origin};
  if (auto made = (*connection)
                      ->run("INSERT INTO heads (ledger_id, size, last_leaf, last_time, edge) VALUES (?, 0, ?, 0, '')",
                            {info.id, Hash{}});
      !made)
    return store_error(std::move(made).error());
  if (auto done = transaction->commit(); !done) return store_error(std::move(done).error());
  return info;
}

Result<std::vector<LedgerInfo>> MariaStore::ledgers() {
  auto all = sizes();
  if (!all) return fail(std::move(all).error());
  std::vector<LedgerInfo> out;
  for (auto& ledger : *all) out.push_back(std::move(ledger.info));
  return out;
}

Result<std::vector<LedgerSize>> MariaStore::sizes() {
  auto connection = readers_.acquire();
  if (!connection) return store_error(std::move(connection).error());
  auto rows = (*connection)
                  ->query(
                      "SELECT l.id, l.uuid, l.origin, h.size FROM ledgers l JOIN heads h ON h.ledger_id = l.id "
                      "ORDER BY l.id");
  if (!rows) return store_error(std::move(rows).error());
  std::vector<LedgerSize> out;
  for (const Row row : *rows)
    out.push_back({{LedgerId{static_cast<std::uint32_t>(row.u64(0))}, ElectionUuid{std::string(row.text(1))},
                    Origin{std::string(row.text(2))}},
                   row.u64(3)});
  return out;
}

Result<Head> MariaStore::head(LedgerId ledger) {
  auto connection = readers_.acquire();
  if (!connection) return store_error(std::move(connection).error());
  auto rows = (*connection)->query("SELECT size, last_leaf, last_time, edge FROM heads WHERE ledger_id = ?", {ledger});
  if (!rows) return store_error(std::move(rows).error());
  return head_of(*rows);
}

Result<std::vector<EntryRow>> MariaStore::read(LedgerId ledger, Seq from, std::size_t max_entries,
                                               std::size_t max_bytes) {
  auto connection = readers_.acquire();
  if (!connection) return store_error(std::move(connection).error());
  return read_entries(**connection, ledger, from, max_entries, max_bytes);
}

Result<std::unique_ptr<AppendTransaction>> MariaStore::begin_append(LedgerId ledger) {
  auto connection = writers_.acquire();
  if (!connection) return store_error(std::move(connection).error());
  auto append = std::make_unique<MariaAppend>(std::move(*connection), ledger);
  if (auto locked = append->lock_head(); !locked) return fail(std::move(locked).error());
  return append;
}

Result<void> MariaStore::save_checkpoint(LedgerId ledger, std::uint64_t size, const std::string& note) {
  auto connection = writers_.acquire();
  if (!connection) return store_error(std::move(connection).error());
  auto saved =
      (*connection)->run("INSERT INTO checkpoints (ledger_id, size, note) VALUES (?, ?, ?)", {ledger, size, note});
  if (!saved && saved.error().code != ErrorCode::conflict) return store_error(std::move(saved).error());
  return {};
}

Result<std::optional<std::string>> MariaStore::latest_checkpoint(LedgerId ledger) {
  auto connection = readers_.acquire();
  if (!connection) return store_error(std::move(connection).error());
  auto rows =
      (*connection)->query("SELECT note FROM checkpoints WHERE ledger_id = ? ORDER BY size DESC LIMIT 1", {ledger});
  if (!rows) return store_error(std::move(rows).error());
  if (rows->empty()) return std::nullopt;
  return std::string((*rows)[0].text(0));
}

}  // namespace suara::ledger::mariadb
