#include <sys/mman.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "core/log/tiles.hpp"
#include "tests/fuzz/support/simple_tar.hpp"
#include "tests/fuzz/support/target.hpp"
#include "tests/support/vectors.hpp"
#include "tools/verify/unpacked_tar.hpp"

namespace {

using namespace suara;
namespace fs = std::filesystem;

// A file that is nowhere but in memory, under a path that can be opened.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view content) : file_(memfd_create("tar", 0)) {
    fuzz::require(file_ >= 0 && write(file_, content.data(), content.size()) == static_cast<ssize_t>(content.size()),
                  "the machine has memory for the input");
  }
  ~MemoryFile() { close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  fs::path path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  int file_;
};

using Files = std::map<std::string, std::string>;

Files files_in(const fs::path& folder) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    fuzz::require(!entry.is_symlink() && (entry.is_directory() || entry.is_regular_file()), "only files are unpacked");
    if (!entry.is_directory()) files[entry.path().lexically_relative(folder)] = test::read_file(entry.path());
  }
  return files;
}

// The files that unpacking gives; nothing where the tar is refused.
std::optional<Files> unpacked(std::string_view bytes) {
  const MemoryFile file(bytes);
  fs::path folder;
  std::optional<Files> files;
  {
    const auto tar = verify::UnpackedTar::open(file.path());
    if (!tar) {
      fuzz::require_told(tar.error());
    } else {
      folder = tar->folder();
      files = files_in(folder);
    }
  }
  fuzz::require(folder.empty() || !fs::exists(folder), "the folder is removed");
  return files;
}

}  // namespace

// The tar of a bundle, unpacked by libarchive into a folder of its own.
void suara::fuzz::try_input(std::string_view bytes) {
  const auto files = unpacked(bytes);
  if (!files) return;
  std::size_t total = 0;
  std::vector<TarMember> members;
  for (const auto& [name, content] : *files) {
    require(name == "checkpoint" || name == "checkpoint.witnessed" || name == "keys.json" || log::parse_tile_path(name),
            "only a bundle's files are there");
    total += content.size();
    members.push_back({name, content});
  }
  require(total <= bytes.size(), "no more is unpacked than the tar holds");
  require(unpacked(write_tar(members, 0)) == files, "what was unpacked can be packed and unpacked again");
}
