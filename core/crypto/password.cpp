#include "core/crypto/password.hpp"

#include <sodium.h>

#include <array>
#include <new>

#include "core/crypto/sodium_ready.hpp"

namespace suara::crypto {

std::string hash_password(std::string_view password) {
  ensure_sodium();
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            crypto_pwhash_MEMLIMIT_INTERACTIVE, crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();  // the only way it fails: 64 MiB were not to be had
  }
  return out.data();
}

bool password_matches(const std::string& stored, std::string_view password) {
  ensure_sodium();
  // libsodium reads the whole fixed-size field, so a shorter std::string must not be handed over as it is.
  std::array<char, crypto_pwhash_STRBYTES> field{};
  if (stored.size() >= field.size() || !stored.starts_with(crypto_pwhash_argon2id_STRPREFIX)) return false;
  stored.copy(field.data(), stored.size());
  return crypto_pwhash_str_verify(field.data(), password.data(), password.size()) == 0;
}

}  // namespace suara::crypto
