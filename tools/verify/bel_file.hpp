#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "core/base/result.hpp"

namespace suara::verify {

// The bytes of a `.bel` file, which is told by its name or by how it begins; nothing where the file is something else. Errors:
// unavailable (cannot be read).
Result<std::optional<std::string>> read_bel_file(const std::filesystem::path& path);

}  // namespace suara::verify
