#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

// The one form of tar that a `.bel` file has (see bel_archive.hpp).
namespace suara::codec {

struct TarEntry {
  std::string_view name;
  std::string_view content;
};

struct TarFile {
  std::uint64_t mtime = 0;  // the same in all entries
  std::vector<TarEntry> entries;
  // Where another form begins: malformed, with the place. The entries are those before it.
  std::optional<Error> fault;
};

// Views point into `bytes`.
TarFile read_bel_tar(std::string_view bytes);

// Throws std::invalid_argument for what the form cannot hold: a name above 100 bytes, a size or time above 8^11.
void append_tar_entry(std::string& out, std::string_view name, std::string_view content, std::uint64_t mtime);

}  // namespace suara::codec
