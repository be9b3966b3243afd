#pragma once
#include <filesystem>

#include "core/audit/audit.hpp"

namespace suara::verify {

// Audits what the path holds: a bundle (a folder, or an uncompressed tar) or a `.bel` archive, which is told by its
// first bytes or its name. Errors: not_found, malformed, unavailable, conflict (a key is pinned for an archive, which
// has none).
Result<audit::Report> audit_record(const std::filesystem::path& path, const audit::Options& options);

// A whole file of at most that many bytes. Errors: not_found, too_large, unavailable.
Result<std::string> read_whole_file(const std::filesystem::path& path, std::uintmax_t max_bytes);

}  // namespace suara::verify
