#include "core/codec/roll_csv.hpp"

#include <csv.h>

#include <array>
#include <charconv>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <unordered_map>

#include "core/base/fault_list.hpp"
#include "core/base/utf8.hpp"

namespace suara::codec {
namespace {

enum Column : std::size_t {
  id_column,
  name_column,
  class_column,
  place_column,
  weight_column,
  delivery_column,
  column_count
};

struct ColumnName {
  std::string_view english;
  std::string_view indonesian;
};
constexpr std::array<ColumnName, column_count> columns{{{"id", "nomor"},
                                                        {"name", "nama"},
                                                        {"class", "kelas"},
                                                        {"place", "tps"},
                                                        {"weight", "bobot"},
                                                        {"delivery", "penyerahan"}}};

std::string_view trimmed(std::string_view cell) {
  while (!cell.empty() && cell.front() == ' ') cell.remove_prefix(1);
  while (!cell.empty() && cell.back() == ' ') cell.remove_suffix(1);
  return cell;
}

std::optional<std::size_t> column_of(std::string_view header) {
  std::string lower(header);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (lower == columns[i].english || lower == columns[i].indonesian) return i;
  }
  return std::nullopt;
}

// What a cell may show in a complaint: short and printable.
std::string shown_cell(std::string_view text) {
  constexpr std::size_t longest = 40;
  std::string out = "'";
  for (const char c : text.substr(0, longest)) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  while (!is_valid_utf8(out)) out.pop_back();
  return out + (text.size() > longest ? "...'" : "'");
}

std::string at_line(std::size_t line) { return "line " + std::to_string(line); }

// Takes rows of cells, and makes of them what the roll says or why it cannot.
class RollBuilder {
 public:
  explicit RollBuilder(const std::vector<election::Place>& places) {
    for (const auto& place : places) places_.emplace(place.id.value, place.id);
  }

  void row(const std::vector<std::string>& cells, std::size_t line) {
    if (stopped_ || blank(cells)) return;
    if (!header_seen_) return header(cells, line);
    if (++rows_seen_ > max_roll_rows) return stop();
    if (cells.size() != position_count_) {
      faults.add(at_line(line) + ": has " + std::to_string(cells.size()) + " cells, the header " +
                 std::to_string(position_count_) + ".");
      return;
    }
    const auto before = faults.count();
    RollRow row;
    row.line = line;
    row.id.value = cell(cells, id_column, line);
    row.name = cell(cells, name_column, line);
    row.klass = cell(cells, class_column, line);
    row.place.value = cell(cells, place_column, line);
    row.weight = weight(cells, line);
    row.delivery = delivery(cells, line);
    if (!row.place.empty() && !places_.contains(row.place.value)) {
      faults.add(where(line, place_column) + ": " + shown_cell(row.place.value) +
                 " is not one of the election's polling places" + some_places() + ".");
    }
    if (!row.id.empty()) {
      const auto [first, fresh] = lines_of_ids_.emplace(row.id.value, line);
      if (!fresh) {
        faults.add(where(line, id_column) + ": the same id stands in line " + std::to_string(first->second) + ".");
      }
    }
    if (faults.count() == before) rows.push_back(std::move(row));
  }

  bool header_seen() const { return header_seen_; }
  bool too_many_rows() const { return rows_seen_ > max_roll_rows; }
  bool stopped() const { return stopped_; }
  void stop() { stopped_ = true; }

  FaultList faults;
  std::vector<RollRow> rows;

 private:
  static bool blank(const std::vector<std::string>& cells) {
    for (const auto& cell : cells) {
      if (!trimmed(cell).empty()) return false;
    }
    return true;
  }

