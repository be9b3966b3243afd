#pragma once
#include <mysql.h>

#include <cstdint>
#include <stdexcept>
#include <vector>

#include "ledger/mariadb/value.hpp"

// What the C driver is pointed at while a statement runs. Only for this folder's .cpp files: it includes <mysql.h>.
namespace suara::ledger::mariadb {

// Binds one row of values. Holds what the driver points to.
class Binds {
 public:
  explicit Binds(Values values) : binds_(values.size()), numbers_(values.size()), lengths_(values.size()) {
    std::size_t i = 0;
    for (const Value& value : values) {
      MYSQL_BIND& bind = binds_[i];
      std::visit([&](const auto& data) { set(bind, i, data); }, value.data());
      ++i;
    }
  }
  MYSQL_BIND* data() { return binds_.data(); }

 private:
  void set(MYSQL_BIND& bind, std::size_t, std::nullptr_t) { bind.buffer_type = MYSQL_TYPE_NULL; }
  void set(MYSQL_BIND& bind, std::size_t i, std::int64_t number) { set_number(bind, i, number, false); }
  void set(MYSQL_BIND& bind, std::size_t i, std::uint64_t number) {
    set_number(bind, i, static_cast<std::int64_t>(number), true);
  }
  void set(MYSQL_BIND& bind, std::size_t i, std::string_view text) {
    set_bytes(bind, i, MYSQL_TYPE_STRING, text.data(), text.size());
  }
  void set(MYSQL_BIND& bind, std::size_t i, ByteView bytes) {
    set_bytes(bind, i, MYSQL_TYPE_BLOB, bytes.data(), bytes.size());
  }
  void set_number(MYSQL_BIND& bind, std::size_t i, std::int64_t number, bool is_unsigned) {
    numbers_[i] = number;
    bind.buffer_type = MYSQL_TYPE_LONGLONG;
    bind.buffer = &numbers_[i];
    bind.is_unsigned = is_unsigned;
  }
  void set_bytes(MYSQL_BIND& bind, std::size_t i, enum_field_types type, const void* data, std::size_t size) {
    static char nothing = 0;
    lengths_[i] = size;
    bind.buffer_type = type;
    bind.buffer = size == 0 ? &nothing : const_cast<void*>(data);  // the driver only reads a parameter
    bind.buffer_length = size;
    bind.length = &lengths_[i];
  }

  std::vector<MYSQL_BIND> binds_;
  std::vector<std::int64_t> numbers_;
  std::vector<unsigned long> lengths_;
};

// One column of an array binding.
struct BulkColumn {
  std::vector<std::int64_t> numbers;
  std::vector<const void*> pointers;
  std::vector<unsigned long> lengths;
  std::vector<char> indicators;

  MYSQL_BIND bind(const BulkRows& rows, std::size_t column, std::size_t first, std::size_t last) {
    static const char nothing = 0;
    const std::size_t count = last - first;
    MYSQL_BIND out{};
    out.buffer_type = MYSQL_TYPE_NULL;
    indicators.assign(count, STMT_INDICATOR_NONE);
    for (std::size_t i = 0; i < count; ++i) {
      const auto& data = rows.at(first + i, column).data();
      enum_field_types type = MYSQL_TYPE_NULL;
      if (const auto* number = std::get_if<std::int64_t>(&data)) {
        type = MYSQL_TYPE_LONGLONG;
        numbers.resize(count);
        numbers[i] = *number;
      } else if (const auto* positive = std::get_if<std::uint64_t>(&data)) {
        type = MYSQL_TYPE_LONGLONG;
        out.is_unsigned = true;
        numbers.resize(count);
        numbers[i] = static_cast<std::int64_t>(*positive);
      } else if (const auto* text = std::get_if<std::string_view>(&data)) {
        type = MYSQL_TYPE_STRING;
        put(count, i, text->empty() ? &nothing : text->data(), text->size());
      } else if (const auto* bytes = std::get_if<ByteView>(&data)) {
        type = MYSQL_TYPE_BLOB;
        put(count, i, bytes->empty() ? static_cast<const void*>(&nothing) : bytes->data(), bytes->size());
      } else {
        indicators[i] = STMT_INDICATOR_NULL;
        continue;
      }
      if (out.buffer_type != MYSQL_TYPE_NULL && out.buffer_type != type)
        throw std::logic_error("a bulk column mixes kinds of values");
      out.buffer_type = type;
    }
    if (out.buffer_type == MYSQL_TYPE_NULL) {  // nothing but NULLs: any type will do
      numbers.resize(count);
      out.buffer_type = MYSQL_TYPE_LONGLONG;
    }
    out.buffer = numbers.empty() ? static_cast<void*>(pointers.data()) : static_cast<void*>(numbers.data());
    out.length = lengths.empty() ? nullptr : lengths.data();
    out.u.indicator = indicators.data();
    return out;
  }

 private:
  void put(std::size_t count, std::size_t i, const void* data, std::size_t size) {
    pointers.resize(count);
    lengths.resize(count);
    pointers[i] = data;
    lengths[i] = size;
  }
};

}  // namespace suara::ledger::mariadb
