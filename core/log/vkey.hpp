#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/crypto/signature.hpp"

// The public key of a log or a witness in the form of C2SP signed-note:
//   text     = name "+" key-id "+" base64(type || 32-byte Ed25519 public key)
//   key hash = first 4 bytes of SHA-256(name LF type public key)
//   key-id   = key hash as 8 lower-case hex digits
//   type     = 0x01 for a log's key, 0x04 for one that makes cosignatures (C2SP tlog-cosignature)
namespace suara::log {

enum class KeyType : std::uint8_t { ledger = 0x01, witness = 0x04 };

using KeyHash = std::array<std::uint8_t, 4>;

struct VerifierKey {
  std::string name;  // a ledger's key is named by its origin
  KeyHash key_hash{};
  crypto::PublicKey key;
  KeyType type = KeyType::ledger;
  auto operator<=>(const VerifierKey&) const = default;
};

// A name is 1 to 200 bytes of UTF-8 without white space, control characters or '+'.
bool is_key_name(std::string_view name);

// Error: malformed (name).
Result<VerifierKey> make_verifier_key(std::string_view name, const crypto::PublicKey& key,
                                      KeyType type = KeyType::ledger);

// A ledger's key. Errors: malformed; unsupported (another type); integrity (the key-id is not that of name and key).
Result<VerifierKey> parse_verifier_key(std::string_view text);
// A witness's key. The same errors.
Result<VerifierKey> parse_witness_key(std::string_view text);

std::string verifier_key_text(const VerifierKey& key);
std::string key_id(const KeyHash& hash);

}  // namespace suara::log
