#pragma once
#include <cstdint>
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
};

// Views point into `bytes`. Error: malformed, with the place where another form begins.
Result<TarFile> read_bel_tar(std::string_view bytes);

}  // namespace suara::codec
