#include "ledger/mariadb/maria_roll.hpp"

#include "core/codec/roll_csv.hpp"

namespace suara::ledger::mariadb {
namespace {

tl::unexpected<Error> roll_error(Error error) {
  if (error.code != ErrorCode::integrity && error.code != ErrorCode::conflict) error.code = ErrorCode::unavailable;
  return fail(std::move(error));
}

std::uint64_t delivery_number(codec::Delivery delivery) { return delivery == codec::Delivery::place ? 1 : 0; }

void nothing(std::uint64_t) {}

// How many notes went: one, or none where somebody else has settled it.
Result<std::uint64_t> forget(Connection& connection, LedgerId ledger, const VoterChange& change) {
  return connection.run("DELETE FROM voter_changes WHERE ledger_id = ? AND commitment = ? AND removal = ?",
                        {ledger, change.row.commitment, change.removal ? 1 : 0});
}

Result<std::uint64_t> forget(Connection& connection, LedgerId ledger, const RollImport& import) {
  return connection.run("DELETE FROM roll_imports WHERE ledger_id = ? AND first = ?", {ledger, import.first});
}

constexpr std::string_view columns = "id, name, class, place, salt, commitment, weight, delivery";

Result<VoterRow> voter_of(const Row& row) {
  auto commitment = row.hash(5);
  if (!commitment) return fail(std::move(commitment).error());
  const ByteView salt = row.bytes(4);
  return VoterRow{VoterId{std::string(row.text(0))},
                  std::string(row.text(1)),
                  std::string(row.text(2)),
                  PlaceId{std::string(row.text(3))},
                  Bytes(salt.begin(), salt.end()),
                  *commitment,
                  row.u64(6),
                  row.u64(7) == 0 ? codec::Delivery::post : codec::Delivery::place};
}

Result<std::vector<VoterRow>> voters_of(const Rows& rows) {
  std::vector<VoterRow> out;
  out.reserve(rows.size());
  for (const Row row : rows) {
    auto voter = voter_of(row);
    if (!voter) return fail(std::move(voter).error());
    out.push_back(std::move(*voter));
  }
  return out;
}

// Only what is asked for stands in the text, so that an index can be used for it; the number of values stays the same.
// U+10FFFF follows every other character: the ids between a text and the text with it are those that begin with it.
std::string found_by(const RollQuery& query, const std::string& settled) {
  std::string sql = " FROM voters WHERE ledger_id = ? AND id > ?" + settled;
  sql += query.place ? " AND place = ?" : " AND ? IS NULL";
  sql += query.klass ? " AND class = ?" : " AND ? IS NULL";
  sql += query.text.empty() ? " AND COALESCE(?, ?, ?) IS NULL"
                            : " AND (LOCATE(LOWER(?), LOWER(CONCAT(name, '\\n', class))) > 0 "
                              "OR id BETWEEN ? AND CONCAT(?, _utf8mb4 0xF48FBFBF))";
  return sql;
}

}  // namespace

MariaRoll::MariaRoll(const Config& config, std::size_t connections) : pool_(config, connections) {}

Result<Rows> MariaRoll::query(std::string_view sql, Values values) {
  auto connection = pool_.acquire();
  if (!connection) return roll_error(std::move(connection).error());
  auto rows = (*connection)->query(sql, values);
  if (!rows) return roll_error(std::move(rows).error());
  return rows;
}

Result<void> MariaRoll::together(const std::function<Result<void>(Connection&)>& work) {
  auto connection = pool_.acquire();
  if (!connection) return roll_error(std::move(connection).error());
  auto transaction = Transaction::begin(**connection);
  if (!transaction) return roll_error(std::move(transaction).error());
  if (auto done = work(**connection); !done) return roll_error(std::move(done).error());
  if (auto done = transaction->commit(); !done) return roll_error(std::move(done).error());
  return {};
}

Result<RollImport> MariaRoll::add_voters(LedgerId ledger, const std::vector<VoterRow>& rows, Seq from,
                                         const Clock& clock) {
  RollImport import{rows.empty() ? Hash{} : rows.front().commitment, from, clock()};
  if (rows.empty()) return import;
  BulkRows bulk(10);
  for (const VoterRow& row : rows) {
    bulk.add({ledger, row.id, row.name, row.klass, row.place, row.salt, row.commitment, row.weight,
              delivery_number(row.delivery), import.first});
  }
  const auto inserted = together([&](Connection& connection) -> Result<void> {
    const auto added = connection.run_bulk(
        "INSERT INTO voters (ledger_id, id, name, class, place, salt, commitment, weight, delivery, import) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        bulk);
    if (!added) return fail(added.error());
    import.noted = clock();
    return connection
        .run("INSERT INTO roll_imports (ledger_id, first, from_seq, noted) VALUES (?, ?, ?, ?)",
             {ledger, import.first, import.from, import.noted})
        .map(nothing);
  });
  if (inserted) return import;
  if (inserted.error().code != ErrorCode::conflict) return fail(inserted.error());
  return fail(ErrorCode::conflict, "A voter with this number is enrolled already.");
}

Result<std::vector<RollImport>> MariaRoll::imports(LedgerId ledger) {
  const auto rows =
      query("SELECT first, from_seq, noted FROM roll_imports WHERE ledger_id = ? ORDER BY from_seq", {ledger});
  if (!rows) return fail(rows.error());
  std::vector<RollImport> out;
  for (const Row row : *rows) {
    const auto first = row.hash(0);
    if (!first) return fail(first.error());
    out.push_back({*first, Seq{row.u64(1)}, Timestamp{row.i64(2)}});
  }
  return out;
}

Result<void> MariaRoll::keep_import(LedgerId ledger, const RollImport& import) {
  return together([&](Connection& connection) { return forget(connection, ledger, import).map(nothing); });
}

Result<void> MariaRoll::drop_import(LedgerId ledger, const RollImport& import) {
  return together([&](Connection& connection) -> Result<void> {
    const auto noted = forget(connection, ledger, import);
    if (!noted) return fail(noted.error());
    if (*noted == 0) return {};
    return connection.run("DELETE FROM voters WHERE ledger_id = ? AND import = ?", {ledger, import.first}).map(nothing);
  });
}

Result<std::string> MariaRoll::only_settled(LedgerId ledger) {
  const auto open = imports(ledger);
  if (!open) return fail(open.error());
  if (open->empty()) return std::string();
  return std::string(
      " AND NOT EXISTS (SELECT 1 FROM roll_imports i WHERE i.ledger_id = voters.ledger_id AND i.first = "
      "voters.import)");
}

Result<RollPage> MariaRoll::page(LedgerId ledger, const RollQuery& query) {
  const auto settled = only_settled(ledger);
  if (!settled) return fail(settled.error());
  const auto text = query.text.empty() ? std::nullopt : std::optional(query.text);
  const auto ask = [&](const std::string& sql, std::string_view after, std::string_view id, std::size_t limit) {
    return this->query(sql, {ledger, after, query.place, query.klass, text, text, text, id, limit});
  };
  const std::string found = found_by(query, *settled);
  const std::string select = "SELECT " + std::string(columns) + found;
  // Every id is longer than the empty text, which so stands for "from the first" and for "without none".
  auto rows = ask(select + " AND id <> ? ORDER BY id LIMIT ?", query.after ? query.after->value : std::string_view(),
                  query.text, query.limit + 1);
  if (!rows) return fail(std::move(rows).error());
  auto voters = voters_of(*rows);
  if (!voters) return fail(std::move(voters).error());
  RollPage page{std::move(*voters), 0, std::nullopt};
  const bool more = page.voters.size() > query.limit;
  if (more) {
    page.voters.pop_back();
    page.next = page.voters.back().id;
  }
  if (!query.after) {
    const auto named = ask(select + " AND id = ? LIMIT ?", {}, query.text, 1);
    if (!named) return fail(named.error());
    auto first = voters_of(*named);
    if (!first) return fail(std::move(first).error());
    page.voters.insert(page.voters.begin(), first->begin(), first->end());
    page.total = page.voters.size();
    if (!more) return page;
  }
  const auto counted = ask("SELECT COUNT(*)" + found + " AND id <> ? LIMIT ?", {}, {}, 1);
  if (!counted) return fail(counted.error());
  page.total = (*counted)[0].u64(0);
  return page;
}

Result<std::optional<VoterRow>> MariaRoll::find(LedgerId ledger, const VoterId& id) {
  const auto settled = only_settled(ledger);
  if (!settled) return fail(settled.error());
  auto rows =
      query("SELECT " + std::string(columns) + " FROM voters WHERE ledger_id = ? AND id = ?" + *settled, {ledger, id});
  if (!rows) return fail(std::move(rows).error());
  if (rows->empty()) return std::nullopt;
  return voter_of((*rows)[0]).map([](VoterRow row) { return std::optional(std::move(row)); });
}

Result<std::vector<ClassCount>> MariaRoll::classes(LedgerId ledger) {
  const auto settled = only_settled(ledger);
  if (!settled) return fail(settled.error());
  auto rows = query(
      "SELECT class, COUNT(*) FROM voters WHERE ledger_id = ?" + *settled + " GROUP BY class ORDER BY class LIMIT ?",
      {ledger, codec::max_roll_rows});
  if (!rows) return fail(std::move(rows).error());
  std::vector<ClassCount> out;
  for (const Row row : *rows) out.push_back({std::string(row.text(0)), row.u64(1)});
  return out;
}

Result<void> MariaRoll::note_change(LedgerId ledger, const VoterChange& change) {
  const VoterRow& row = change.row;
  return together([&](Connection& connection) {
    return connection
        .run(
            "INSERT IGNORE INTO voter_changes (ledger_id, id, name, class, place, salt, commitment, weight, delivery, "
            "removal, from_seq, noted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            {ledger, row.id, row.name, row.klass, row.place, row.salt, row.commitment, row.weight,
             delivery_number(row.delivery), change.removal ? 1 : 0, change.from, change.noted})
        .map(nothing);
  });
}

Result<std::vector<VoterChange>> MariaRoll::changes(LedgerId ledger) {
  auto rows = query("SELECT " + std::string(columns) +
                        ", removal, from_seq, noted FROM voter_changes WHERE ledger_id = ? ORDER BY from_seq LIMIT ?",
                    {ledger, codec::max_roll_rows});
  if (!rows) return fail(std::move(rows).error());
  std::vector<VoterChange> out;
  for (const Row row : *rows) {
    auto voter = voter_of(row);
    if (!voter) return fail(std::move(voter).error());
    out.push_back({std::move(*voter), row.u64(8) != 0, Seq{row.u64(9)}, Timestamp{row.i64(10)}});
  }
  return out;
}

Result<void> MariaRoll::apply_change(LedgerId ledger, const VoterChange& change) {
  const VoterRow& row = change.row;
  return together([&](Connection& connection) -> Result<void> {
    const auto noted = forget(connection, ledger, change);
    if (!noted) return fail(noted.error());
    if (*noted == 0) return {};
    const auto changed =
        change.removal ? connection.run("DELETE FROM voters WHERE ledger_id = ? AND id = ? AND commitment = ?",
                                        {ledger, row.id, row.commitment})
                       : connection.run(
                             "UPDATE voters SET name = ?, class = ?, place = ?, salt = ?, commitment = ?, weight = ?, "
                             "delivery = ? WHERE ledger_id = ? AND id = ?",
                             {row.name, row.klass, row.place, row.salt, row.commitment, row.weight,
                              delivery_number(row.delivery), ledger, row.id});
    if (!changed) return fail(changed.error());
    return {};
  });
}

Result<void> MariaRoll::drop_change(LedgerId ledger, const VoterChange& change) {
  return together([&](Connection& connection) { return forget(connection, ledger, change).map(nothing); });
}

Result<std::uint64_t> MariaRoll::erase(LedgerId ledger, const std::optional<VoterId>& id, const Erasure& erasure) {
  const std::string whose = id ? " AND id = ?" : " AND ? IS NULL";
  std::uint64_t erased = 0;
  const auto done = together([&](Connection& connection) -> Result<void> {
    const auto notes = connection.run("DELETE FROM voter_changes WHERE ledger_id = ?" + whose, {ledger, id});
    if (!notes) return fail(notes.error());
    const auto rows = connection.run("DELETE FROM voters WHERE ledger_id = ?" + whose, {ledger, id});
    if (!rows) return fail(rows.error());
    erased = *rows;
    if (erased == 0) return {};
    return connection
        .run("INSERT INTO roll_erasures (ledger_id, time, login, voters, reason) VALUES (?, ?, ?, ?, ?)",
             {ledger, erasure.time, erasure.login, erased, erasure.reason})
        .map(nothing);
  });
  if (!done) return fail(done.error());
  return erased;
}

}  // namespace suara::ledger::mariadb
