#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "ledger/mariadb/value.hpp"

// The C driver's types, so that <mysql.h> stays in the .cpp files of this folder.
struct st_mysql;
struct st_mysql_stmt;

namespace suara::ledger::mariadb {

struct Config {
  std::filesystem::path socket;  // unix socket; used unless `host` is set
  std::string host;
  std::uint16_t port = 3306;
  std::string user;
  std::filesystem::path password_file;  // one line; refused where others can read it; empty: no password
  std::string database;                 // may be empty only for administration
  std::chrono::seconds connect_timeout{5};
  std::chrono::seconds io_timeout{10};   // of every wait for the server
  std::chrono::seconds lock_timeout{3};  // for a row locked by somebody else
};

// The password in the file, without its line end; empty for an empty path.
// Errors: not_found, not_permitted (others can read it), malformed.
Result<std::string> read_password_file(const std::filesystem::path& path);

// One connection; not thread-safe. Errors of every call:
//   unavailable    the server cannot be reached, a deadline passed, a lock was waited for in vain, a deadlock: where
//                  it was not commit(), nothing was done
//   conflict       a key stands already
//   not_permitted  the account or a trigger does not allow it
//   internal       anything else: the statement is wrong
// Details hold the server's error number, never its text, which may quote data. A connection whose driver failed is
// poisoned: usable() is false and every further call gives `unavailable`.
class Connection {
 public:
  static Result<std::unique_ptr<Connection>> open(const Config& config);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool usable() const { return mysql_ != nullptr && !poisoned_; }
  bool in_transaction() const;
  Result<void> ping();

  // One statement without parameters and without rows.
  Result<void> execute(std::string_view sql);
  // Prepared (once a connection, then cached by its text); gives the rows affected.
  Result<std::uint64_t> run(std::string_view sql, Values values);
  // One INSERT (or UPDATE, DELETE) for all rows by array binding, in slices well below max_allowed_packet: atomic only
  // inside a transaction. In a column every value has one kind, or is NULL.
  Result<std::uint64_t> run_bulk(std::string_view sql, const BulkRows& rows);
  Result<Rows> query(std::string_view sql, Values values = {});
  std::uint64_t last_insert_id() const;

  Result<void> begin() { return execute("START TRANSACTION"); }
  Result<void> commit();
  void rollback();  // a failure poisons

  // Several statements in one text, for migrations, which hold no data: the only error with the server's own words.
  Result<void> execute_script(std::string_view sql);

 private:
  struct CloseMysql {
    void operator()(st_mysql* mysql) const;
  };
  struct CloseStatement {
    void operator()(st_mysql_stmt* statement) const;
  };
  using Statement = std::unique_ptr<st_mysql_stmt, CloseStatement>;

  Connection() = default;
  Result<void> set_up(const Config& config);
  Result<st_mysql_stmt*> prepare(std::string_view sql, bool bulk);
  Result<std::uint64_t> run_slice(st_mysql_stmt* statement, const BulkRows& rows, std::size_t first, std::size_t last);
  Result<Rows> fetch(st_mysql_stmt* statement);
  tl::unexpected<Error> refuse(unsigned number);
  tl::unexpected<Error> refuse_statement(st_mysql_stmt* statement);

  std::unique_ptr<st_mysql, CloseMysql> mysql_;
  std::unordered_map<std::string, Statement> statements_;  // declared after mysql_: closed before it
  std::size_t bulk_bytes_ = 0;
  bool poisoned_ = false;
};

// Rolls back unless committed.
class Transaction {
 public:
  static Result<Transaction> begin(Connection& connection);
  Transaction(Transaction&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Result<void> commit();

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}
  Connection* connection_;
};

// For statements where it does not matter how many rows they met.
inline Result<void> forget_rows(const Result<std::uint64_t>& done) {
  if (!done) return fail(done.error());
  return {};
}

}  // namespace suara::ledger::mariadb
