#include <catch2/catch.hpp>
#include <stdexcept>

#include "core/crypto/encoding.hpp"
#include "core/crypto/password.hpp"
#include "core/crypto/signature.hpp"

using namespace suara;
using namespace suara::crypto;

TEST_CASE("Ed25519 gives the signature of RFC 8032, section 7.1, test 2") {
  const auto seed = from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  const auto key = SigningKey::from_seed(*seed);
  CHECK(to_hex(key.public_key().bytes) == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const Bytes message{0x72};
  const auto signature = key.sign(message);
  CHECK(to_hex(signature.bytes) ==
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  CHECK(verify(key.public_key(), message, signature));
  CHECK(Bytes(key.seed().begin(), key.seed().end()) == *seed);
}

TEST_CASE("a signature is of one message, by one key") {
  const auto key = SigningKey::generate();
  const auto signature = key.sign(as_bytes("message"));
  CHECK(verify(key.public_key(), as_bytes("message"), signature));
  CHECK_FALSE(verify(key.public_key(), as_bytes("messagf"), signature));
  CHECK_FALSE(verify(SigningKey::generate().public_key(), as_bytes("message"), signature));
  for (const std::size_t byte : {0u, 31u, 32u, 63u}) {
    Signature changed = signature;
    changed.bytes[byte] ^= 1;
    CHECK_FALSE(verify(key.public_key(), as_bytes("message"), changed));
  }
  CHECK_THROWS_AS(SigningKey::from_seed(as_bytes("short")), std::invalid_argument);
}

TEST_CASE("a password matches its own hash only") {
  const std::string stored = hash_password("rahasia-sekali");
  CHECK(stored.starts_with("$argon2id$v=19$"));
  CHECK(password_matches(stored, "rahasia-sekali"));
  CHECK_FALSE(password_matches(stored, "rahasia-sekalj"));
  CHECK_FALSE(password_matches(stored, ""));
  CHECK(hash_password("rahasia-sekali") != stored);  // salted
  for (const std::string& broken : {std::string(), std::string("plain"), stored.substr(0, 40), stored + stored}) {
    CHECK_FALSE(password_matches(broken, "rahasia-sekali"));
  }
}

TEST_CASE("secret bytes are copied in, moved, compared in constant time") {
  auto secret = SecretBytes::copy_of(as_bytes("abc"));
  CHECK(as_text(secret.view()) == "abc");
  const SecretBytes moved = std::move(secret);
  CHECK(equal_constant_time(moved.view(), as_bytes("abc")));
  CHECK_FALSE(equal_constant_time(moved.view(), as_bytes("abd")));
  CHECK_FALSE(equal_constant_time(moved.view(), as_bytes("ab")));
  CHECK(SecretBytes(4).view()[3] == 0);
  Bytes wiped(16, 7);
  wipe(wiped.data(), wiped.size());
  CHECK(wiped == Bytes(16, 0));
}
