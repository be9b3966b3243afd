#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace suara::ledger::mariadb {

// A value bound to a `?` of a prepared statement. Texts and bytes are views: they must live until the call returns.
// Text is sent in utf8mb4 and can use an index over a text column; bytes go to BINARY, VARBINARY and BLOB columns.
class Value {
 public:
  using Data = std::variant<std::nullptr_t, std::int64_t, std::uint64_t, std::string_view, ByteView>;

  Value(std::nullptr_t) : data_(nullptr) {}
  template <std::signed_integral T>
  Value(T number) : data_(static_cast<std::int64_t>(number)) {}
  template <std::unsigned_integral T>
  Value(T number) : data_(static_cast<std::uint64_t>(number)) {}
  Value(std::string_view text) : data_(text) {}
  Value(const std::string& text) : data_(std::string_view(text)) {}
  Value(const char* text) : data_(std::string_view(text)) {}
  Value(ByteView bytes) : data_(bytes) {}
  Value(const Bytes& bytes) : data_(ByteView(bytes)) {}
  Value(const Hash& hash) : data_(hash.view()) {}
  Value(Seq seq) : data_(seq.value) {}
  Value(LedgerId id) : data_(static_cast<std::uint64_t>(id.value)) {}
  Value(Timestamp time) : data_(time.ms) {}  // times are BIGINT columns of milliseconds since 1970, UTC
  template <class Tag>
  Value(const TextId<Tag>& id) : data_(std::string_view(id.value)) {}
  template <class T>
  Value(const std::optional<T>& maybe) : data_(maybe ? Value(*maybe).data_ : Data(nullptr)) {}

  const Data& data() const { return data_; }
  std::size_t size() const;  // bytes it takes in a packet, about

 private:
  Data data_;
};

using Values = std::initializer_list<Value>;

// Rows for array binding: one statement, one round trip, many rows.
class BulkRows {
 public:
  explicit BulkRows(std::size_t columns) : columns_(columns) {}
  void add(Values row);  // exactly `columns` values, else std::logic_error
  std::size_t rows() const { return values_.size() / columns_; }
  std::size_t columns() const { return columns_; }
  const Value& at(std::size_t row, std::size_t column) const { return values_[row * columns_ + column]; }

 private:
  std::size_t columns_;
  std::vector<Value> values_;
};

class Rows;

// One row of a result; lives as long as its Rows. Asking for another type than the column has is a bug
// (std::logic_error); a NULL gives 0 or an empty text, is_null() tells.
class Row {
 public:
  bool is_null(std::size_t column) const;
  std::uint64_t u64(std::size_t column) const;
  std::int64_t i64(std::size_t column) const;
  std::string_view text(std::size_t column) const;  // of bytes too
  ByteView bytes(std::size_t column) const { return as_bytes(text(column)); }
  // A BINARY(32) column. Error: integrity, where it has another size.
  Result<Hash> hash(std::size_t column) const;

 private:
  friend class Rows;
  Row(const Rows* rows, std::size_t index) : rows_(rows), index_(index) {}
  const Rows* rows_;
  std::size_t index_;
};

// The whole result of a query, read before the call returns: bound it by LIMIT.
class Rows {
 public:
  std::size_t size() const { return columns_ == 0 ? 0 : cells_.size() / columns_; }
  bool empty() const { return cells_.empty(); }
  Row operator[](std::size_t index) const { return Row(this, index); }

  class Iterator {
   public:
    Iterator(const Rows* rows, std::size_t index) : rows_(rows), index_(index) {}
    Row operator*() const { return (*rows_)[index_]; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    const Rows* rows_;
    std::size_t index_;
  };
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, size()}; }

 private:
  friend class Row;
  friend class Connection;
  struct Cell {
    enum class Kind : std::uint8_t { null, number, unsigned_number, text } kind = Kind::null;
    std::uint64_t number = 0;  // or the offset into text_
    std::size_t size = 0;
  };
  const Cell& cell(std::size_t row, std::size_t column) const;

  std::size_t columns_ = 0;
  std::vector<Cell> cells_;
  std::string text_;
};

}  // namespace suara::ledger::mariadb
