#include "core/codec/roll_csv.hpp"

#include <algorithm>
#include <unordered_set>

#include "core/base/fault_list.hpp"
#include "core/codec/json_writer.hpp"
#include "tests/fuzz/support/target.hpp"

namespace {

using namespace suara;
using codec::RollRow;

std::string quoted(std::string_view cell) {
  std::string out = "\"";
  for (const char c : cell) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

std::string written(const std::vector<RollRow>& rows, char delimiter, std::string_view end) {
  std::string out = std::string("id") + delimiter + "name" + delimiter + "class" + delimiter + "place" + delimiter +
                    "weight" + delimiter + "delivery";
  out += end;
  for (const auto& row : rows) {
    out += quoted(row.id.value) + delimiter + quoted(row.name) + delimiter;
    out += quoted(row.klass) + delimiter + quoted(row.place.value);
    out += delimiter + std::to_string(row.weight) + delimiter;
    out += codec::delivery_name(row.delivery);
    out += end;
  }
  return out;
}

bool same(const std::vector<RollRow>& a, const std::vector<RollRow>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const RollRow& x, const RollRow& y) {
    return x.id == y.id && x.name == y.name && x.klass == y.klass && x.place == y.place && x.weight == y.weight &&
           x.delivery == y.delivery;
  });
}

void check_cell(std::string_view cell) {
  fuzz::require(!cell.empty() && cell.size() <= codec::max_roll_cell, "a cell is neither empty nor too long");
  fuzz::require(codec::is_valid_utf8(cell), "a cell is UTF-8");
  fuzz::require(cell.front() != ' ' && cell.back() != ' ', "a cell has no spaces around it");
  fuzz::require(std::string_view("=+-@").find(cell.front()) == std::string_view::npos, "a cell is no formula");
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  fuzz::require(std::none_of(cell.begin(), cell.end(), control), "a cell has no control characters");
}

}  // namespace

// The registrar's roll: what is taken from it can be written as CSV of any dialect and is read as the same rows.
void suara::fuzz::try_input(std::string_view bytes) {
  static const std::vector<election::Place> places{{PlaceId{"tps-1"}, "TPS 1"}, {PlaceId{"tps-2"}, "TPS 2"}};
  const auto rows = codec::read_roll_csv(bytes, places);
  if (!rows) {
    require(rows.error().items.size() <= FaultList::shown + 1, "the list of faults is bounded");
    return require_told(rows.error());
  }
  require(!rows->empty(), "a roll has voters");
  std::unordered_set<std::string> ids;
  for (const auto& row : *rows) {
    for (const std::string_view cell : {row.id.str(), row.name, row.klass, row.place.str()}) check_cell(cell);
    require(ids.insert(row.id.value).second, "no id stands there twice");
    require(std::any_of(places.begin(), places.end(), [&](const auto& place) { return place.id == row.place; }),
            "a voter's place is one of the election's");
    require(row.weight >= 1 && row.weight <= 1'000'000, "a weight is within its bounds");
    codec::roll_commitment(as_bytes("salt"), row);
  }
  for (const char delimiter : {',', ';'}) {
    for (const std::string_view end : {"\n", "\r\n"}) {
      const auto again = codec::read_roll_csv(written(*rows, delimiter, end), places);
      require(again && same(*again, *rows), "what is written of a roll is read as the same roll");
    }
  }
}
