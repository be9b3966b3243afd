#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "tools/cli/outcome.hpp"

namespace suara::cli {

// Takes the files of a bundle. Nothing stands under the final name before finish(); what was begun is removed where
// it is not reached. Faults: usage ("file").
class BundleSink {
 public:
  virtual ~BundleSink() = default;
  virtual Outcome<void> add(const std::string& path, std::string_view content) = 0;
  virtual Outcome<void> finish() = 0;
};

// An uncompressed tar where the name ends in ".tar", else a folder. Refuses to replace what exists.
Outcome<std::unique_ptr<BundleSink>> open_bundle_sink(const std::filesystem::path& out);

}  // namespace suara::cli
