#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/utf8.hpp"

namespace suara::codec {

using suara::is_valid_utf8;

// Appends `text` as a JSON string with the escapes of RFC 8785: \" \\ \b \t \n \f \r, \u00xx for the other
// control characters, everything else raw. Throws std::invalid_argument where it is not UTF-8: texts from
// outside were checked when they were read.
void append_json_string(std::string& out, std::string_view text);

// The order of RFC 8785: by UTF-16 code units. Both must be UTF-8.
bool canonical_less(std::string_view a, std::string_view b);

// Writes compact JSON (no white space). `canonical` throws std::logic_error where a member does not come after the one
// before it in RFC 8785's order, so what it gives is canonical; `as_written` leaves the order to the caller, as the
// Belenios objects want it. An integer must lie within +-(2^53-1), else std::invalid_argument.
class JsonWriter {
 public:
  enum class Order { canonical, as_written };
  explicit JsonWriter(Order order) : order_(order) {}

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& text(std::string_view value);
  JsonWriter& number(std::uint64_t value);
  JsonWriter& integer(std::int64_t value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  // A value that is JSON already, in the form wanted; not looked at.
  JsonWriter& raw(std::string_view json);

  // A member of the object that is open.
  JsonWriter& text(std::string_view name, std::string_view value) { return key(name).text(value); }
  JsonWriter& number(std::string_view name, std::uint64_t value) { return key(name).number(value); }
  JsonWriter& boolean(std::string_view name, bool value) { return key(name).boolean(value); }
  JsonWriter& raw(std::string_view name, std::string_view json) { return key(name).raw(json); }

  // The text, once every object and array is closed (else std::logic_error). The writer is then empty.
  std::string take();

 private:
  struct Level {
    bool object;
    bool empty = true;
    std::string last_key{};
  };
  void before_value();
  void open(char bracket, bool object);
  void close(char bracket, bool object);

  Order order_;
  std::string out_;
  std::vector<Level> levels_;
  bool after_key_ = false;
};

}  // namespace suara::codec
