#include "core/codec/roll_row.hpp"

#include "core/codec/json_writer.hpp"
#include "core/crypto/hash.hpp"

namespace suara::codec {
namespace {

// Spreadsheets run cells that begin with one of these; a later export of the roll would carry them to others.
bool is_formula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
}

}  // namespace

std::string_view delivery_name(Delivery delivery) { return delivery == Delivery::place ? "place" : "post"; }

std::optional<Delivery> delivery_from_text(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (lower == "post" || lower == "pos") return Delivery::post;
  if (lower == "place" || lower == "tps") return Delivery::place;
  return std::nullopt;
}

std::optional<std::string> roll_text_fault(std::string_view text, std::size_t longest) {
  if (text.empty()) return "is empty.";
  if (text.size() > longest) {
    return "has " + std::to_string(text.size()) + " bytes; at most " + std::to_string(longest) + " are allowed.";
  }
  if (is_formula(text)) {
    return "begins with =, +, -, @ or a tab, which a spreadsheet runs as a formula: remove that.";
  }
  for (const char c : text) {
    if (c == '\n') return "holds a line break: remove it.";
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return "holds a control character: remove it.";
  }
  return std::nullopt;
}

Hash roll_commitment(ByteView salt, const RollRow& row) {
  JsonWriter w(JsonWriter::Order::canonical);
  w.begin_object().text("class", row.klass);
  if (row.delivery == Delivery::place) w.text("delivery", delivery_name(row.delivery));
  w.text("id", row.id.value).text("name", row.name).text("place", row.place.value);
  if (row.weight != 1) w.number("weight", row.weight);
  w.end_object();
  const std::string json = w.take();
  const std::uint8_t separator = 0;
  return crypto::sha256({salt, ByteView(&separator, 1), as_bytes(json)});
}

}  // namespace suara::codec
