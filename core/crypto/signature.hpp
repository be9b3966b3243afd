#pragma once
#include <array>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/crypto/secret.hpp"

// Ed25519 signatures of entries and checkpoints (RFC 8032).
namespace suara::crypto {

struct PublicKey {
  std::array<std::uint8_t, 32> bytes{};
  auto operator<=>(const PublicKey&) const = default;
};

struct Signature {
  std::array<std::uint8_t, 64> bytes{};
  auto operator<=>(const Signature&) const = default;
};

class SigningKey {
 public:
  static constexpr std::size_t seed_size = 32;
  static SigningKey generate();
  static SigningKey from_seed(ByteView seed);  // seed_size bytes, else std::invalid_argument

  const PublicKey& public_key() const { return public_key_; }
  ByteView seed() const;  // for writing the key file; nothing else may ask for it
  Signature sign(ByteView message) const;

 private:
  SigningKey() = default;
  SecretBytes secret_;
  PublicKey public_key_;
};

bool verify(const PublicKey& key, ByteView message, const Signature& signature);

}  // namespace suara::crypto
