#pragma once
#include <filesystem>

#include "core/audit/source.hpp"

namespace suara::verify {

// A bundle laid out as files in a folder.
class DirectorySource : public audit::Source {
 public:
  explicit DirectorySource(std::filesystem::path root) : root_(std::move(root)) {}
  Result<std::string> read(std::string_view path, std::size_t max_bytes) override;

 private:
  std::filesystem::path root_;
};

}  // namespace suara::verify
