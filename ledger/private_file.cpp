#include "ledger/private_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "core/crypto/encoding.hpp"

namespace suara::ledger {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

std::string reason() { return std::strerror(errno); }

bool write_all(int fd, ByteView content) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    content = content.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

Result<void> sync_folder(const std::filesystem::path& folder) {
  const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.ok() || ::fsync(fd.get()) != 0)
    return fail(ErrorCode::internal, fmt::format("Cannot make the folder {} durable: {}.", folder.string(), reason()));
  return {};
}

}  // namespace

Result<void> make_private_folder(const std::filesystem::path& folder) {
  std::error_code error;
  if (folder.has_parent_path() && !std::filesystem::exists(folder.parent_path(), error)) {
    if (auto made = make_private_folder(folder.parent_path()); !made) return made;
  }
  if (::mkdir(folder.c_str(), 0700) == 0) {
    return folder.has_parent_path() ? sync_folder(folder.parent_path()) : Result<void>{};
  }
  if (errno != EEXIST)
    return fail(ErrorCode::internal, fmt::format("Cannot make the folder {}: {}.", folder.string(), reason()));
  return check_private_folder(folder);
}

Result<void> check_private_folder(const std::filesystem::path& folder) {
  struct stat info {};
  if (::stat(folder.c_str(), &info) != 0)
    return fail(ErrorCode::not_found, fmt::format("Cannot find the folder {}: {}.", folder.string(), reason()));
  if (!S_ISDIR(info.st_mode)) return fail(ErrorCode::integrity, fmt::format("{} is not a folder.", folder.string()));
  if ((info.st_mode & 0077) != 0)
    return fail(ErrorCode::integrity,
                fmt::format("The folder {} with secret keys is open to other accounts (mode {:04o}). Set it right "
                            "with: chmod 700 {}",
                            folder.string(), info.st_mode & 07777, folder.string()));
  return {};
}

Result<void> create_private_file(const std::filesystem::path& file, ByteView content) {
  std::array<std::uint8_t, 8> random{};
  crypto::random_fill(random);
  const std::filesystem::path draft = file.string() + "." + crypto::to_hex(random) + ".tmp";
  const auto cannot = [&] {
    const std::string why = reason();
    ::unlink(draft.c_str());
    return fail(ErrorCode::internal, fmt::format("Cannot write {}: {}.", file.string(), why));
  };
  {
    const Descriptor fd(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd.ok()) return cannot();
    // The umask may have taken bits away, and never adds any; fchmod makes the mode exact.
    if (::fchmod(fd.get(), 0600) != 0 || !write_all(fd.get(), content) || ::fsync(fd.get()) != 0) return cannot();
  }
  // link() and not rename(): it refuses where the name exists, so that a race can never replace a key in use.
  if (::link(draft.c_str(), file.c_str()) != 0) {
    if (errno != EEXIST) return cannot();
    ::unlink(draft.c_str());
    return fail(ErrorCode::conflict, fmt::format("{} exists already and is never replaced.", file.string()));
  }
  ::unlink(draft.c_str());
  return sync_folder(file.parent_path());
}

Result<crypto::SecretBytes> read_private_file(const std::filesystem::path& file, std::size_t max_size) {
  const Descriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!fd.ok()) {
    if (errno == ENOENT || errno == ENOTDIR)
      return fail(ErrorCode::not_found, fmt::format("There is no {}.", file.string()));
    return fail(ErrorCode::integrity, fmt::format("Cannot read {}: {}.", file.string(), reason()));
  }
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0 || !S_ISREG(info.st_mode))
    return fail(ErrorCode::integrity, fmt::format("{} is not a plain file.", file.string()));
  if ((info.st_mode & 0077) != 0)
    return fail(ErrorCode::integrity,
                fmt::format("The secret key {} is open to other accounts (mode {:04o}), so it may be known to them. "
                            "If it is not, set it right with: chmod 600 {}",
                            file.string(), info.st_mode & 07777, file.string()));
  if (info.st_size < 0 || static_cast<std::size_t>(info.st_size) > max_size)
    return fail(ErrorCode::integrity, fmt::format("{} is too large for a key.", file.string()));
  if (info.st_size == 0) return fail(ErrorCode::integrity, fmt::format("{} is empty.", file.string()));
  crypto::SecretBytes content(static_cast<std::size_t>(info.st_size));
  auto rest = content.mutable_view();
  while (!rest.empty()) {
    const ssize_t got = ::read(fd.get(), rest.data(), rest.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return fail(ErrorCode::integrity, fmt::format("Cannot read all of {}.", file.string()));
    rest = rest.subspan(static_cast<std::size_t>(got));
  }
  return content;
}

}  // namespace suara::ledger
