#pragma once
#include <map>
#include <optional>

#include "core/crypto/sealed_text.hpp"

namespace suara::crypto {

constexpr std::size_t least_passphrase = 12;
constexpr std::size_t longest_passphrase = 1024;

// A passphrase or a sealing key for many files: what is derived from a passphrase is derived once a salt, and files that
// are sealed share the salt of the first that was opened or sealed. One thread's.
class Sealer {
 public:
  explicit Sealer(SealingKey key) : key_(std::move(key)) {}
  // The passphrase is the first line of `content`. Error: malformed (shorter than 12 bytes or longer than 1024).
  static Result<Sealer> from_passphrase(ByteView content, PassphraseCost cost = {});

  // Error: internal (memory for the derivation).
  Result<std::string> seal(ByteView secret);
  // `text` is a sealed file. Errors: those of read_sealed_text; integrity; internal.
  Result<SecretBytes> open(std::string_view text);

 private:
  Sealer(SecretBytes passphrase, PassphraseCost cost) : passphrase_(std::move(passphrase)), cost_(cost) {}
  Result<const SealingKey*> derived(const PassphraseLock& lock);

  std::optional<SealingKey> key_;
  SecretBytes passphrase_;
  PassphraseCost cost_;
  std::map<PassphraseLock, SealingKey> derived_;
  std::optional<PassphraseLock> own_;  // what seal() uses
};

}  // namespace suara::crypto
