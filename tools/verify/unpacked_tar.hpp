#pragma once
#include <filesystem>
#include <utility>

#include "core/base/result.hpp"

namespace suara::verify {

// A bundle's tar unpacked into a temporary folder of mode 0700, removed with this object. Only plain files with the
// names a bundle has are taken; anything else refuses the tar.
class UnpackedTar {
 public:
  // Errors: not_found, malformed (not a tar, a name or kind of member that no bundle has), unavailable (no room).
  static Result<UnpackedTar> open(const std::filesystem::path& tar);
  UnpackedTar(UnpackedTar&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}
  UnpackedTar& operator=(UnpackedTar&& other) noexcept {
    std::swap(folder_, other.folder_);
    return *this;
  }
  ~UnpackedTar();

  const std::filesystem::path& folder() const { return folder_; }

 private:
  explicit UnpackedTar(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path folder_;
};

}  // namespace suara::verify
