#pragma once
#include <filesystem>
#include <string_view>

#include "core/base/result.hpp"

namespace suara::ledger {

// A new file that everybody may read, written piece by piece; durable once close() has passed. Errors: internal.
class ExportFile {
 public:
  static Result<ExportFile> create(const std::filesystem::path& file);
  ExportFile(ExportFile&& other) noexcept;
  ExportFile& operator=(ExportFile&&) = delete;
  ~ExportFile();
  Result<void> append(std::string_view bytes);
  Result<void> close();

 private:
  ExportFile(std::filesystem::path file, int fd) : file_(std::move(file)), fd_(fd) {}
  std::filesystem::path file_;
  int fd_;
};

}  // namespace suara::ledger
