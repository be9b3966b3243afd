#include "core/crypto/encoding.hpp"

#include <catch2/catch.hpp>

using namespace suara;
using namespace suara::crypto;

TEST_CASE("base64 gives the texts of RFC 4648, section 10") {
  const std::pair<const char*, const char*> pairs[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"fooba", "Zm9vYmE="},
                                                       {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, coded] : pairs) {
    CHECK(to_base64(as_bytes(plain)) == coded);
    CHECK(as_text(*from_base64(coded)) == plain);
    const std::string bare = std::string(coded).substr(0, std::string(coded).find('='));
    CHECK(to_base64_unpadded(as_bytes(plain)) == bare);
    CHECK(as_text(*from_base64_unpadded(bare)) == plain);
  }
}

TEST_CASE("a base64 text in a second spelling is refused") {
  for (const char* bad : {"Zg", "Zg=", "Zh==", "Zm9=", "Z===", "Zg==\n", " Zg=", "Zg-_", "====", "Zm8=Zm8="}) {
    INFO(bad);
    REQUIRE_FALSE(from_base64(bad));
    CHECK(from_base64(bad).error().code == ErrorCode::malformed);
  }
  for (const char* bad : {"Zg==", "Zh", "Z", "Zm9vY", "Zm9v\n"}) {
    INFO(bad);
    CHECK_FALSE(from_base64_unpadded(bad));
  }
}

TEST_CASE("hexadecimal is lower case and even") {
  CHECK(to_hex(Bytes{0x00, 0xff, 0x1a}) == "00ff1a");
  CHECK(*from_hex("00ff1a") == Bytes{0x00, 0xff, 0x1a});
  CHECK(from_hex("")->empty());
  for (const char* bad : {"0", "0F", "0g", " 0", "00 "}) CHECK_FALSE(from_hex(bad));
}

TEST_CASE("a hash has exactly 32 bytes in every text form") {
  Hash hash;
  for (std::size_t i = 0; i < hash.bytes.size(); ++i) hash.bytes[i] = static_cast<std::uint8_t>(i * 9);
  CHECK(*hash_from_hex(to_hex(hash.view())) == hash);
  CHECK(*hash_from_base64(to_base64(hash.view())) == hash);
  CHECK(*hash_from_base64_unpadded(to_base64_unpadded(hash.view())) == hash);
  const Bytes longer(33, 1), shorter(31, 1);
  for (const auto& bytes : {longer, shorter}) {
    CHECK_FALSE(hash_from_hex(to_hex(bytes)));
    CHECK_FALSE(hash_from_base64(to_base64(bytes)));
    CHECK_FALSE(hash_from_base64_unpadded(to_base64_unpadded(bytes)));
  }
}
