#include "core/log/entry.hpp"

#include <catch2/catch.hpp>

#include "core/crypto/hash.hpp"

using namespace suara;

namespace {

const crypto::SigningKey& ledger_key() {
  static const crypto::SigningKey key = crypto::SigningKey::from_seed(Bytes(32, 7));
  return key;
}

log::VerifierKey name_of(const crypto::SigningKey& key, std::string_view name = "suara.test/a") {
  return log::make_verifier_key(name, key.public_key()).value();
}

std::string sealed(std::string_view body) { return log::seal_entry(body, ledger_key(), name_of(ledger_key())).value(); }

}  // namespace

TEST_CASE("a sealed entry splits into what it was made of and verifies") {
  const std::string entry = sealed("{\"a\":1}");
  const auto split = log::split_entry(entry);
  REQUIRE(split);
  CHECK(split->body == "{\"a\":1}");
  CHECK(split->key_id == log::key_id(name_of(ledger_key()).key_hash));
  CHECK(log::verify_entry_signature(*split, name_of(ledger_key())));
  CHECK(entry.size() == split->body.size() + log::seal_size);
  CHECK(log::leaf_hash(entry) == crypto::sha256(std::string(1, '\0') + entry));
}

TEST_CASE("an entry signed by another key is refused") {
  const auto other = crypto::SigningKey::from_seed(Bytes(32, 8));
  const std::string entry = sealed("{}x");
  const auto split = log::split_entry(entry).value();
  CHECK(log::verify_entry_signature(split, name_of(other)).error().code == ErrorCode::invalid_signature);
  // The same key id on another key's signature.
  log::VerifierKey forged = name_of(other);
  forged.key_hash = name_of(ledger_key()).key_hash;
  CHECK(log::verify_entry_signature(split, forged).error().code == ErrorCode::invalid_signature);
}

TEST_CASE("the signature covers the format's name, so no other signature of the key can pass for an entry") {
  const std::string body = "{\"a\":1}";
  const auto bare = ledger_key().sign(as_bytes(body));
  CHECK_FALSE(crypto::verify(ledger_key().public_key(), as_bytes("suara.event.v1\n" + body), bare));
}

TEST_CASE("an entry not in its one form is refused") {
  const std::string entry = sealed("{\"a\":1}");
  const auto code = [](const std::string& bytes) { return log::split_entry(bytes).error().code; };
  CHECK(code("") == ErrorCode::malformed);
  CHECK(code(entry.substr(7)) == ErrorCode::malformed);                    // no body
  CHECK(code(entry.substr(0, entry.size() - 1)) == ErrorCode::malformed);  // no line feed at the end
  CHECK(code(entry + "\n") == ErrorCode::malformed);
  CHECK(code("{\n" + entry) == ErrorCode::malformed);  // a line feed in the body
  CHECK(code(std::string(log::max_entry_size + 1, 'a')) == ErrorCode::too_large);
  for (const std::size_t at : {std::size_t{7}, std::size_t{16}}) {  // the separators
    std::string changed = entry;
    changed[at] = '.';
    CHECK(code(changed) == ErrorCode::malformed);
  }
  std::string upper = entry;
  upper[8] = 'A';
  CHECK(code(upper) == ErrorCode::malformed);
}

TEST_CASE("a body may fill an entry to its bound and not beyond") {
  const std::string largest(log::max_body_size, 'a');
  const std::string entry = sealed(largest);
  CHECK(entry.size() == log::max_entry_size);
  CHECK(log::split_entry(entry));
  const auto beyond = log::seal_entry(largest + "a", ledger_key(), name_of(ledger_key()));
  CHECK(beyond.error().code == ErrorCode::too_large);
}

TEST_CASE("what is no body is a bug, not an input") {
  CHECK_THROWS_AS(sealed(""), std::invalid_argument);
  CHECK_THROWS_AS(sealed("a\nb"), std::invalid_argument);
  const auto other = crypto::SigningKey::from_seed(Bytes(32, 8));
  CHECK_THROWS_AS(log::seal_entry("{}", ledger_key(), name_of(other)), std::invalid_argument);
}
