#include "core/log/vkey.hpp"

#include <catch2/catch.hpp>

using namespace suara;

namespace {
const std::string known = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";
}

TEST_CASE("a verifier key reads and writes as the same text") {
  const auto key = log::parse_verifier_key(known);
  REQUIRE(key);
  CHECK(key->name == "example.com/log/testdata");
  CHECK(log::key_id(key->key_hash) == "33d7b496");
  CHECK(log::verifier_key_text(*key) == known);
  CHECK(log::make_verifier_key(key->name, key->key).value() == *key);
}

TEST_CASE("a verifier key that was changed is refused") {
  const auto refused = [](std::string text) { return log::parse_verifier_key(text).error().code; };
  CHECK(refused("example.com/log/testdatb+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx") ==
        ErrorCode::integrity);
  CHECK(refused("example.com/log/testdata+33d7b497+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx") ==
        ErrorCode::integrity);
  CHECK(refused("example.com/log/testdata+33D7B496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx") ==
        ErrorCode::integrity);
  CHECK(refused("example.com/log/testdata+33d7b496+AuHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx") ==
        ErrorCode::unsupported);
  CHECK(refused("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkk==") ==
        ErrorCode::malformed);
  CHECK(refused("") == ErrorCode::malformed);
  CHECK(refused("name+33d7b496") == ErrorCode::malformed);
  CHECK(refused(known + " ") == ErrorCode::malformed);
  CHECK(refused("+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx") == ErrorCode::malformed);
}

TEST_CASE("a key name has no white space, plus or control character") {
  CHECK(log::is_key_name("suara.example/2026/ucSijHEHGk8LHG"));
  CHECK_FALSE(log::is_key_name("pemilihan-\xC3"));
  CHECK_FALSE(log::is_key_name("\xED\xA0\x80"));
  CHECK(log::is_key_name("contoh/\xC3\xA9"));
  for (const char* bad : {"", "a b", "a+b", "a\nb", "a\tb", "a\x7F", "a\xC2\xA0z", "a\xE3\x80\x80z", "\xE2\x80\x80"}) CHECK_FALSE(log::is_key_name(bad));
  CHECK(log::is_key_name(std::string(200, 'a')));
  CHECK_FALSE(log::is_key_name(std::string(201, 'a')));
}
