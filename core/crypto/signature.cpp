#include "core/crypto/signature.hpp"

#include <sodium.h>

#include <stdexcept>

#include "core/crypto/sodium_ready.hpp"

namespace suara::crypto {

SigningKey SigningKey::generate() {
  SecretBytes seed(seed_size);
  random_fill(seed.mutable_view());
  return from_seed(seed.view());
}

SigningKey SigningKey::from_seed(ByteView seed) {
  if (seed.size() != seed_size) throw std::invalid_argument("an Ed25519 seed has 32 bytes");
  ensure_sodium();
  SigningKey key;
  key.secret_ = SecretBytes(crypto_sign_SECRETKEYBYTES);
  crypto_sign_seed_keypair(key.public_key_.bytes.data(), key.secret_.mutable_view().data(), seed.data());
  return key;
}

// libsodium's secret key is the seed followed by the public key.
ByteView SigningKey::seed() const { return secret_.view().first(seed_size); }

Signature SigningKey::sign(ByteView message) const {
  Signature signature;
  crypto_sign_detached(signature.bytes.data(), nullptr, message.data(), message.size(), secret_.view().data());
  return signature;
}

bool verify(const PublicKey& key, ByteView message, const Signature& signature) {
  return crypto_sign_verify_detached(signature.bytes.data(), message.data(), message.size(), key.bytes.data()) == 0;
}

}  // namespace suara::crypto
