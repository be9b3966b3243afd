#pragma once
#include <filesystem>
#include <mutex>
#include <optional>
#include <string_view>

#include "core/base/result.hpp"
#include "core/crypto/sealer.hpp"

namespace suara::ledger {

// The folder of the service's secret keys: short texts in private files (private_file.hpp), sealed
// (core/crypto/sealed_text.hpp) where there is something to seal them with; plain ones are read all the same.
// Files are named by their path below the folder, at most one folder deep. Thread-safe.
class KeyFiles {
 public:
  // Without a sealer plain files are written, and no sealed ones read.
  explicit KeyFiles(std::filesystem::path dir, std::optional<crypto::Sealer> sealer = std::nullopt)
      : dir_(std::move(dir)), sealer_(std::move(sealer)) {}

  std::filesystem::path path(const std::filesystem::path& file) const { return dir_ / file; }

  // The file whole, or none; one that exists is never replaced. Folders are made. Errors: conflict (exists), integrity
  // (others may enter the folders), internal.
  Result<void> create(const std::filesystem::path& file, std::string_view text);
  // Errors: not_found; integrity (unreadable, open to others, sealed and not to be opened).
  Result<crypto::SecretBytes> read(const std::filesystem::path& file);

  // For the start of a service: where there are sealed files, that at least one of them opens. Error: integrity, which
  // says what is wrong with the first and what to do.
  Result<void> check();

 private:
  const std::filesystem::path dir_;
  std::mutex mutex_;
  std::optional<crypto::Sealer> sealer_;
};

// What the options of the service name: a file with a passphrase, or one with a sealing key; both empty means plain.
// Errors: not_found, integrity (open to others), malformed.
Result<std::optional<crypto::Sealer>> read_sealer(const std::filesystem::path& passphrase_file,
                                                  const std::filesystem::path& seal_file);

}  // namespace suara::ledger
