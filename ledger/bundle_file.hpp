#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "core/audit/source.hpp"

namespace suara::ledger {

// A bundle in a tar that was written here: what is read comes from the file as it lies on the disk.
class BundleFile : public audit::Source {
 public:
  // Packs a ledger's log folder as of its present checkpoint into a new file. The same checkpoint gives the same bytes.
  // Errors: not_found (a partial tile was outgrown meanwhile: again), malformed, too_large, internal.
  static Result<BundleFile> write(const std::filesystem::path& log, const std::filesystem::path& tar);

  Result<std::string> read(std::string_view path, std::size_t max_bytes) override;

 private:
  struct Member {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
  };
  BundleFile(std::filesystem::path tar, std::map<std::string, Member, std::less<>> members)
      : tar_(std::move(tar)), members_(std::move(members)) {}

  std::filesystem::path tar_;
  std::map<std::string, Member, std::less<>> members_;
};

}  // namespace suara::ledger
