#include "http/totp.hpp"

#include <catch2/catch.hpp>

namespace suara::http {
namespace {

const Bytes rfc_secret = [] {
  const auto view = as_bytes(std::string_view("12345678901234567890"));
  return Bytes(view.begin(), view.end());
}();

}  // namespace

TEST_CASE("codes are those of RFC 6238, appendix B") {
  const std::pair<std::int64_t, const char*> vectors[] = {
      {59, "94287082"},         {1111111109, "07081804"}, {1111111111, "14050471"},
      {1234567890, "89005924"}, {2000000000, "69279037"}, {20000000000, "65353130"},
  };
  for (const auto& [seconds, expected] : vectors) {
    CAPTURE(seconds);
    CHECK(totp::code(rfc_secret, totp::step_at({seconds * 1000}), 8) == expected);
    CHECK(totp::code(rfc_secret, totp::step_at({seconds * 1000})) == std::string(expected).substr(2));
  }
}

TEST_CASE("codes by counter are those of RFC 4226, appendix D") {
  const char* vectors[] = {"755224", "287082", "359152", "969429", "338314",
                           "254676", "287922", "162583", "399871", "520489"};
  for (std::uint64_t counter = 0; counter < 10; ++counter) CHECK(totp::code(rfc_secret, counter) == vectors[counter]);
}

TEST_CASE("a code is taken from one step before to one step after its own, and once") {
  constexpr std::uint64_t step = 1000;
  const std::string shown = totp::code(rfc_secret, step);
  const auto at = [&](std::uint64_t now, std::uint64_t last) {
    return totp::matching_step(rfc_secret, shown, {static_cast<std::int64_t>(now) * totp::step_ms + 29'999}, last);
  };
  CHECK_FALSE(at(step - 2, 0));
  CHECK(at(step - 1, 0) == step);
  CHECK(at(step, 0) == step);
  CHECK(at(step + 1, 0) == step);
  CHECK_FALSE(at(step + 2, 0));
  CHECK_FALSE(at(step, step));
  CHECK_FALSE(at(step, step + 1));
}

TEST_CASE("anything that is no code of six digits is none") {
  const Timestamp now{1000 * totp::step_ms};
  for (const std::string shown : {"", "0", "12345", "1234567", "abcdef", " 123456"}) {
    CHECK_FALSE(totp::matching_step(rfc_secret, shown, now, 0));
  }
  const std::string right = totp::code(rfc_secret, 1000);
  CHECK_FALSE(totp::matching_step(rfc_secret, right + "0", now, 0));
  CHECK_FALSE(totp::matching_step(rfc_secret, right.substr(0, 5), now, 0));
}

TEST_CASE("secrets are written in base32 as in RFC 4648, without padding") {
  const std::pair<const char*, const char*> vectors[] = {
      {"", ""},
      {"f", "MY"},
      {"fo", "MZXQ"},
      {"foo", "MZXW6"},
      {"foob", "MZXW6YQ"},
      {"fooba", "MZXW6YTB"},
      {"foobar", "MZXW6YTBOI"},
  };
  for (const auto& [plain, expected] : vectors) CHECK(totp::base32(as_bytes(std::string_view(plain))) == expected);
  CHECK(totp::new_secret().size() == 20);
  CHECK(totp::new_secret() != totp::new_secret());
  CHECK(totp::key_uri("ani", "ABC") ==
        "otpauth://totp/Suara:ani?secret=ABC&issuer=Suara&algorithm=SHA1&digits=6&period=30");
}

}  // namespace suara::http
