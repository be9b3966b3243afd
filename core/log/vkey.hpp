#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/crypto/signature.hpp"

// The public key of a log in the form of C2SP signed-note:
//   text     = name "+" key-id "+" base64(0x01 || 32-byte Ed25519 public key)
//   key hash = first 4 bytes of SHA-256(name LF 0x01 public key)
//   key-id   = key hash as 8 lower-case hex digits
namespace suara::log {

using KeyHash = std::array<std::uint8_t, 4>;

struct VerifierKey {
  std::string name;  // a ledger's key is named by its origin
  KeyHash key_hash{};
  crypto::PublicKey key;
  auto operator<=>(const VerifierKey&) const = default;
};

// A name is 1 to 200 bytes of UTF-8 without white space, control characters or '+'.
bool is_key_name(std::string_view name);

// Error: malformed (name).
Result<VerifierKey> make_verifier_key(std::string_view name, const crypto::PublicKey& key);

// Error: malformed; unsupported (an algorithm other than Ed25519); integrity (the key-id is not that of name and key).
Result<VerifierKey> parse_verifier_key(std::string_view text);

std::string verifier_key_text(const VerifierKey& key);
std::string key_id(const KeyHash& hash);

}  // namespace suara::log
