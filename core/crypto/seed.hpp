#pragma once
#include <string_view>

#include "core/crypto/group.hpp"
#include "core/crypto/secret.hpp"

// What follows from a secret seed of 32 bytes: numbers and a decryption key, each for a text that names its use.
namespace suara::crypto {

// BLAKE2b-512(key = seed, text) little-endian mod q.
SecretScalar scalar_from_seed(const SecretBytes& seed, std::string_view text);

// Opens what was sealed to its public key, which is an element of the group: n = BLAKE2b-256(key = seed, text) clamped
// as X25519 clamps, key = g^n.
class DecryptionKey {
 public:
  DecryptionKey(const SecretBytes& seed, std::string_view text);
  const Element& public_key() const { return public_key_; }
  // Error: invalid_proof where it was not sealed to this key, or was changed.
  Result<SecretBytes> open(ByteView sealed) const;

 private:
  SecretBytes secret_;
  Element public_key_;
};

constexpr std::size_t seal_overhead = 48;

// libsodium's crypto_box_seal to the X25519 form of the key. Throws std::invalid_argument for the identity.
Bytes seal(const Element& public_key, ByteView message);

}  // namespace suara::crypto
