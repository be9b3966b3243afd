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

// Both signed heads, as `seen-ID.txt` and `now-ID.txt` in the folder, which is made where it is missing. ID is made of
// the two, so that nothing that was found before is lost. Error: unavailable.
Result<void> write_evidence(const std::filesystem::path& folder, const audit::Report::Contradiction& contradiction);

}  // namespace suara::verify
