#pragma once
#include <optional>
#include <string>

#include "core/log/checkpoint.hpp"
#include "tools/cli/api.hpp"

namespace suara::cli {

struct ExportedBundle {
  log::Checkpoint checkpoint;
  std::optional<Seq> changed;  // the first entry that the database holds otherwise than it was published
};

// An election's public ledger as a bundle: `out` is a new folder, or a new file ending in .tar.
Outcome<ExportedBundle> write_bundle(Api& api, const std::string& uuid, const std::string& out);

}  // namespace suara::cli
