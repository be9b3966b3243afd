#pragma once
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "tools/cli/outcome.hpp"

// Files that the operator names. Faults: usage ("file"), naming the file and the system's reason.
namespace suara::cli {

// A regular file of at most `max_size` bytes.
Outcome<std::string> read_file(const std::filesystem::path& path, std::size_t max_size);

// The first line of a file that holds a password.
Outcome<std::string> read_password_file(const std::filesystem::path& path);

enum class FileMode { secret = 0600, open = 0644 };

// A new file, on the disk once finish() succeeded; refuses to replace one. Removed where finish() was not reached.
class NewFile {
 public:
  static Outcome<NewFile> begin(const std::filesystem::path& path, FileMode mode);
  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile();

  Outcome<void> append(std::string_view content);
  Outcome<void> belong_as(const std::filesystem::path& other);  // to the same user and group
  Outcome<void> finish();

 private:
  NewFile(std::filesystem::path path, int fd);
  std::filesystem::path path_;
  int fd_;  // -1 once finished or moved from
};

Outcome<void> write_new_file(const std::filesystem::path& path, std::string_view content, FileMode mode);

// Puts the content in the place of what the file held, whole or not at all; readable by its owner alone, who stays
// the same.
Outcome<void> replace_secret_file(const std::filesystem::path& path, std::string_view content);

// A folder that is filled under another name and moved to `path` only when all of it is there; removed otherwise.
// Mode 0700 throughout; `mode` is the folder's own at the end.
class NewFolder {
 public:
  // Fault: `path` exists and is not an empty folder.
  static Outcome<NewFolder> begin(const std::filesystem::path& path);
  NewFolder(NewFolder&& other) noexcept;
  NewFolder& operator=(NewFolder&&) = delete;
  ~NewFolder();

  const std::filesystem::path& working() const { return working_; }
  Outcome<void> finish(unsigned mode);

 private:
  NewFolder(std::filesystem::path path, std::filesystem::path working);
  std::filesystem::path path_;
  std::filesystem::path working_;  // empty once finished
};

}  // namespace suara::cli
