#include "tools/cli/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace suara::cli {
namespace fs = std::filesystem;
namespace {

tl::unexpected<Fault> file_fault(const fs::path& path, const std::string& what, int error) {
  return stop(ExitCode::usage, "file",
              path.string() + " " + what + ": " + std::generic_category().message(error) + ".");
}

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

}  // namespace

Outcome<std::string> read_file(const fs::path& path, std::size_t max_size) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.ok()) return file_fault(path, "cannot be read", errno);
  std::string content;
  char block[65536];
  for (;;) {
    const auto count = ::read(file.get(), block, sizeof block);
    if (count < 0) return file_fault(path, "cannot be read", errno);
    if (count == 0) return content;
    content.append(block, static_cast<std::size_t>(count));
    if (content.size() > max_size) {
      return stop(ExitCode::usage, "file",
                  path.string() + " is larger than the " + std::to_string(max_size) + " bytes that are accepted.");
    }
  }
}

Outcome<std::string> read_password_file(const fs::path& path) {
  auto content = read_file(path, 4096);
  if (!content) return stop(content.error());
  content->resize(std::min(content->size(), content->find_first_of("\r\n")));
  if (content->empty()) {
    return stop(ExitCode::usage, "file", path.string() + " is empty: it must hold the password on its first line.");
  }
  return content;
}

NewFile::NewFile(fs::path path, int fd) : path_(std::move(path)), fd_(fd) {}

NewFile::NewFile(NewFile&& other) noexcept : path_(std::move(other.path_)), fd_(std::exchange(other.fd_, -1)) {}

NewFile::~NewFile() {
  if (fd_ < 0) return;
  ::close(fd_);
  ::unlink(path_.c_str());
}

Outcome<NewFile> NewFile::begin(const fs::path& path, FileMode mode) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, static_cast<mode_t>(mode));
  if (fd >= 0) return NewFile(path, fd);
  if (errno == EEXIST) {
    return stop(ExitCode::usage, "file", path.string() + " exists already: it is not replaced. Name another file.");
  }
  return file_fault(path, "cannot be written", errno);
}

Outcome<void> NewFile::append(std::string_view content) {
  while (!content.empty()) {
    const auto count = ::write(fd_, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return file_fault(path_, "cannot be written", errno);
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Outcome<void> NewFile::belong_as(const fs::path& other) {
  struct stat theirs {};
  struct stat ours {};
  if (::stat(other.c_str(), &theirs) != 0 || ::fstat(fd_, &ours) != 0)
    return file_fault(other, "cannot be read", errno);
  if (ours.st_uid == theirs.st_uid && ours.st_gid == theirs.st_gid) return {};
  if (::fchown(fd_, theirs.st_uid, theirs.st_gid) == 0) return {};
  return file_fault(other, "belongs to another user, who could not read it any more; run this as that user or as root",
                    errno);
}

Outcome<void> NewFile::finish() {
  if (::fsync(fd_) != 0) return file_fault(path_, "cannot be written", errno);
  ::close(std::exchange(fd_, -1));
  return {};
}

Outcome<void> write_new_file(const fs::path& path, std::string_view content, FileMode mode) {
  auto file = NewFile::begin(path, mode);
  if (!file) return stop(file.error());
  if (auto written = file->append(content); !written) return written;
  return file->finish();
}

Outcome<void> replace_secret_file(const fs::path& path, std::string_view content) {
  const fs::path working = path.string() + ".new";
  ::unlink(working.c_str());  // of an attempt that was broken off; it holds nothing that `path` does not
  auto file = NewFile::begin(working, FileMode::secret);
  if (!file) return stop(file.error());
  if (auto written = file->append(content); !written) return written;
  if (auto kept = file->belong_as(path); !kept) return kept;
  if (auto finished = file->finish(); !finished) return finished;
  if (::rename(working.c_str(), path.c_str()) != 0) {
    const int error = errno;
    ::unlink(working.c_str());
    return file_fault(path, "cannot be replaced", error);
  }
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.ok()) ::fsync(directory.get());  // so that the new name outlives a loss of power
  return {};
}

NewFolder::NewFolder(fs::path path, fs::path working) : path_(std::move(path)), working_(std::move(working)) {}

NewFolder::NewFolder(NewFolder&& other) noexcept
    : path_(std::move(other.path_)), working_(std::exchange(other.working_, {})) {}

NewFolder::~NewFolder() {
  std::error_code ignored;
  if (!working_.empty()) fs::remove_all(working_, ignored);
}

Outcome<NewFolder> NewFolder::begin(const fs::path& path) {
  std::error_code error;
  fs::path target = path;
  if (!target.has_filename()) target = target.parent_path();
  if (fs::exists(target, error) && !(fs::is_directory(target, error) && fs::is_empty(target, error))) {
    return stop(ExitCode::usage, "file",
                target.string() + " exists already and is not an empty folder: it is not replaced. Name another.");
  }
  std::string working = target.string() + ".partial-XXXXXX";
  if (!::mkdtemp(working.data())) return file_fault(target, "cannot be made", errno);
  return NewFolder(target, working);
}

Outcome<void> NewFolder::finish(unsigned mode) {
  if (::chmod(working_.c_str(), mode) != 0 || ::rename(working_.c_str(), path_.c_str()) != 0) {
    return file_fault(path_, "cannot be made", errno);
  }
  working_.clear();
  return {};
}

}  // namespace suara::cli
