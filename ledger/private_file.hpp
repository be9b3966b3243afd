#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/crypto/secret.hpp"

// Files that only the service's own account may read: mode 0600, in folders of mode 0700.
namespace suara::ledger {

// Makes the folder (and those above it) where it is missing. Errors: integrity (others may enter it), internal.
Result<void> make_private_folder(const std::filesystem::path& folder);

// Errors: not_found, integrity (others may enter it).
Result<void> check_private_folder(const std::filesystem::path& folder);

// All of `content` durably under `file`, or nothing; an existing file is never replaced, also not by another process
// that creates it at the same time. Errors: conflict (exists), internal (cannot write).
Result<void> create_private_file(const std::filesystem::path& file, ByteView content);

// Errors: not_found, integrity (unreadable, no plain file, others may read it, more than `max_size` bytes).
Result<crypto::SecretBytes> read_private_file(const std::filesystem::path& file, std::size_t max_size);

}  // namespace suara::ledger
