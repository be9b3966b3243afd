#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/crypto/secret.hpp"

// A secret in a text file that only a passphrase or a sealing key opens:
//   file      = "suara-sealed v1" LF lock LF box LF
//   lock      = "passphrase " passes " " KiB " " salt     argon2id: decimal, decimal, 32 hex digits
//             | "key " key-id                             8 hex digits: the first 4 bytes of SHA-256("suara.seal.v1" key)
//   box       = base64(24-byte nonce || XChaCha20-Poly1305(key, secret), with the two lines before as associated data)
// The file of a sealing key itself is "suara-sealing-key v1" LF 64 hex digits LF.
namespace suara::crypto {

constexpr std::size_t max_sealed_secret = 4096;
constexpr std::size_t max_sealed_text = 8192;

// What trying one passphrase costs. The default takes 0.7 s and 256 MiB on a processor of 2020.
struct PassphraseCost {
  std::uint32_t passes = 3;
  std::uint32_t kib = 256 * 1024;
  auto operator<=>(const PassphraseCost&) const = default;
};
// More (or less memory than argon2 takes) is refused when read: a file must not ask for more than a machine has.
constexpr std::uint32_t least_passphrase_kib = 8;
constexpr PassphraseCost most_passphrase_cost{8, 1024 * 1024};

using PassphraseSalt = std::array<std::uint8_t, 16>;

struct PassphraseLock {
  PassphraseCost cost;
  PassphraseSalt salt{};
  auto operator<=>(const PassphraseLock&) const = default;
};
struct KeyLock {
  std::array<std::uint8_t, 4> key_id{};
  auto operator<=>(const KeyLock&) const = default;
};
std::string key_id_text(const KeyLock& lock);  // 8 hex digits
using SealLock = std::variant<PassphraseLock, KeyLock>;

struct SealedText {
  SealLock lock;
  std::array<std::uint8_t, 24> nonce{};
  Bytes box;
};

// Whether a file begins as a sealed one, or one of a sealing key, of whatever version.
bool is_sealed_text(std::string_view text);
bool is_sealing_key_text(std::string_view text);

// Nothing is derived or opened. Errors: malformed, too_large (also a cost beyond the bound), unsupported (version).
Result<SealedText> read_sealed_text(std::string_view text);
std::string write_sealed_text(const SealedText& sealed);

// What seals and opens. Thread-safe once made.
class SealingKey {
 public:
  static SealingKey generate();
  // Errors: malformed, unsupported (version).
  static Result<SealingKey> from_text(std::string_view text);
  // A lock with a fresh salt.
  static PassphraseLock new_lock(PassphraseCost cost = {});
  // Slow by design, see PassphraseCost. Error: internal (the memory is not to be had).
  static Result<SealingKey> from_passphrase(std::string_view passphrase, const PassphraseLock& lock);

  const SealLock& lock() const { return lock_; }
  // The text of the key's own file; of a generated or read one only.
  SecretBytes text() const;

  // Throws std::invalid_argument for an empty secret or one beyond max_sealed_secret.
  std::string seal(ByteView secret) const;
  // Error: integrity. Another passphrase and a changed file cannot be told apart.
  Result<SecretBytes> open(const SealedText& sealed) const;

 private:
  SealingKey(SecretBytes key, SealLock lock) : key_(std::move(key)), lock_(lock) {}
  SecretBytes key_;
  SealLock lock_;
};

}  // namespace suara::crypto
