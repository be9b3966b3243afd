#include "http/open_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace suara::http {

Result<std::shared_ptr<const OpenFile>> OpenFile::open(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return fail(ErrorCode::not_found, "There is nothing at this address.");
  struct ::stat status {};
  if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(fd);
    return fail(ErrorCode::not_found, "There is nothing at this address.");
  }
  ::posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
  return std::shared_ptr<const OpenFile>(new OpenFile(fd, static_cast<std::uint64_t>(status.st_size)));
}

OpenFile::~OpenFile() { ::close(fd_); }

bool OpenFile::read(std::uint64_t offset, std::span<char> out) const {
  while (!out.empty()) {
    const auto count = ::pread(fd_, out.data(), out.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    offset += static_cast<std::uint64_t>(count);
    out = out.subspan(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace suara::http
