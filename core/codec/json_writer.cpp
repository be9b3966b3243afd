#include "core/codec/json_writer.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace suara::codec {
namespace {

std::uint8_t byte_at(std::string_view text, std::size_t i) { return static_cast<std::uint8_t>(text[i]); }

constexpr std::uint64_t max_integer = 9007199254740991;

// What each byte needs inside a JSON string: 0 nothing, 'u' a \u00xx escape, else the letter after the backslash.
constexpr std::array<char, 256> escapes = [] {
  std::array<char, 256> table{};
  for (int c = 0; c < 0x20; ++c) table[c] = 'u';
  table['\b'] = 'b';
  table['\t'] = 't';
  table['\n'] = 'n';
  table['\f'] = 'f';
  table['\r'] = 'r';
  table['"'] = '"';
  table['\\'] = '\\';
  return table;
}();

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  if (!is_valid_utf8(text)) throw std::invalid_argument("append_json_string: the text is not UTF-8");
  constexpr char hex[] = "0123456789abcdef";
  out += '"';
  std::size_t plain = 0;  // start of the run that is copied as it is
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::uint8_t c = byte_at(text, i);
    const char escape = escapes[c];
    if (escape == 0) continue;
    out.append(text.substr(plain, i - plain));
    plain = i + 1;
    out += '\\';
    out += escape;
    if (escape == 'u') {
      out += "00";
      out += hex[c >> 4];
      out += hex[c & 15];
    }
  }
  out.append(text.substr(plain));
  out += '"';
}

bool canonical_less(std::string_view a, std::string_view b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  std::size_t i = 0;
  while (i < shorter && a[i] == b[i]) ++i;
  if (i == shorter) return a.size() < b.size();
  std::uint8_t x = byte_at(a, i), y = byte_at(b, i);
  // UTF-8 sorts by code point. In UTF-16 the characters above U+FFFF are surrogates (D800..DFFF), which come before
  // U+E000..U+FFFF, whose UTF-8 begins with EE or EF.
  const auto beyond_bmp = [](std::uint8_t c) { return c >= 0xF0; };
  const auto after_surrogates = [](std::uint8_t c) { return c == 0xEE || c == 0xEF; };
  if (beyond_bmp(x) && after_surrogates(y)) return true;
  if (after_surrogates(x) && beyond_bmp(y)) return false;
  return x < y;
}

void JsonWriter::before_value() {
  if (levels_.empty()) {
    if (!out_.empty()) throw std::logic_error("JsonWriter: a second value at the top");
    return;
  }
  Level& level = levels_.back();
  if (level.object) {
    if (!after_key_) throw std::logic_error("JsonWriter: a value without a name in an object");
    after_key_ = false;
    return;
  }
  if (!level.empty) out_ += ',';
  level.empty = false;
}

void JsonWriter::open(char bracket, bool object) {
  before_value();
  out_ += bracket;
  levels_.push_back(Level{object});
}

void JsonWriter::close(char bracket, bool object) {
  if (levels_.empty() || levels_.back().object != object || after_key_) {
    throw std::logic_error("JsonWriter: objects and arrays do not close in order");
  }
  levels_.pop_back();
  out_ += bracket;
}

JsonWriter& JsonWriter::begin_object() {
  open('{', true);
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  close('}', true);
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  open('[', false);
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  close(']', false);
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  if (levels_.empty() || !levels_.back().object || after_key_)
    throw std::logic_error("JsonWriter: no place for a name");
  Level& level = levels_.back();
  if (order_ == Order::canonical) {
    if (!level.empty && !canonical_less(level.last_key, name)) {
      throw std::logic_error("JsonWriter: member \"" + std::string(name) + "\" is not in canonical order");
    }
    level.last_key = name;
  }
  if (!level.empty) out_ += ',';
  level.empty = false;
  append_json_string(out_, name);
  out_ += ':';
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
  before_value();
  append_json_string(out_, value);
  return *this;
}

JsonWriter& JsonWriter::number(std::uint64_t value) {
  if (value > max_integer) throw std::invalid_argument("JsonWriter: the number is above 2^53-1");
  before_value();
  out_ += std::to_string(value);
  return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t value) {
  if (value >= 0) return number(static_cast<std::uint64_t>(value));
  if (value < -static_cast<std::int64_t>(max_integer)) {
    throw std::invalid_argument("JsonWriter: the number is below -(2^53-1)");
  }
  before_value();
  out_ += std::to_string(value);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) { return raw(value ? "true" : "false"); }

JsonWriter& JsonWriter::null() { return raw("null"); }

JsonWriter& JsonWriter::raw(std::string_view json) {
  before_value();
  out_ += json;
  return *this;
}

std::string JsonWriter::take() {
  if (!levels_.empty() || out_.empty()) throw std::logic_error("JsonWriter: the value is not complete");
  return std::exchange(out_, {});
}

}  // namespace suara::codec
