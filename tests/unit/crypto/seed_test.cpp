#include "core/crypto/seed.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "core/crypto/encoding.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::crypto;

namespace {

SecretBytes seed_of(std::uint8_t byte) { return SecretBytes::copy_of(Bytes(32, byte)); }

Bytes bytes_of(const SecretBytes& secret) { return {secret.view().begin(), secret.view().end()}; }

}  // namespace

// Expected values from Python: int.from_bytes(hashlib.blake2b(text, key=seed, digest_size=64).digest(), "little") % q.
TEST_CASE("numbers follow from a seed and the text of their use") {
  CHECK(scalar_from_seed(seed_of(7), "suara").expose().to_decimal() ==
        "5389798432369699852419538310805262050124844816761809150915511955044874499257");
  CHECK(scalar_from_seed(seed_of(0), "").expose().to_decimal() ==
        "4693021458310698898635701010110123930301595799684386749282409670932061894478");
  CHECK_THROWS_AS(scalar_from_seed(SecretBytes(8), "suara"), std::invalid_argument);
}

TEST_CASE("what is sealed to a key opens with its seed alone, and only whole") {
  const DecryptionKey key(seed_of(1), "encryption"), other(seed_of(1), "another use");
  CHECK(DecryptionKey(seed_of(1), "encryption").public_key() == key.public_key());
  CHECK(other.public_key() != key.public_key());
  CHECK(Element::from_text(key.public_key().to_text()));
  const Bytes message{1, 2, 3};
  const Bytes sealed = seal(key.public_key(), message);
  CHECK(sealed.size() == message.size() + seal_overhead);
  CHECK(bytes_of(key.open(sealed).value()) == message);
  CHECK(seal(key.public_key(), message) != sealed);  // fresh each time
  CHECK(test::refused(other.open(sealed)) == ErrorCode::invalid_proof);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] ^= 1;
    CHECK(test::refused(key.open(changed)) == ErrorCode::invalid_proof);
  }
  CHECK(test::refused(key.open(ByteView(sealed).first(seal_overhead - 1))) == ErrorCode::invalid_proof);
  CHECK(key.open(seal(key.public_key(), {})).value().size() == 0);
  CHECK_THROWS_AS(seal(Element::identity(), message), std::invalid_argument);
}

TEST_CASE("a scalar's bytes are read where they are reduced") {
  const Scalar value = Scalar::from_u64(77);
  CHECK(Scalar::from_bytes(value.bytes).value() == value);
  const Scalar largest = Scalar::zero() - Scalar::from_u64(1);
  CHECK(Scalar::from_bytes(largest.bytes).value() == largest);
  auto order = largest.bytes;
  ++order[0];  // q itself: q - 1 ends in 0xec
  CHECK(test::refused(Scalar::from_bytes(order)) == ErrorCode::invalid_scalar);
  CHECK(test::refused(Scalar::from_bytes(Bytes(31, 0))) == ErrorCode::invalid_scalar);
  CHECK(test::refused(Scalar::from_bytes(Bytes(32, 0xff))) == ErrorCode::invalid_scalar);
}
