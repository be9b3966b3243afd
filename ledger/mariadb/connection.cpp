#include "ledger/mariadb/connection.hpp"

#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "ledger/mariadb/binds.hpp"

namespace suara::ledger::mariadb {
namespace {

constexpr std::size_t max_statements = 128;
constexpr std::size_t max_bulk_bytes = 2u << 20;

// The driver's own errors, and those of the server that end a connection.
bool driver_failed(unsigned number) {
  return (number >= CR_MIN_ERROR && number <= CR_MAX_ERROR) || number >= 5000 || number == ER_SERVER_SHUTDOWN ||
         number == ER_CONNECTION_KILLED || number == ER_NET_PACKET_TOO_LARGE;
}

std::string with_number(std::string_view sentence, unsigned number) {
  return std::string(sentence) + " (MariaDB error " + std::to_string(number) + ").";
}

Error error_of(unsigned number) {
  switch (number) {
    case ER_CHECKREAD:
    case ER_LOCK_WAIT_TIMEOUT:
    case ER_LOCK_DEADLOCK:
    case ER_STATEMENT_TIMEOUT:
    case ER_QUERY_INTERRUPTED:
      return {ErrorCode::unavailable, with_number("The database could not do it now; try again", number)};
    case ER_CON_COUNT_ERROR:
    case ER_TOO_MANY_USER_CONNECTIONS:
    case ER_USER_LIMIT_REACHED:
      return {ErrorCode::unavailable, with_number("The database takes no more connections", number)};
    case ER_ACCESS_DENIED_ERROR:
    case ER_DBACCESS_DENIED_ERROR:
    case ER_BAD_DB_ERROR:
      return {ErrorCode::unavailable,
              with_number("The database does not let this account in; check user, password file and database name",
                          number)};
    case ER_DISK_FULL:
    case ER_RECORD_FILE_FULL:
    case ER_OPTION_PREVENTS_STATEMENT:
    case ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION:
      return {ErrorCode::unavailable, with_number("The database cannot write: it is full or read-only", number)};
    case ER_DUP_ENTRY:
      return {ErrorCode::conflict, with_number("That is recorded already", number)};
    case ER_TABLEACCESS_DENIED_ERROR:
    case ER_COLUMNACCESS_DENIED_ERROR:
    case ER_SPECIFIC_ACCESS_DENIED_ERROR:
    case ER_SIGNAL_EXCEPTION:
      return {ErrorCode::not_permitted, with_number("The database does not permit this", number)};
    default:
      if (driver_failed(number))
        return {ErrorCode::unavailable,
                with_number("The database cannot be reached or did not answer in time", number)};
      return {ErrorCode::internal, with_number("The database refused a statement", number)};
  }
}

bool is_integer(enum_field_types type) {
  switch (type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_YEAR:
      return true;
    default:
      return false;
  }
}

}  // namespace

Result<std::string> read_password_file(const std::filesystem::path& path) {
  if (path.empty()) return std::string();
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0)
    return fail(ErrorCode::not_found, "The password file " + path.string() + " cannot be found or read.");
  if ((info.st_mode & 077) != 0)
    return fail(ErrorCode::not_permitted, "The password file " + path.string() +
                                              " can be read by others. Give it mode 0600 and change the password.");
  std::ifstream in(path);
  std::string line;
  if (!std::getline(in, line) || line.empty() || line.size() > 1024)
    return fail(ErrorCode::malformed, "The password file " + path.string() + " must hold one line with the password.");
  return line;
}

void Connection::CloseMysql::operator()(st_mysql* mysql) const { mysql_close(mysql); }
void Connection::CloseStatement::operator()(st_mysql_stmt* statement) const { mysql_stmt_close(statement); }

Result<std::unique_ptr<Connection>> Connection::open(const Config& config) {
  // mysql_init() starts the library where nobody did, which is not safe from several threads at once.
  static std::once_flag started;
  std::call_once(started, [] { mysql_server_init(0, nullptr, nullptr); });
  std::unique_ptr<Connection> connection(new Connection);
  if (auto done = connection->set_up(config); !done) return fail(std::move(done).error());
  return connection;
}

