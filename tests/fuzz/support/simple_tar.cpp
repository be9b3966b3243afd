#include "tests/fuzz/support/simple_tar.hpp"

#include <algorithm>
#include <cinttypes>
#include <cstdio>

namespace suara::fuzz {
namespace {

constexpr std::size_t block = 512;

void append_octal(std::string& out, std::uint64_t value, int digits) {
  char text[32];
  std::snprintf(text, sizeof text, "%0*" PRIo64, digits, value);
  out += text;
}

std::string header_of(std::string_view name, std::uint64_t size, std::uint64_t mtime, std::string_view checksum) {
  std::string header(name);
  header.resize(100);
  for (const char* field : {"0000644", "0000000", "0000000"}) header.append(field, 8);
  for (const std::uint64_t field : {size, mtime}) {
    append_octal(header, field, 11);
    header += '\0';
  }
  header += checksum;
  header += '0';
  header.resize(block);
  return header;
}

std::uint64_t octal_at(std::string_view header, std::size_t at) {
  std::uint64_t value = 0;
  for (const char c : header.substr(at, 11)) {
    if (c < '0' || c > '7') break;
    value = value * 8 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

}  // namespace

std::string write_tar(const std::vector<TarMember>& members, std::uint64_t mtime) {
  std::string out;
  for (const auto& [name, content] : members) {
    unsigned sum = 0;
    for (const char c : header_of(name, content.size(), mtime, "        ")) sum += static_cast<unsigned char>(c);
    std::string checksum;
    append_octal(checksum, sum, 6);
    checksum += '\0';
    checksum += ' ';
    out += header_of(name, content.size(), mtime, checksum) + content;
    out.resize((out.size() + block - 1) / block * block);
  }
  return out;
}

LooseTar read_loosely(std::string_view bytes) {
  LooseTar tar;
  while (bytes.size() >= block) {
    const std::string_view header = bytes.substr(0, block);
    bytes.remove_prefix(block);
    if (tar.members.empty()) tar.mtime = octal_at(header, 136);
    const std::string_view content = bytes.substr(0, octal_at(header, 124));
    const std::string_view name = header.substr(0, 100);
    tar.members.push_back({std::string(name.substr(0, name.find('\0'))), std::string(content)});
    bytes.remove_prefix(std::min(bytes.size(), (content.size() + block - 1) / block * block));
  }
  return tar;
}

}  // namespace suara::fuzz
