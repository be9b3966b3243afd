#include "tools/verify/state_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "core/crypto/encoding.hpp"
#include "core/crypto/hash.hpp"
#include "tools/verify/record.hpp"

namespace suara::verify {
namespace fs = std::filesystem;
namespace {

constexpr std::uintmax_t max_state = std::uintmax_t{8} << 30;

Result<void> unwritable(const fs::path& path) {
  const std::string why = std::generic_category().message(errno);
  return fail(ErrorCode::unavailable, "'" + path.string() + "' cannot be written: " + why + ".");
}

bool write_and_sync(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(fd) == 0;
}

}  // namespace

Result<std::string> read_state_file(const fs::path& path) {
  std::error_code error;
  if (fs::symlink_status(path, error).type() == fs::file_type::not_found) return std::string();
  auto content = read_whole_file(path, max_state);
  if (!content || !content->empty()) return content;
  return fail(ErrorCode::malformed, "'" + path.string() +
                                        "' is empty: what was verified before is lost. Put back a copy of it, or remove "
                                        "it to begin anew.");
}

Result<void> replace_state_file(const fs::path& path, std::string_view content) {
  fs::path draft = path;
  draft += ".new";
  const int fd = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return unwritable(draft);
  // One that a broken run left may be open to others.
  const bool written = ::fchmod(fd, 0600) == 0 && write_and_sync(fd, content);
  if (::close(fd) != 0 || !written) return unwritable(draft);
  if (::rename(draft.c_str(), path.c_str()) != 0) return unwritable(path);
  return {};
}

Result<void> write_evidence(const fs::path& folder, const audit::Report::Contradiction& contradiction) {
  std::error_code error;
  fs::create_directories(folder, error);
  const std::string pair = crypto::to_hex(crypto::sha256(contradiction.seen + contradiction.now).view()).substr(0, 16);
  if (auto ok = replace_state_file(folder / ("seen-" + pair + ".txt"), contradiction.seen); !ok) return ok;
  return replace_state_file(folder / ("now-" + pair + ".txt"), contradiction.now);
}

}  // namespace suara::verify
