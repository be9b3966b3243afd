#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "core/base/result.hpp"

namespace suara::http {

// A file that is sent piece by piece; what becomes of its name meanwhile does not matter. Thread-safe.
class OpenFile {
 public:
  // Error: not_found (missing, or no plain file).
  static Result<std::shared_ptr<const OpenFile>> open(const std::filesystem::path& file);
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile();

  std::uint64_t size() const { return size_; }
  // Fills `out` from `offset`. False where the file no longer has so much, or cannot be read.
  bool read(std::uint64_t offset, std::span<char> out) const;

 private:
  OpenFile(int fd, std::uint64_t size) : fd_(fd), size_(size) {}
  int fd_;
  std::uint64_t size_;
};

}  // namespace suara::http
