#include "core/crypto/seed.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

#include "core/crypto/sodium_ready.hpp"

namespace suara::crypto {
namespace {

static_assert(seal_overhead == crypto_box_SEALBYTES);

SecretBytes keyed_hash(const SecretBytes& seed, std::string_view text, std::size_t size) {
  if (seed.size() != crypto_generichash_KEYBYTES) throw std::invalid_argument("a seed has 32 bytes");
  const auto message = as_bytes(text);
  SecretBytes out(size);
  crypto_generichash(out.mutable_view().data(), size, message.data(), message.size(), seed.view().data(), seed.size());
  return out;
}

using X25519Key = std::array<std::uint8_t, crypto_box_PUBLICKEYBYTES>;

X25519Key x25519_form(const Element& key) {
  X25519Key out;
  if (crypto_sign_ed25519_pk_to_curve25519(out.data(), key.bytes.data()) != 0) {
    throw std::invalid_argument("nothing can be sealed to this key");
  }
  return out;
}

}  // namespace

SecretScalar scalar_from_seed(const SecretBytes& seed, std::string_view text) {
  const SecretBytes wide = keyed_hash(seed, text, crypto_core_ed25519_NONREDUCEDSCALARBYTES);
  Scalar reduced;
  crypto_core_ed25519_scalar_reduce(reduced.bytes.data(), wide.view().data());
  auto out = SecretScalar::from_scalar(reduced);
  wipe(reduced.bytes.data(), reduced.bytes.size());
  return out;
}

DecryptionKey::DecryptionKey(const SecretBytes& seed, std::string_view text)
    : secret_(keyed_hash(seed, text, crypto_box_SECRETKEYBYTES)) {
  const auto n = secret_.mutable_view();
  n[0] &= 248;
  n[31] = static_cast<std::uint8_t>((n[31] & 127) | 64);
  // g has order q, so that the number need not be reduced.
  if (crypto_scalarmult_ed25519_base_noclamp(public_key_.bytes.data(), n.data()) != 0) {
    throw std::runtime_error("a seed gave the identity as its key");
  }
}

Result<SecretBytes> DecryptionKey::open(ByteView sealed) const {
  const auto refuse = [] { return fail(ErrorCode::invalid_proof, "The sealed message does not open with this key."); };
  if (sealed.size() < seal_overhead) return refuse();
  SecretBytes out(sealed.size() - seal_overhead);
  const auto own = x25519_form(public_key_);
  if (crypto_box_seal_open(out.mutable_view().data(), sealed.data(), sealed.size(), own.data(),
                           secret_.view().data()) != 0) {
    return refuse();
  }
  return out;
}

Bytes seal(const Element& public_key, ByteView message) {
  ensure_sodium();
  const auto recipient = x25519_form(public_key);
  Bytes out(message.size() + seal_overhead);
  if (crypto_box_seal(out.data(), message.data(), message.size(), recipient.data()) != 0) {
    throw std::invalid_argument("nothing can be sealed to this key");
  }
  return out;
}

}  // namespace suara::crypto
