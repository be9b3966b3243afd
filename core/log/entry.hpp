#pragma once
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/crypto/signature.hpp"
#include "core/log/vkey.hpp"

// One entry of a ledger, as bytes:
//   entry     = body LF key-id SP signature LF
//   body      = at least one byte, none of them LF (canonical JSON, see core/codec/entry_body.hpp)
//   key-id    = 8 lower-case hex digits (vkey.hpp)
//   signature = base64, 88 characters, of Ed25519("suara.event.v1" LF body)
//   leaf hash = SHA-256(0x00 entry)
namespace suara::log {

constexpr std::size_t max_entry_size = 65535;          // a tile bundle counts an entry's bytes in 16 bits
constexpr std::size_t seal_size = 1 + 8 + 1 + 88 + 1;  // what sealing adds to a body
constexpr std::size_t max_body_size = max_entry_size - seal_size;

// Views into an entry's bytes.
struct SplitEntry {
  std::string_view body;
  std::string_view key_id;
  std::string_view signature;  // base64
};

// Error: too_large, malformed.
Result<SplitEntry> split_entry(std::string_view entry);

// Signs a body. `name` is the verifier key of `key`. Error: too_large (body over max_body_size).
// Throws std::invalid_argument for an empty body or one with a line feed: no encoder gives such.
Result<std::string> seal_entry(std::string_view body, const crypto::SigningKey& key, const VerifierKey& name);

// Error: invalid_signature (another key, or the signature does not verify).
Result<void> verify_entry_signature(const SplitEntry& entry, const VerifierKey& key);

Hash leaf_hash(std::string_view entry);

}  // namespace suara::log
