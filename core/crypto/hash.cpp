#include "core/crypto/hash.hpp"

#include <sodium.h>

namespace suara::crypto {

Hash sha256(ByteView bytes) {
  Hash out;
  crypto_hash_sha256(out.bytes.data(), bytes.data(), bytes.size());
  return out;
}

Hash sha256(std::initializer_list<ByteView> parts) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  for (const ByteView part : parts) crypto_hash_sha256_update(&state, part.data(), part.size());
  Hash out;
  crypto_hash_sha256_final(&state, out.bytes.data());
  return out;
}

Hash hmac_sha256(ByteView key, ByteView message) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.data(), key.size());
  crypto_auth_hmacsha256_update(&state, message.data(), message.size());
  Hash out;
  crypto_auth_hmacsha256_final(&state, out.bytes.data());
  sodium_memzero(&state, sizeof state);
  return out;
}

Hash pbkdf2_sha256(std::string_view password, std::string_view salt, unsigned iterations) {
  // The keyed state is made once: it is half the work of each HMAC.
  crypto_auth_hmacsha256_state keyed;
  crypto_auth_hmacsha256_init(&keyed, as_bytes(password).data(), password.size());
  const std::uint8_t block_number[4] = {0, 0, 0, 1};

  crypto_auth_hmacsha256_state state = keyed;
  crypto_auth_hmacsha256_update(&state, as_bytes(salt).data(), salt.size());
  crypto_auth_hmacsha256_update(&state, block_number, sizeof block_number);
  Hash step;
  crypto_auth_hmacsha256_final(&state, step.bytes.data());
  Hash out = step;
  for (unsigned i = 1; i < iterations; ++i) {
    state = keyed;
    crypto_auth_hmacsha256_update(&state, step.bytes.data(), step.bytes.size());
    crypto_auth_hmacsha256_final(&state, step.bytes.data());
    for (std::size_t k = 0; k < out.bytes.size(); ++k) out.bytes[k] ^= step.bytes[k];
  }
  sodium_memzero(&keyed, sizeof keyed);
  sodium_memzero(&state, sizeof state);
  sodium_memzero(step.bytes.data(), step.bytes.size());
  return out;
}

}  // namespace suara::crypto