Result<void> Connection::set_up(const Config& config) {
  const auto password = read_password_file(config.password_file);
  if (!password) return fail(password.error());
  mysql_.reset(mysql_init(nullptr));
  if (!mysql_) throw std::bad_alloc();
  const auto seconds = [](std::chrono::seconds value) { return static_cast<unsigned>(value.count()); };
  const unsigned connect = seconds(config.connect_timeout), io = seconds(config.io_timeout);
  const my_bool no = 0;
  mysql_options(mysql_.get(), MYSQL_OPT_CONNECT_TIMEOUT, &connect);
  mysql_options(mysql_.get(), MYSQL_OPT_READ_TIMEOUT, &io);
  mysql_options(mysql_.get(), MYSQL_OPT_WRITE_TIMEOUT, &io);
  mysql_options(mysql_.get(), MYSQL_OPT_RECONNECT, &no);
  mysql_options(mysql_.get(), MYSQL_SET_CHARSET_NAME, "utf8mb4");
  const unsigned off = 0;
  mysql_options(mysql_.get(), MYSQL_OPT_LOCAL_INFILE, &off);
  const bool tcp = !config.host.empty();
  if (!mysql_real_connect(mysql_.get(), tcp ? config.host.c_str() : nullptr, config.user.c_str(), password->c_str(),
                          config.database.empty() ? nullptr : config.database.c_str(), tcp ? config.port : 0,
                          tcp ? nullptr : config.socket.c_str(), 0))
    return refuse(mysql_errno(mysql_.get()));
  // Strict, so that nothing is ever cut to fit; UTC, so that the database's own times mean one thing.
  auto done = execute(
      "SET SESSION sql_mode='STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO',"
      "time_zone='+00:00',innodb_lock_wait_timeout=" +
      std::to_string(config.lock_timeout.count()));
  if (!done) return done;
  const auto rows = query("SELECT @@max_allowed_packet");
  if (!rows) return fail(rows.error());
  bulk_bytes_ = std::min<std::size_t>(max_bulk_bytes, (*rows)[0].u64(0) / 4);
  return {};
}

bool Connection::in_transaction() const { return mysql_ && (mysql_->server_status & SERVER_STATUS_IN_TRANS) != 0; }

tl::unexpected<Error> Connection::refuse(unsigned number) {
  if (driver_failed(number)) poisoned_ = true;
  return fail(error_of(number));
}

tl::unexpected<Error> Connection::refuse_statement(st_mysql_stmt* statement) {
  const unsigned number = mysql_stmt_errno(statement);
  mysql_stmt_free_result(statement);
  return refuse(number);
}

Result<void> Connection::ping() {
  if (!usable()) return refuse(CR_SERVER_GONE_ERROR);
  if (mysql_ping(mysql_.get()) != 0) return refuse(mysql_errno(mysql_.get()));
  return {};
}

Result<void> Connection::execute(std::string_view sql) {
  if (!usable()) return refuse(CR_SERVER_GONE_ERROR);
  if (mysql_real_query(mysql_.get(), sql.data(), sql.size()) != 0) return refuse(mysql_errno(mysql_.get()));
  if (mysql_field_count(mysql_.get()) != 0) throw std::logic_error("execute() is for statements without rows");
  return {};
}

Result<void> Connection::commit() {
  if (!usable()) return refuse(CR_SERVER_GONE_ERROR);
  if (mysql_commit(mysql_.get()) != 0) {
    const unsigned number = mysql_errno(mysql_.get());
    poisoned_ = true;  // its fate is unknown: no further statement may build on it
    return refuse(number);
  }
  return {};
}

void Connection::rollback() {
  if (usable() && mysql_rollback(mysql_.get()) != 0) poisoned_ = true;
}

