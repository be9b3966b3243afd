#include "core/codec/bel_tar.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <string>

namespace suara::codec {
namespace {

constexpr std::size_t block = 512;
constexpr std::size_t name_length = 100;
constexpr std::size_t size_at = 124;
constexpr std::size_t mtime_at = 136;
constexpr std::size_t checksum_at = 148;
constexpr std::size_t type_at = 156;

std::uint64_t padded_size(std::uint64_t size) { return (size + block - 1) / block * block; }

std::string octal(std::uint64_t value, std::size_t digits) {
  std::string out(digits, '0');
  for (std::size_t i = digits; i-- > 0; value >>= 3) out[i] = static_cast<char>('0' + (value & 7));
  return out;
}

std::optional<std::uint64_t> from_octal(std::string_view digits) {
  std::uint64_t value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '7') return std::nullopt;
    value = value << 3 | static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

// The only header an entry of this name, size and time may have.
std::array<char, block> header_of(std::string_view name, std::uint64_t size, std::uint64_t mtime) {
  std::array<char, block> header{};
  const auto put = [&](std::size_t at, std::string_view text) { text.copy(header.data() + at, text.size()); };
  put(0, name);
  put(100, "0000644");
  put(108, "0000000");
  put(116, "0000000");
  put(size_at, octal(size, 11));
  put(mtime_at, octal(mtime, 11));
  put(checksum_at, "        ");
  put(type_at, "0");
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  put(checksum_at, octal(sum, 6) + std::string(1, '\0') + " ");
  return header;
}

}  // namespace

TarFile read_bel_tar(std::string_view bytes) {
  TarFile file;
  std::size_t at = 0;
  while (at < bytes.size()) {
    const auto ends = [&](std::string_view what) {
      file.fault = Error{ErrorCode::malformed, "archive: entry " + std::to_string(file.entries.size() + 1) +
                                                   " at byte " + std::to_string(at) + " " + std::string(what)};
      return std::move(file);
    };
    if (bytes.size() - at < block) return ends("is cut off.");
    const std::string_view header = bytes.substr(at, block);
    const std::string_view name = header.substr(0, std::min(header.find('\0'), name_length));
    const auto size = from_octal(header.substr(size_at, 11));
    const auto mtime = from_octal(header.substr(mtime_at, 11));
    if (!size || !mtime || name.empty()) return ends("has no readable header.");
    if (file.entries.empty()) file.mtime = *mtime;
    const auto expected = header_of(name, *size, file.mtime);
    if (header != std::string_view(expected.data(), block)) return ends("has a header of another form.");
    const std::size_t room = bytes.size() - at - block;
    const std::uint64_t padded = padded_size(*size);
    if (padded > room) return ends("is cut off.");
    const std::string_view content = bytes.substr(at + block, *size);
    const std::string_view padding = bytes.substr(at + block + *size, padded - *size);
    if (padding.find_first_not_of('\0') != std::string_view::npos) return ends("is not padded with zeros.");
    file.entries.push_back({name, content});
    at += block + padded;
  }
  return file;
}

void append_tar_entry(std::string& out, std::string_view name, std::string_view content, std::uint64_t mtime) {
  constexpr std::uint64_t limit = std::uint64_t{1} << 33;
  if (name.size() > name_length || content.size() >= limit || mtime >= limit) {
    throw std::invalid_argument("a tar entry that the form cannot hold");
  }
  const auto header = header_of(name, content.size(), mtime);
  out.append(header.data(), header.size());
  out += content;
  out.append(padded_size(content.size()) - content.size(), '\0');
}

}  // namespace suara::codec
