#include "core/crypto/sealed_text.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "core/crypto/encoding.hpp"
#include "core/crypto/sealer.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::crypto;
using test::refused;

namespace {

constexpr PassphraseCost cheap{1, 8};
const std::string salt(32, 'a');
const std::string secret = "5ec2e7\n";

Sealer passphrase(std::string_view words, PassphraseCost cost = cheap) {
  return Sealer::from_passphrase(as_bytes(words), cost).value();
}

std::string sealed(Sealer& sealer) { return sealer.seal(as_bytes(secret)).value(); }

std::string lock_line(const std::string& text) {
  const auto first = text.find('\n');
  return text.substr(first + 1, text.find('\n', first + 1) - first - 1);
}

// A file of that lock line with a box of some bytes.
std::string file_of(const std::string& lock, std::size_t box = 60) {
  return "suara-sealed v1\n" + lock + "\n" + to_base64(Bytes(box, 7)) + "\n";
}

}  // namespace

TEST_CASE("what is sealed opens with the same key and passphrase, and shows nothing of itself") {
  Sealer by_key(SealingKey::generate());
  auto by_words = passphrase("empat kata yang panjang");
  for (Sealer* sealer : {&by_key, &by_words}) {
    const std::string text = sealed(*sealer);
    CHECK(is_sealed_text(text));
    CHECK(text.find("5ec2e7") == text.npos);
    CHECK(text != sealed(*sealer));  // a nonce of its own each time
    const auto opened = sealer->open(text);
    REQUIRE(opened);
    CHECK(as_text(opened->view()) == secret);
  }
  auto again = passphrase("empat kata yang panjang");
  CHECK(as_text(again.open(sealed(by_words))->view()) == secret);
}

TEST_CASE("another key or passphrase opens nothing, and the error says what it was sealed with") {
  Sealer by_key(SealingKey::generate());
  auto by_words = passphrase("empat kata yang panjang");
  Sealer other_key(SealingKey::generate());
  auto other_words = passphrase("empat kata yang panjanG");
  const std::string with_key = sealed(by_key), with_words = sealed(by_words);

  CHECK(refused(other_key.open(with_key)) == ErrorCode::integrity);
  CHECK_THAT(other_key.open(with_key).error().detail, Catch::Contains(lock_line(with_key).substr(4)));
  CHECK(refused(other_words.open(with_words)) == ErrorCode::integrity);
  CHECK_THAT(other_words.open(with_words).error().detail, Catch::Contains("another one"));
  CHECK_THAT(by_key.open(with_words).error().detail, Catch::Contains("with a passphrase"));
  CHECK_THAT(by_words.open(with_key).error().detail, Catch::Contains("the sealing key"));
}

TEST_CASE("every changed byte of a sealed file is found") {
  Sealer by_key(SealingKey::generate());
  auto by_words = passphrase("empat kata yang panjang");
  for (Sealer* sealer : {&by_key, &by_words}) {
    const std::string text = sealed(*sealer);
    for (std::size_t i = 0; i < text.size(); ++i) {
      std::string changed = text;
      changed[i] = changed[i] == '1' ? '2' : '1';
      CAPTURE(i, changed);
      CHECK_FALSE(sealer->open(changed));
    }
    CHECK_FALSE(sealer->open(text.substr(0, text.size() - 1)));
    CHECK_FALSE(sealer->open(text + "\n"));
    CHECK_FALSE(sealer->open("\n" + text));
  }
}

