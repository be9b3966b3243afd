#pragma once
#include <filesystem>

#include "core/base/result.hpp"

namespace suara::ledger {

// Held by whoever reads a file of a log folder in order to write it anew: against threads and processes alike. Given
// up when it is destroyed, or its process ends.
class FolderLock {
 public:
  // Waits for the others, who hold it for moments. Error: internal.
  static Result<FolderLock> take(const std::filesystem::path& folder);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace suara::ledger
