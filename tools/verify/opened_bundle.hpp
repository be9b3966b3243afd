#pragma once
#include <filesystem>
#include <optional>

#include "tools/verify/directory_source.hpp"
#include "tools/verify/unpacked_tar.hpp"

namespace suara::verify {

// A bundle by its path: a folder as it lies, or a tar unpacked for as long as this lives.
class OpenedBundle {
 public:
  // Errors: not_found and those of UnpackedTar::open.
  static Result<OpenedBundle> open(const std::filesystem::path& path);
  audit::Source& source() { return source_; }

 private:
  explicit OpenedBundle(std::optional<UnpackedTar> tar, std::filesystem::path folder)
      : tar_(std::move(tar)), source_(std::move(folder)) {}
  std::optional<UnpackedTar> tar_;
  DirectorySource source_;
};

}  // namespace suara::verify
