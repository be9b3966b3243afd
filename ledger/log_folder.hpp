#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/log/tiles.hpp"

namespace suara::ledger {

// The files of one ledger's public log, as they are served; a bundle as they stand. Readers see every file whole or not at all.
class LogFolder {
 public:
  explicit LogFolder(std::filesystem::path path) : path_(std::move(path)) {}
  const std::filesystem::path& path() const { return path_; }

  enum class Keep { durable, replaceable };  // replaceable: a lost power may lose it, and it is made again
  // Error: internal.
  Result<void> write(std::string_view file, std::string_view content, Keep keep) const;
  // Errors: not_found, too_large, internal.
  Result<std::string> read(std::string_view file, std::size_t max_size) const;
  // The partial tiles before a full one.
  void remove_partials(std::string_view full_file) const;

  // A tile of the width asked for; where only wider ones are left, cut from the full one.
  // Errors: not_found, malformed, internal.
  Result<std::vector<Hash>> tile(const log::HashTile& tile) const;

 private:
  std::filesystem::path path_;
};

}  // namespace suara::ledger
