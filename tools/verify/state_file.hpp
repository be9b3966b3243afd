#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "core/audit/report.hpp"
#include "core/base/result.hpp"

namespace suara::verify {

// What an earlier audit left; empty where there is no file yet. Errors: too_large, unavailable.
Result<std::string> read_state_file(const std::filesystem::path& path);

// In the place of what was there, whole or not at all; mode 0600. Error: unavailable.
Result<void> replace_state_file(const std::filesystem::path& path, std::string_view content);

// Both signed heads, as `seen.txt` and `now.txt` in the folder, which is made where it is missing. Error: unavailable.
Result<void> write_evidence(const std::filesystem::path& folder, const audit::Report::Contradiction& contradiction);

}  // namespace suara::verify
