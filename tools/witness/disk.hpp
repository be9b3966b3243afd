#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

// Small files of the witness's folder. Error of all: internal, with the file and the system's reason.
namespace suara::witness {

// At most `max_size` bytes. Also not_found.
Result<std::string> read_small(const std::filesystem::path& file, std::size_t max_size);

// In the place of what was there, whole or not at all, and durable. Mode 0600.
Result<void> replace_durably(const std::filesystem::path& file, std::string_view content);

// Made with mode 0700 where it is missing, its parents too.
Result<void> make_folder(const std::filesystem::path& folder);

// A descriptor that holds the lock as long as it is open. Also conflict: another process holds it.
Result<int> lock_file(const std::filesystem::path& file);
// The same, once the process that holds it gives it back.
Result<int> wait_for_lock(const std::filesystem::path& file);

// True where nobody but the owner may read the file.
bool is_private(const std::filesystem::path& file);

}  // namespace suara::witness