std::uint64_t Connection::last_insert_id() const { return mysql_insert_id(mysql_.get()); }

Result<st_mysql_stmt*> Connection::prepare(std::string_view sql, bool bulk) {
  if (!usable()) return refuse(CR_SERVER_GONE_ERROR);
  std::string key(1, bulk ? 'b' : 's');
  key += sql;
  if (const auto found = statements_.find(key); found != statements_.end()) return found->second.get();
  Statement statement(mysql_stmt_init(mysql_.get()));
  if (!statement) throw std::bad_alloc();
  const my_bool yes = 1;
  mysql_stmt_attr_set(statement.get(), STMT_ATTR_UPDATE_MAX_LENGTH, &yes);
  if (mysql_stmt_prepare(statement.get(), sql.data(), sql.size()) != 0) return refuse_statement(statement.get());
  if (statements_.size() >= max_statements) statements_.clear();
  return statements_.emplace(std::move(key), std::move(statement)).first->second.get();
}

Result<std::uint64_t> Connection::run(std::string_view sql, Values values) {
  auto prepared = prepare(sql, false);
  if (!prepared) return fail(std::move(prepared).error());
  if (mysql_stmt_param_count(*prepared) != values.size())
    throw std::logic_error("wrong number of values for a statement");
  Binds binds(values);
  if (values.size() != 0 && mysql_stmt_bind_param(*prepared, binds.data()) != 0) return refuse_statement(*prepared);
  if (mysql_stmt_execute(*prepared) != 0) return refuse_statement(*prepared);
  return mysql_stmt_affected_rows(*prepared);
}

Result<std::uint64_t> Connection::run_bulk(std::string_view sql, const BulkRows& rows) {
  auto prepared = prepare(sql, true);
  if (!prepared) return fail(std::move(prepared).error());
  if (mysql_stmt_param_count(*prepared) != rows.columns())
    throw std::logic_error("wrong number of columns for a statement");
  std::uint64_t affected = 0;
  for (std::size_t first = 0; first < rows.rows();) {
    std::size_t last = first, bytes = 0;
    while (last < rows.rows()) {
      std::size_t row_bytes = 0;
      for (std::size_t column = 0; column < rows.columns(); ++column) row_bytes += rows.at(last, column).size();
      if (last > first && bytes + row_bytes > bulk_bytes_) break;
      bytes += row_bytes;
      ++last;
    }
    auto done = run_slice(*prepared, rows, first, last);
    if (!done) return done;
    affected += *done;
    first = last;
  }
  return affected;
}

Result<std::uint64_t> Connection::run_slice(st_mysql_stmt* statement, const BulkRows& rows, std::size_t first,
                                            std::size_t last) {
  const unsigned count = static_cast<unsigned>(last - first);
  mysql_stmt_attr_set(statement, STMT_ATTR_ARRAY_SIZE, &count);
  std::vector<BulkColumn> columns(rows.columns());
  std::vector<MYSQL_BIND> binds;
  binds.reserve(columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) binds.push_back(columns[i].bind(rows, i, first, last));
  if (mysql_stmt_bind_param(statement, binds.data()) != 0) return refuse_statement(statement);
  if (mysql_stmt_execute(statement) != 0) return refuse_statement(statement);
  return mysql_stmt_affected_rows(statement);
}

Result<Rows> Connection::query(std::string_view sql, Values values) {
  auto prepared = prepare(sql, false);
  if (!prepared) return fail(std::move(prepared).error());
  if (mysql_stmt_param_count(*prepared) != values.size())
    throw std::logic_error("wrong number of values for a statement");
  Binds binds(values);
  if (values.size() != 0 && mysql_stmt_bind_param(*prepared, binds.data()) != 0) return refuse_statement(*prepared);
  if (mysql_stmt_execute(*prepared) != 0) return refuse_statement(*prepared);
  return fetch(*prepared);
}