TEST_CASE("a file cannot ask for more work or memory than is bounded, and has one spelling") {
  CHECK(read_sealed_text(file_of("passphrase 8 1048576 " + salt)));
  CHECK(read_sealed_text(file_of("passphrase 1 8 " + salt)));
  for (const char* cost : {"9 8", "1 1048577", "1 104857600", "4294967295 4294967295", "1 7"}) {
    CAPTURE(cost);
    CHECK(refused(read_sealed_text(file_of(std::string("passphrase ") + cost + " " + salt))) == ErrorCode::too_large);
  }
  for (const std::string& lock :
       {"passphrase 0 8 " + salt, "passphrase 01 8 " + salt, "passphrase 1 4294967296 " + salt,
        "passphrase 1 18446744073709551624 " + salt, "passphrase -1 8 " + salt, "passphrase 1  8 " + salt,
        "passphrase 1 8 " + salt + " ", "passphrase 1 8 " + salt + "aa", "passphrase 1 8 " + std::string(32, 'A'),
        std::string("passphrase 1 8"), std::string("key 0123456"), std::string("key 0123456Z"), std::string("word 1"),
        std::string()}) {
    CAPTURE(lock);
    CHECK(refused(read_sealed_text(file_of(lock))) == ErrorCode::malformed);
  }
  const std::string lock = "key 01234567";
  CHECK(read_sealed_text(file_of(lock, 24 + 16 + 1)));
  CHECK(refused(read_sealed_text(file_of(lock, 24 + 16))) == ErrorCode::malformed);
  CHECK(read_sealed_text(file_of(lock, 24 + 16 + max_sealed_secret)));
  CHECK(refused(read_sealed_text(file_of(lock, 24 + 16 + max_sealed_secret + 1))) == ErrorCode::malformed);
  CHECK(refused(read_sealed_text(std::string(max_sealed_text + 1, 's'))) == ErrorCode::too_large);
  CHECK(refused(read_sealed_text("suara-sealed v2\n" + lock + "\nAA==\n")) == ErrorCode::unsupported);
  CHECK(refused(read_sealed_text("")) == ErrorCode::malformed);
}

TEST_CASE("a sealing key is read back from its text, and from no other") {
  const auto key = SealingKey::generate();
  const auto text = key.text();
  const auto read = SealingKey::from_text(as_text(text.view()));
  REQUIRE(read);
  CHECK(read->lock() == key.lock());
  const std::string good(as_text(text.view()));
  CHECK(refused(SealingKey::from_text(std::string(64, '0') + "\n")) == ErrorCode::malformed);  // a ledger's key
  CHECK(refused(SealingKey::from_text(good.substr(0, good.size() - 1))) == ErrorCode::malformed);
  CHECK(refused(SealingKey::from_text(good + "\n")) == ErrorCode::malformed);
  CHECK(refused(SealingKey::from_text("suara-sealing-key v2\n")) == ErrorCode::unsupported);
  CHECK_THROWS_AS(key.seal({}), std::invalid_argument);
  CHECK_THROWS_AS(key.seal(Bytes(max_sealed_secret + 1)), std::invalid_argument);
}

TEST_CASE("files share a salt, so that a passphrase is worked out once") {
  auto first = passphrase("empat kata yang panjang");
  const std::string a = sealed(first), b = sealed(first);
  CHECK(lock_line(a) == lock_line(b));
  auto second = passphrase("empat kata yang panjang");
  REQUIRE(second.open(a));
  CHECK(lock_line(sealed(second)) == lock_line(a));
  // Not behind a cheaper lock, and not behind one that it cannot open.
  auto dearer = passphrase("empat kata yang panjang", {2, 16});
  REQUIRE(dearer.open(a));
  CHECK(lock_line(sealed(dearer)).starts_with("passphrase 2 16 "));
  auto other = passphrase("lima kata yang lain lagi");
  CHECK_FALSE(other.open(a));
  CHECK(lock_line(sealed(other)) != lock_line(a));
}

TEST_CASE("a passphrase is the first line of its file and not a short one") {
  auto plain = passphrase("dua belas ya");
  auto lines = passphrase("dua belas ya\r\nsecond line\n");
  CHECK(lines.open(sealed(plain)));
  for (const auto& bad : {std::string("sebelas aja"), std::string("\ndua belas ya"), std::string(), std::string(1025, 'x')}) {
    CHECK(refused(Sealer::from_passphrase(as_bytes(bad))) == ErrorCode::malformed);
  }
}
