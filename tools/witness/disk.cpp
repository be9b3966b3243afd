#include "tools/witness/disk.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace suara::witness {
namespace {

tl::unexpected<Error> failed(const std::filesystem::path& file, const char* doing) {
  return fail(ErrorCode::internal, std::string(doing) + " " + file.string() + ": " + std::strerror(errno) + ".");
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

bool write_all(int fd, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Result<std::string> read_small(const std::filesystem::path& file, std::size_t max_size) {
  const Descriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (fd.get() < 0 && errno == ENOENT) return fail(ErrorCode::not_found, file.string() + " is not there.");
  if (fd.get() < 0) return failed(file, "Cannot read");
  std::string content(max_size + 1, '\0');
  std::size_t size = 0;
  while (size < content.size()) {
    const ssize_t got = ::read(fd.get(), content.data() + size, content.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(file, "Cannot read");
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > max_size) return fail(ErrorCode::internal, file.string() + " is larger than it can be.");
  content.resize(size);
  return content;
}

Result<void> replace_durably(const std::filesystem::path& file, std::string_view content) {
  std::filesystem::path draft = file;
  draft += ".new";
  {
    const Descriptor fd(::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (fd.get() < 0 || !write_all(fd.get(), content) || ::fsync(fd.get()) != 0) return failed(draft, "Cannot write");
  }
  if (::rename(draft.c_str(), file.c_str()) != 0) return failed(file, "Cannot replace");
  const Descriptor folder(::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0 || ::fsync(folder.get()) != 0) return failed(file.parent_path(), "Cannot sync");
  return {};
}

Result<void> make_folder(const std::filesystem::path& folder) {
  std::filesystem::path made;
  for (const auto& part : folder) {
    made /= part;
    if (::mkdir(made.c_str(), 0700) != 0 && errno != EEXIST) return failed(made, "Cannot make the folder");
  }
  return {};
}

Result<int> lock_file(const std::filesystem::path& file) {
  Descriptor fd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (fd.get() < 0) return failed(file, "Cannot open");
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return failed(file, "Cannot lock");
    return fail(ErrorCode::conflict,
                "Another process runs this witness: " + file.string() + " is locked. Stop it first.");
  }
  return fd.release();
}

Result<int> wait_for_lock(const std::filesystem::path& file) {
  Descriptor fd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (fd.get() < 0) return failed(file, "Cannot open");
  while (::flock(fd.get(), LOCK_EX) != 0) {
    if (errno != EINTR) return failed(file, "Cannot lock");
  }
  return fd.release();
}

bool is_private(const std::filesystem::path& file) {
  struct stat status {};
  return ::lstat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 0077) == 0;
}

}  // namespace suara::witness
