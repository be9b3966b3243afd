#include "tools/verify/unpacked_tar.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <cstdlib>
#include <fstream>
#include <memory>

#include "core/log/tiles.hpp"

namespace suara::verify {
namespace {

struct ReadFree {
  void operator()(archive* a) const { archive_read_free(a); }
};
using Reader = std::unique_ptr<archive, ReadFree>;

// "./tile/0/000" and "tile/0/000" are the same member.
std::string_view plain(std::string_view name) { return name.starts_with("./") ? name.substr(2) : name; }

bool belongs(std::string_view name) {
  return name == "checkpoint" || name == "checkpoint.witnessed" || name == "keys.json" ||
         log::parse_tile_path(name).has_value();
}

// `room` is what may still be written: a tar without holes gives no more bytes than it has itself, one with holes
// (sparse members) could fill the disk.
Result<void> unpack_member(archive* reader, const std::filesystem::path& file, std::uintmax_t& room) {
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  if (std::filesystem::exists(file, error)) {
    return fail(ErrorCode::malformed, "The tar holds '" + file.filename().string() + "' twice.");
  }
  std::ofstream out(file, std::ios::binary);
  char buffer[65536];
  std::size_t total = 0;
  for (;;) {
    const auto got = archive_read_data(reader, buffer, sizeof buffer);
    if (got == 0) break;
    if (got < 0) return fail(ErrorCode::malformed, "The tar is damaged or cut short.");
    total += static_cast<std::size_t>(got);
    if (total > log::max_bundle_size)
      return fail(ErrorCode::too_large, "The tar holds a file no bundle has: too large.");
    if (static_cast<std::uintmax_t>(got) > room) {
      return fail(ErrorCode::malformed, "The tar has files with holes, which no bundle has.");
    }
    room -= static_cast<std::uintmax_t>(got);
    out.write(buffer, got);
  }
  out.close();
  if (!out) return fail(ErrorCode::unavailable, "The temporary folder has no room for the unpacked bundle.");
  return {};
}

Result<void> unpack(archive* reader, const std::filesystem::path& folder, std::uintmax_t room) {
  archive_entry* entry = nullptr;
  bool empty = true;
  for (;;) {
    const int status = archive_read_next_header(reader, &entry);
    if (status == ARCHIVE_EOF) break;
    if (status != ARCHIVE_OK) return fail(ErrorCode::malformed, "This is not an uncompressed tar, or it is damaged.");
    const char* raw = archive_entry_pathname(entry);
    const std::string name(plain(raw ? raw : ""));
    if (archive_entry_filetype(entry) == AE_IFDIR) continue;
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) || !belongs(name)) {
      return fail(ErrorCode::malformed, "The tar holds something no bundle has: not a checkpoint, keys.json or tile.");
    }
    if (auto ok = unpack_member(reader, folder / name, room); !ok) return ok;
    empty = false;
  }
  if (empty) return fail(ErrorCode::malformed, "The tar holds no files, so it is no bundle.");
  return {};
}

}  // namespace

Result<UnpackedTar> UnpackedTar::open(const std::filesystem::path& tar) {
  Reader reader(archive_read_new());
  archive_read_support_format_tar(reader.get());
  if (archive_read_open_filename(reader.get(), tar.c_str(), 65536) != ARCHIVE_OK) {
    return fail(ErrorCode::malformed, "'" + tar.string() + "' cannot be read as an uncompressed tar.");
  }
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(tar, error);
  if (error) return fail(ErrorCode::malformed, "'" + tar.string() + "' is not a plain file.");
  std::string pattern = (std::filesystem::temp_directory_path() / "suara-verify-XXXXXX").string();
  if (!mkdtemp(pattern.data())) return fail(ErrorCode::unavailable, "No temporary folder can be made in TMPDIR.");
  UnpackedTar unpacked{std::filesystem::path(pattern)};
  if (auto ok = unpack(reader.get(), unpacked.folder(), size); !ok) return fail(ok.error());
  return unpacked;
}

UnpackedTar::~UnpackedTar() {
  std::error_code ignored;
  if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

}  // namespace suara::verify
