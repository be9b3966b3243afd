#include "http/witness_list.hpp"

#include <fmt/format.h>

#include "http/static_files.hpp"
#include "http/witness_post.hpp"

namespace suara::http {
namespace {

constexpr std::size_t most_witnesses = 256;
constexpr std::size_t max_list = 1u << 20;
constexpr std::string_view blank = " \t";

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (;;) {
    const auto begin = line.find_first_not_of(blank);
    if (begin == line.npos) return words;
    line.remove_prefix(begin);
    const auto end = std::min(line.find_first_of(blank), line.size());
    words.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
}

Result<ledger::Witness> parse_line(const std::vector<std::string_view>& words) {
  if (words.front() != "witness")
    return fail(ErrorCode::malformed,
                fmt::format("'{}' is not understood: only lines 'witness NAME KEY ADDRESS' are.", words.front()));
  if (words.size() != 4)
    return fail(ErrorCode::malformed, "A witness has a name, a verifier key and an address, and nothing more.");
  auto key = log::parse_witness_key(words[2]);
  if (!key) return fail(ErrorCode::malformed, key.error().detail);
  if (auto url = parse_witness_url(words[3]); !url) return fail(std::move(url.error()));
  return ledger::Witness{std::string(words[1]), std::move(*key), std::string(words[3])};
}

}  // namespace

Result<std::vector<ledger::Witness>> parse_witness_list(std::string_view text) {
  std::vector<ledger::Witness> list;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const auto words = words_of(line);
    if (words.empty() || words.front().starts_with('#')) continue;
    auto witness = parse_line(words);
    if (!witness) return fail(witness.error().code, fmt::format("line {}: {}", number, witness.error().detail));
    for (const auto& other : list) {
      if (other.key.key == witness->key.key)
        return fail(ErrorCode::malformed, fmt::format("line {}: its key is that of {} too.", number, other.name));
      if (other.name == witness->name)
        return fail(ErrorCode::malformed, fmt::format("line {}: the name {} stands twice.", number, other.name));
    }
    if (list.size() == most_witnesses)
      return fail(ErrorCode::too_large, fmt::format("line {}: more than {} witnesses.", number, most_witnesses));
    list.push_back(std::move(*witness));
  }
  return list;
}

Result<std::vector<ledger::Witness>> read_witness_list(const std::filesystem::path& file) {
  const auto text = read_file(file, max_list);
  if (!text) return fail(ErrorCode::not_found, file.string() + " cannot be read.");
  auto list = parse_witness_list(*text);
  if (!list) return fail(list.error().code, file.string() + ", " + list.error().detail);
  return list;
}

}  // namespace suara::http
