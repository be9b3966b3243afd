#include "ledger/mariadb/value.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace suara::ledger::mariadb {

std::size_t Value::size() const {
  if (const auto* text = std::get_if<std::string_view>(&data_)) return text->size() + 9;
  if (const auto* bytes = std::get_if<ByteView>(&data_)) return bytes->size() + 9;
  return 9;
}

void BulkRows::add(Values row) {
  if (row.size() != columns_) throw std::logic_error("a bulk row has another number of columns than its statement");
  values_.insert(values_.end(), row.begin(), row.end());
}

const Rows::Cell& Rows::cell(std::size_t row, std::size_t column) const {
  if (column >= columns_ || row >= size()) throw std::logic_error("a result has no such row or column");
  return cells_[row * columns_ + column];
}

bool Row::is_null(std::size_t column) const { return rows_->cell(index_, column).kind == Rows::Cell::Kind::null; }

namespace {

// SUM() and other DECIMAL results arrive as text.
template <class T>
T parse_number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size())
    throw std::logic_error("a column is not a whole number");
  return value;
}

}  // namespace

std::uint64_t Row::u64(std::size_t column) const {
  const auto& cell = rows_->cell(index_, column);
  switch (cell.kind) {
    case Rows::Cell::Kind::null:
      return 0;
    case Rows::Cell::Kind::unsigned_number:
      return cell.number;
    case Rows::Cell::Kind::number:
      if (static_cast<std::int64_t>(cell.number) < 0) throw std::logic_error("a column is negative");
      return cell.number;
    case Rows::Cell::Kind::text:
      return parse_number<std::uint64_t>(text(column));
  }
  return 0;
}

std::int64_t Row::i64(std::size_t column) const {
  const auto& cell = rows_->cell(index_, column);
  switch (cell.kind) {
    case Rows::Cell::Kind::null:
      return 0;
    case Rows::Cell::Kind::number:
      return static_cast<std::int64_t>(cell.number);
    case Rows::Cell::Kind::unsigned_number:
      if (static_cast<std::int64_t>(cell.number) < 0) throw std::logic_error("a column is beyond 63 bits");
      return static_cast<std::int64_t>(cell.number);
    case Rows::Cell::Kind::text:
      return parse_number<std::int64_t>(text(column));
  }
  return 0;
}

std::string_view Row::text(std::size_t column) const {
  const auto& cell = rows_->cell(index_, column);
  if (cell.kind == Rows::Cell::Kind::null) return {};
  if (cell.kind != Rows::Cell::Kind::text) throw std::logic_error("a column is a number, not a text");
  return std::string_view(rows_->text_).substr(cell.number, cell.size);
}

Result<Hash> Row::hash(std::size_t column) const {
  const ByteView stored = bytes(column);
  Hash hash;
  if (stored.size() != hash.bytes.size())
    return fail(ErrorCode::integrity, "A stored hash does not have 32 bytes: the database was changed by other hands.");
  std::copy(stored.begin(), stored.end(), hash.bytes.begin());
  return hash;
}

}  // namespace suara::ledger::mariadb
