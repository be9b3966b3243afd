#include "tools/cli/bundle_sink.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <optional>
#include <system_error>

#include "tools/cli/files.hpp"

namespace suara::cli {
namespace fs = std::filesystem;
namespace {

class FolderSink : public BundleSink {
 public:
  explicit FolderSink(NewFolder folder) : folder_(std::move(folder)) {}

  Outcome<void> add(const std::string& path, std::string_view content) override {
    const fs::path target = folder_.working() / path;
    std::error_code error;
    fs::create_directories(target.parent_path(), error);
    if (error)
      return stop(ExitCode::usage, "file", target.parent_path().string() + " cannot be made: " + error.message() + ".");
    return write_new_file(target, content, FileMode::open);
  }

  Outcome<void> finish() override { return folder_.finish(0755); }

 private:
  NewFolder folder_;
};

class TarSink : public BundleSink {
 public:
  TarSink(fs::path out, std::string working, int fd) : out_(std::move(out)), working_(std::move(working)), fd_(fd) {
    tar_.reset(::archive_write_new());
    ::archive_write_set_format_pax_restricted(tar_.get());
    ::archive_write_open_fd(tar_.get(), fd_);
  }

  ~TarSink() override {
    tar_.reset();
    ::close(fd_);
    ::unlink(working_.c_str());  // finish() has linked it to its name
  }

  Outcome<void> add(const std::string& path, std::string_view content) override {
    const std::unique_ptr<archive_entry, Free> entry(::archive_entry_new());
    ::archive_entry_set_pathname(entry.get(), path.c_str());
    ::archive_entry_set_filetype(entry.get(), AE_IFREG);
    ::archive_entry_set_perm(entry.get(), 0644);
    ::archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
    ::archive_entry_set_mtime(entry.get(), 0, 0);  // the same ledger gives the same bytes
    if (::archive_write_header(tar_.get(), entry.get()) != ARCHIVE_OK) return failed();
    if (::archive_write_data(tar_.get(), content.data(), content.size()) != static_cast<la_ssize_t>(content.size())) {
      return failed();
    }
    return {};
  }

  Outcome<void> finish() override {
    if (::archive_write_close(tar_.get()) != ARCHIVE_OK) return failed();
    if (::fchmod(fd_, 0644) != 0 || ::fsync(fd_) != 0) return failed();
    // link() refuses to replace a file that appeared meanwhile, which rename() would.
    if (::link(working_.c_str(), out_.c_str()) != 0) {
      return stop(ExitCode::usage, "file",
                  out_.string() + " cannot be written: " + std::generic_category().message(errno) + ".");
    }
    return {};
  }

 private:
  struct Free {
    void operator()(archive* tar) const { ::archive_write_free(tar); }
    void operator()(archive_entry* entry) const { ::archive_entry_free(entry); }
  };

  tl::unexpected<Fault> failed() const {
    const char* why = ::archive_error_string(tar_.get());
    return stop(ExitCode::usage, "file", out_.string() + " cannot be written: " + (why ? why : "unknown error") + ".");
  }

  fs::path out_;
  std::string working_;
  int fd_;
  std::unique_ptr<archive, Free> tar_;
};

}  // namespace

Outcome<std::unique_ptr<BundleSink>> open_bundle_sink(const fs::path& out) {
  if (out.extension() != ".tar") {
    auto folder = NewFolder::begin(out);
    if (!folder) return stop(folder.error());
    return std::make_unique<FolderSink>(std::move(*folder));
  }
  std::error_code error;
  if (fs::exists(out, error)) {
    return stop(ExitCode::usage, "file", out.string() + " exists already: it is not replaced. Name another file.");
  }
  std::string working = out.string() + ".partial-XXXXXX";
  const int fd = ::mkostemp(working.data(), O_CLOEXEC);
  if (fd < 0) {
    return stop(ExitCode::usage, "file",
                out.string() + " cannot be written: " + std::generic_category().message(errno) + ".");
  }
  return std::make_unique<TarSink>(out, std::move(working), fd);
}

}  // namespace suara::cli
