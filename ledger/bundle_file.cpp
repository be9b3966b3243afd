#include "ledger/bundle_file.hpp"

#include <fmt/format.h>

#include <fstream>

#include "core/audit/published_keys.hpp"
#include "core/codec/bel_tar.hpp"
#include "core/log/checkpoint.hpp"
#include "core/log/tiles.hpp"
#include "ledger/export_file.hpp"
#include "ledger/log_folder.hpp"

namespace suara::ledger {
namespace {

constexpr std::size_t block = 512;

}  // namespace

Result<BundleFile> BundleFile::write(const std::filesystem::path& log, const std::filesystem::path& tar) {
  const LogFolder folder(log);
  auto file = ExportFile::create(tar);
  if (!file) return fail(std::move(file).error());
  std::map<std::string, Member, std::less<>> members;
  std::uint64_t at = 0;
  std::string packed;
  const auto add = [&](const std::string& path, std::string_view content) {
    packed.clear();
    codec::append_tar_entry(packed, path, content, 0);
    members[path] = {at + block, content.size()};
    at += packed.size();
    return file->append(packed);
  };
  const auto take = [&](const std::string& path, std::size_t max_size) -> Result<void> {
    const auto content = folder.read(path, max_size);
    if (!content) return fail(content.error());
    return add(path, *content);
  };

  // The witnessed head first: the newest is then at least as large.
  const auto witnessed = folder.read("checkpoint.witnessed", log::max_note_size);
  if (!witnessed && witnessed.error().code != ErrorCode::not_found) return fail(witnessed.error());
  const auto note = folder.read("checkpoint", log::max_note_size);
  if (!note) return fail(note.error());
  const auto head = log::read_checkpoint(*note);
  if (!head) return fail(head.error());
  const std::uint64_t entries = head->checkpoint.size;
  if (auto ok = add("checkpoint", *note); !ok) return fail(std::move(ok).error());
  if (witnessed)
    if (auto ok = add("checkpoint.witnessed", *witnessed); !ok) return fail(std::move(ok).error());
  if (auto ok = take("keys.json", audit::max_keys_json); !ok) return fail(std::move(ok).error());
  for (const auto& tile : log::tiles_of(entries))
    if (auto ok = take(log::tile_path(tile), log::tile_width * sizeof(Hash)); !ok) return fail(std::move(ok).error());
  for (const auto& bundle : log::bundles_of(entries))
    if (auto ok = take(log::tile_path(bundle), log::max_bundle_size); !ok) return fail(std::move(ok).error());
  if (auto ok = file->append(std::string(2 * block, '\0')); !ok) return fail(std::move(ok).error());
  if (auto ok = file->close(); !ok) return fail(std::move(ok).error());
  return BundleFile(tar, std::move(members));
}

Result<std::string> BundleFile::read(std::string_view path, std::size_t max_bytes) {
  const auto member = members_.find(path);
  if (member == members_.end()) return fail(ErrorCode::not_found, fmt::format("The bundle has no file '{}'.", path));
  const auto [offset, size] = member->second;
  if (size > max_bytes) return fail(ErrorCode::too_large, fmt::format("'{}' is too large.", path));
  std::string bytes(size, '\0');
  std::ifstream in(tar_, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(offset));
  if (!in.read(bytes.data(), static_cast<std::streamsize>(size)))
    return fail(ErrorCode::unavailable, fmt::format("'{}' cannot be read from the bundle.", path));
  return bytes;
}

}  // namespace suara::ledger
