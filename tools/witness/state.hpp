#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/log/witness.hpp"

// What a witness must remember, in a folder of mode 0700:
//   key           its secret key: name LF 64 hexadecimal digits LF, mode 0600
//   trusted       verifier keys of the ledgers that it watches, one a line
//   logs/<hash>   the last checkpoint it cosigned of a ledger, with its cosignature; hash = SHA-256 of the origin, hex
//   lock          held by the one process that may cosign; trusted.lock by one that changes `trusted`
// Files are replaced whole: written beside, synced, renamed, the folder synced.
namespace suara::witness {

constexpr std::size_t max_trusted_keys = 4096;

// Makes the folder and a key. Errors: malformed (name), conflict (there is a key), internal.
Result<log::VerifierKey> create(const std::filesystem::path& folder, const std::string& name);

// The witness's own key. Errors: not_found, integrity (not a key file, readable by others), internal.
Result<log::VerifierKey> key_of(const std::filesystem::path& folder);

// Adds ledgers' keys; those that are there already stay. Errors: not_found (no witness there), malformed and others of
// parse_verifier_key, too_large, internal.
Result<void> trust(const std::filesystem::path& folder, const std::vector<std::string>& keys);

// Takes keys away; a ledger without any is unknown again, and its last checkpoint stays. Errors: not_found (no witness
// there, or a key that it does not trust; then none is taken away), internal.
Result<void> distrust(const std::filesystem::path& folder, const std::vector<std::string>& keys);

class State {
 public:
  // Errors: those of key_of; conflict (another process holds the lock).
  static Result<State> open(const std::filesystem::path& folder);
  State(State&& other) noexcept;
  State& operator=(State&&) = delete;
  ~State();

  const log::VerifierKey& name() const { return name_; }

  // What is known of a ledger; its keys are read anew where the file has changed. Error: integrity (a file that this
  // witness did not write, or that was changed since).
  Result<log::Known> known(const Origin& origin);

  // Cosigns, and remembers it durably before it gives the line. Error: internal (nothing may be answered then).
  Result<std::string> cosign(const log::Accepted& accepted, std::uint64_t now);

  // The last note of a ledger, by the hash in the address. Errors: not_found, integrity.
  Result<std::string> latest(const std::string& origin_hash);

 private:
  State(std::filesystem::path folder, int lock, crypto::SigningKey key, log::VerifierKey name);
  Result<void> read_trusted();

  std::filesystem::path folder_;
  int lock_;
  crypto::SigningKey key_;
  log::VerifierKey name_;
  std::filesystem::file_time_type trusted_time_{};
  std::uintmax_t trusted_size_ = 0;
  std::map<std::string, std::vector<log::VerifierKey>> trusted_;  // by origin
};

}  // namespace suara::witness
