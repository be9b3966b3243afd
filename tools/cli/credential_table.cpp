#include "tools/cli/credential_table.hpp"

#include <csv.h>
#include <fmt/format.h>

#include <charconv>
#include <new>
#include <string>

#include "core/ballot/credential.hpp"
#include "core/crypto/secret.hpp"
#include "tools/cli/files.hpp"

namespace suara::cli {
namespace {

constexpr std::size_t max_table = 512u << 20;
const std::vector<std::string> header{"voter", "name", "class", "place", "code", "link", "weight", "public_key"};

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n;") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

struct Rows {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
};

void on_cell(void* text, std::size_t size, void* rows) {
  static_cast<Rows*>(rows)->row.emplace_back(static_cast<const char*>(text), size);
}

void on_row(int, void* target) {
  auto& rows = *static_cast<Rows*>(target);
  rows.rows.push_back(std::move(rows.row));
  rows.row.clear();
}

class Parser {
 public:
  Parser() {
    if (csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
  }
  ~Parser() { csv_free(&parser_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  bool parse(const std::string& text, Rows& rows) {
    return csv_parse(&parser_, text.data(), text.size(), on_cell, on_row, &rows) == text.size() &&
           csv_fini(&parser_, on_cell, on_row, &rows) == 0;
  }

 private:
  csv_parser parser_{};
};

tl::unexpected<Fault> not_a_table(const std::filesystem::path& path, const std::string& what) {
  return stop(ExitCode::usage, "file",
              path.string() + " is not a table of codes that `suara credentials generate` wrote: " + what);
}

}  // namespace

Outcome<void> write_credentials_csv(const std::filesystem::path& path, const CardSheet& sheet,
                                    const std::vector<VoterCard>& cards) {
  auto file = NewFile::begin(path, FileMode::secret);
  if (!file) return stop(file.error());
  std::string lines = fmt::format("{}\n", fmt::join(header, ","));
  for (const auto& card : cards) {
    lines += fmt::format("{},{},{},{},{},{}#{},{},{}\n", csv_field(card.id), csv_field(card.name),
                         csv_field(card.klass), csv_field(card.place), card.code, csv_field(sheet.vote_url), card.code,
                         card.weight, card.public_key);
  }
  auto written = file->append(lines);
  crypto::wipe(lines.data(), lines.size());
  if (!written) return written;
  return file->finish();
}

Outcome<std::vector<VoterCard>> read_credentials_csv(const std::filesystem::path& path) {
  auto text = read_file(path, max_table);
  if (!text) return stop(text.error());
  Rows read;
  const bool parsed = Parser().parse(*text, read);
  crypto::wipe(text->data(), text->size());
  if (!parsed) return not_a_table(path, "its quotes do not close.");
  if (read.rows.empty() || read.rows.front() != header) return not_a_table(path, "its first line is another.");
  std::vector<VoterCard> cards;
  for (std::size_t i = 1; i < read.rows.size(); ++i) {
    auto& row = read.rows[i];
    if (row.size() != header.size()) return not_a_table(path, fmt::format("line {} has other cells.", i + 1));
    VoterCard card{row[0], row[1], row[2], row[3], row[3], row[4]};
    const auto [end, error] = std::from_chars(row[6].data(), row[6].data() + row[6].size(), card.weight);
    if (error != std::errc() || end != row[6].data() + row[6].size() || !ballot::normalize_code(card.code)) {
      return not_a_table(path, fmt::format("line {} holds no code or no weight.", i + 1));
    }
    card.public_key = row[7];
    cards.push_back(std::move(card));
  }
  return cards;
}

}  // namespace suara::cli