  void header(const std::vector<std::string>& cells, std::size_t line) {
    header_seen_ = true;
    position_count_ = cells.size();
    std::vector<std::string> unknown;
    std::size_t known = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto name = trimmed(cells[i]);
      const std::string here = at_line(line) + ", column " + std::to_string(i + 1);
      if (const auto column = column_of(name); !column) {
        unknown.push_back(here + " (" + shown_cell(name) + "): is no column of the roll: remove it.");
      } else if (positions_[*column]) {
        faults.add(here + " (" + std::string(columns[*column].english) + "): stands twice in the header.");
      } else {
        positions_[*column] = i;
        ++known;
      }
    }
    if (known == 0) {  // likely a roll without a header: its first voter is not to be repeated in a complaint
      faults.add(at_line(line) + ": must name the columns: id,name,class,place (or nomor,nama,kelas,tps).");
      return stop();
    }
    for (auto& fault : unknown) faults.add(std::move(fault));
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (positions_[i] || i == weight_column || i == delivery_column) continue;
      faults.add(at_line(line) + ": the column '" + std::string(columns[i].english) + "' (or '" +
                 std::string(columns[i].indonesian) + "') is missing.");
    }
    if (!faults.empty()) stop();
  }

  std::string where(std::size_t line, Column column) const {
    return at_line(line) + ", column " + std::to_string(*positions_[column] + 1) + " (" +
           std::string(columns[column].english) + ")";
  }

  // The cell's text; empty where it has a fault, which is then noted.
  std::string cell(const std::vector<std::string>& cells, Column column, std::size_t line) {
    const std::string& raw = cells[*positions_[column]];
    const std::string_view text = trimmed(raw);
    if (const auto fault = roll_text_fault(text, column == id_column ? max_roll_id : max_roll_cell)) {
      faults.add(where(line, column) + ": " + *fault);
      return {};
    }
    return std::string(text);
  }

  // 1 where there is no such column or the cell is empty.
  std::uint64_t weight(const std::vector<std::string>& cells, std::size_t line) {
    if (!positions_[weight_column]) return 1;
    const auto text = trimmed(cells[*positions_[weight_column]]);
    if (text.empty()) return 1;
    std::uint64_t weight = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), weight);
    const bool whole = status == std::errc{} && end == text.data() + text.size() && text.front() != '0';
    if (whole && weight <= election::max_weight) return weight;
    faults.add(where(line, weight_column) + ": must be a whole number from 1 to 1000000, without a sign or point.");
    return 1;
  }

  // By post where there is no such column or the cell is empty.
  Delivery delivery(const std::vector<std::string>& cells, std::size_t line) {
    if (!positions_[delivery_column]) return Delivery::post;
    const auto text = trimmed(cells[*positions_[delivery_column]]);
    if (text.empty()) return Delivery::post;
    if (const auto delivery = delivery_from_text(text)) return *delivery;
    faults.add(where(line, delivery_column) + ": must be post (pos) or place (tps).");
    return Delivery::post;
  }

  std::string some_places() const {
    constexpr std::size_t most = 5;
    std::string out;
    std::size_t listed = 0;
    for (const auto& [id, place] : places_) {
      if (++listed > most) return out + ", ...";
      out += (listed == 1 ? " (" : ", ") + id;
      if (listed == places_.size()) return out + ")";
    }
    return out.empty() ? out : out + ")";
  }

  std::map<std::string, PlaceId> places_;
  std::array<std::optional<std::size_t>, column_count> positions_;
  std::size_t position_count_ = 0;
  std::size_t rows_seen_ = 0;
  bool header_seen_ = false;
  bool stopped_ = false;
  std::unordered_map<std::string, std::size_t> lines_of_ids_;
};

// libcsv, fed line by line so that every row knows the line it began in.
class CsvReader {
 public:
  CsvReader(char delimiter, RollBuilder& builder) : builder_(builder) {
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
    csv_set_delim(&parser_, static_cast<unsigned char>(delimiter));
    csv_set_space_func(&parser_, [](unsigned char) { return 0; });  // a leading tab must be seen, not dropped
  }
  ~CsvReader() { csv_free(&parser_); }
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  // `text` with its line end. False where the quoting is broken: what follows cannot be told apart.
  bool line(std::string_view text, std::size_t number) {
    if (!inside_row_) row_line_ = number;
    row_ended_ = false;
    const bool something = text.find_first_not_of("\r\n") != std::string_view::npos;
    if (csv_parse(&parser_, text.data(), text.size(), on_cell, on_row, this) != text.size()) return failed();
    inside_row_ = !row_ended_ && (inside_row_ || something);
    return true;
  }

