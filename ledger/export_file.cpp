#include "ledger/export_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace suara::ledger {
namespace {

tl::unexpected<Error> cannot_write(const std::filesystem::path& file) {
  return fail(ErrorCode::internal, fmt::format("Cannot write {}: {}.", file.string(), std::strerror(errno)));
}

}  // namespace

Result<ExportFile> ExportFile::create(const std::filesystem::path& file) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (fd < 0) return cannot_write(file);
  return ExportFile(file, fd);
}

ExportFile::ExportFile(ExportFile&& other) noexcept
    : file_(std::move(other.file_)), fd_(std::exchange(other.fd_, -1)) {}

ExportFile::~ExportFile() {
  if (fd_ >= 0) ::close(fd_);
}

Result<void> ExportFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(fd_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return cannot_write(file_);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Result<void> ExportFile::close() {
  if (::fsync(fd_) != 0) return cannot_write(file_);
  if (::close(std::exchange(fd_, -1)) != 0) return cannot_write(file_);
  return {};
}

}  // namespace suara::ledger
