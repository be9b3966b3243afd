#include "core/crypto/hash.hpp"

#include <catch2/catch.hpp>

#include "core/crypto/encoding.hpp"

using namespace suara;
using namespace suara::crypto;

TEST_CASE("SHA-256 gives the values of FIPS 180-4") {
  CHECK(to_hex(sha256("").view()) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(to_hex(sha256("abc").view()) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256({as_bytes("a"), as_bytes(""), as_bytes("bc")}) == sha256("abc"));
}

TEST_CASE("HMAC-SHA-256 gives the values of RFC 4231") {
  CHECK(to_hex(hmac_sha256(as_bytes("Jefe"), as_bytes("what do ya want for nothing?")).view()) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  const Bytes long_key(131, 0xaa);
  CHECK(to_hex(hmac_sha256(long_key, as_bytes("Test Using Larger Than Block-Size Key - Hash Key First")).view()) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("PBKDF2-HMAC-SHA256 gives the values of RFC 7914, section 11") {
  CHECK(to_hex(pbkdf2_sha256("passwd", "salt", 1).view()) ==
        "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc");
  CHECK(to_hex(pbkdf2_sha256("Password", "NaCl", 80000).view()) ==
        "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56");
}