  bool finish() { return csv_fini(&parser_, on_cell, on_row, this) == 0 || failed(); }
  std::size_t row_line() const { return row_line_; }

 private:
  static void on_cell(void* text, std::size_t size, void* self) {
    auto& reader = *static_cast<CsvReader*>(self);
    reader.cells_.emplace_back(static_cast<const char*>(text), text ? size : 0);
  }
  static void on_row(int, void* self) {
    auto& reader = *static_cast<CsvReader*>(self);
    reader.builder_.row(reader.cells_, reader.row_line_);
    reader.cells_.clear();
    reader.row_ended_ = true;
  }
  bool failed() {
    if (csv_error(&parser_) != CSV_EPARSE) throw std::bad_alloc();
    return false;
  }

  RollBuilder& builder_;
  csv_parser parser_{};
  std::vector<std::string> cells_;
  std::size_t row_line_ = 1;
  bool inside_row_ = false;
  bool row_ended_ = false;
};

char delimiter_of(std::string_view header) {
  std::size_t commas = 0, semicolons = 0;
  bool quoted = false;
  for (const char c : header) {
    if (c == '"') quoted = !quoted;
    if (!quoted && c == ',') ++commas;
    if (!quoted && c == ';') ++semicolons;
  }
  return semicolons > commas ? ';' : ',';
}

// The first line that is not blank.
std::string_view header_line(std::string_view text) {
  const auto start = text.find_first_not_of("\r\n");
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find('\n', start) - start);
}

void read_lines(std::string_view text, RollBuilder& builder) {
  CsvReader reader(delimiter_of(header_line(text)), builder);
  std::size_t number = 0;
  while (!text.empty() && !builder.stopped()) {
    ++number;
    const auto end = text.find('\n');
    const auto line = text.substr(0, end == std::string_view::npos ? end : end + 1);
    text.remove_prefix(line.size());
    if (!is_valid_utf8(line)) {
      builder.faults.add(at_line(number) + ": is not UTF-8: export the roll as \"CSV UTF-8\".");
    }
    const auto content = line.substr(0, line.size() - (line.ends_with("\r\n") ? 2 : line.ends_with('\n') ? 1 : 0));
    if (content.find('\r') != std::string_view::npos) {
      builder.faults.add(at_line(number) + ": holds a carriage return without a line feed: end lines with LF or CRLF.");
      return;
    }
    if (!reader.line(line, number)) {
      builder.faults.add(at_line(number) +
                         ": a double quote is out of place: put the whole cell in quotes and write a "
                         "quote inside it twice. What follows was not read.");
      return;
    }
  }
  if (!builder.stopped() && !reader.finish()) {
    builder.faults.add(at_line(reader.row_line()) + ": a cell's opening quote is never closed.");
  }
}

}  // namespace

Result<std::vector<RollRow>> read_roll_csv(std::string_view bytes, const std::vector<election::Place>& places) {
  if (bytes.size() > max_roll_bytes) {
    return fail(ErrorCode::too_large, "The roll has more than 64 MB: split it into several files.");
  }
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return fail(ErrorCode::roll_invalid, "The roll is UTF-16 text: export it as \"CSV UTF-8\".");
  }
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  RollBuilder builder(places);
  read_lines(bytes, builder);
  if (builder.too_many_rows()) {
    return fail(ErrorCode::too_large, "The roll has more than 500,000 voters: split it into several files.");
  }
  if (builder.faults.empty() && builder.rows.empty()) {
    return fail(ErrorCode::roll_invalid, builder.header_seen()
                                             ? "The roll names its columns but no voter."
                                             : "The roll is empty: its first line must name the columns.");
  }
  if (!builder.faults.empty()) {
    return builder.faults
        .judged(ErrorCode::roll_invalid,
                "The roll has " + builder.faults.counted() + ": nothing was imported. Correct what is listed.")
        .map([] { return std::vector<RollRow>{}; });
  }
  return std::move(builder.rows);
}

}  // namespace suara::codec