Result<Rows> Connection::fetch(st_mysql_stmt* statement) {
  if (mysql_stmt_store_result(statement) != 0) return refuse_statement(statement);
  const std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> meta(mysql_stmt_result_metadata(statement),
                                                                      &mysql_free_result);
  if (!meta) throw std::logic_error("query() is for statements with rows");
  struct Column {
    bool integer = false;
    bool is_unsigned = false;
    std::int64_t number = 0;
    std::vector<char> buffer{};
    unsigned long length = 0;
    my_bool null = 0;
  };
  const std::size_t count = mysql_num_fields(meta.get());
  std::vector<Column> columns(count);
  std::vector<MYSQL_BIND> binds(count);
  for (std::size_t i = 0; i < count; ++i) {
    const MYSQL_FIELD* field = mysql_fetch_field_direct(meta.get(), static_cast<unsigned>(i));
    Column& column = columns[i];
    column.integer = is_integer(field->type);
    column.is_unsigned = (field->flags & UNSIGNED_FLAG) != 0;
    if (!column.integer) column.buffer.resize(field->max_length + 1);
    binds[i].buffer_type = column.integer ? MYSQL_TYPE_LONGLONG : MYSQL_TYPE_BLOB;
    binds[i].is_unsigned = column.is_unsigned;
    binds[i].buffer = column.integer ? static_cast<void*>(&column.number) : column.buffer.data();
    binds[i].buffer_length = column.buffer.size();
    binds[i].length = &column.length;
    binds[i].is_null = &column.null;
  }
  if (mysql_stmt_bind_result(statement, binds.data()) != 0) return refuse_statement(statement);
  Rows rows;
  rows.columns_ = count;
  rows.cells_.reserve(count * mysql_stmt_num_rows(statement));
  int status = 0;
  while ((status = mysql_stmt_fetch(statement)) == 0) {
    for (const Column& column : columns) {
      Rows::Cell cell;
      if (column.null == 0 && column.integer) {
        cell.kind = column.is_unsigned ? Rows::Cell::Kind::unsigned_number : Rows::Cell::Kind::number;
        cell.number = static_cast<std::uint64_t>(column.number);
      } else if (column.null == 0) {
        cell.kind = Rows::Cell::Kind::text;
        cell.number = rows.text_.size();
        cell.size = column.length;
        rows.text_.append(column.buffer.data(), column.length);
      }
      rows.cells_.push_back(cell);
    }
  }
  if (status == MYSQL_DATA_TRUNCATED) throw std::logic_error("a result was cut short");
  if (status != MYSQL_NO_DATA) return refuse_statement(statement);
  mysql_stmt_free_result(statement);
  return rows;
}

Result<void> Connection::execute_script(std::string_view sql) {
  if (!usable()) return refuse(CR_SERVER_GONE_ERROR);
  mysql_set_server_option(mysql_.get(), MYSQL_OPTION_MULTI_STATEMENTS_ON);
  int status = mysql_real_query(mysql_.get(), sql.data(), sql.size());
  while (status == 0) {
    if (MYSQL_RES* result = mysql_store_result(mysql_.get())) mysql_free_result(result);
    status = mysql_next_result(mysql_.get());  // 0: another, -1: that was the last, else an error
  }
  const unsigned number = mysql_errno(mysql_.get());
  const std::string message = mysql_error(mysql_.get());
  if (status > 0) {
    Error error = error_of(number);
    if (driver_failed(number)) poisoned_ = true;
    error.detail += " " + message;
    return fail(std::move(error));
  }
  mysql_set_server_option(mysql_.get(), MYSQL_OPTION_MULTI_STATEMENTS_OFF);
  return {};
}

Result<Transaction> Transaction::begin(Connection& connection) {
  if (auto begun = connection.begin(); !begun) return fail(std::move(begun).error());
  return Transaction(connection);
}

Transaction::~Transaction() {
  if (connection_) connection_->rollback();
}

Result<void> Transaction::commit() { return std::exchange(connection_, nullptr)->commit(); }

}  // namespace suara::ledger::mariadb
