#include <catch2/catch.hpp>

#include "core/crypto/encoding.hpp"
#include "core/crypto/group.hpp"

using namespace suara;
using namespace suara::crypto;

namespace {
const std::string order = "7237005577332262213973186563042994240857116359379907606001950938285454250989";
const std::string order_minus_1 = "7237005577332262213973186563042994240857116359379907606001950938285454250988";
}  // namespace

TEST_CASE("a scalar's decimal text is read and written") {
  for (const std::string& text :
       {std::string("0"), std::string("1"), std::string("9"), std::string("10"), std::string("18446744073709551615"),
        std::string("18446744073709551616"), std::string("9999999999999999999"), std::string("10000000000000000000"),
        std::string("100000000000000000000000000000000000000"), "1" + std::string(75, '0'), order_minus_1}) {
    INFO(text);
    const auto scalar = Scalar::from_decimal(text);
    REQUIRE(scalar);
    CHECK(scalar->to_decimal() == text);
  }
  CHECK(*Scalar::from_decimal("18446744073709551615") == Scalar::from_u64(UINT64_MAX));
  CHECK(*Scalar::from_decimal("256") == Scalar{{0, 1}});
}

TEST_CASE("a scalar's text has one form and stays below the order") {
  for (const std::string& bad :
       {std::string(""), std::string("00"), std::string("01"), std::string("-1"), std::string("+1"), std::string(" 1"),
        std::string("1 "), std::string("0x1"), std::string("1e3"), std::string("1\0", 2), std::string("1:"), order,
        "8" + std::string(75, '0'), std::string(76, '9'), "1" + std::string(76, '0'), std::string(100000, '1')}) {
    INFO(bad.substr(0, 100));
    const auto scalar = Scalar::from_decimal(bad);
    REQUIRE_FALSE(scalar);
    CHECK(scalar.error().code == ErrorCode::invalid_scalar);
    CHECK_FALSE(SecretScalar::from_decimal(bad));
  }
}

TEST_CASE("scalars are computed modulo the order") {
  const Scalar one = Scalar::from_u64(1), last = *Scalar::from_decimal(order_minus_1);
  CHECK(last + one == Scalar::zero());
  CHECK(Scalar::zero() - one == last);
  CHECK(last * last == one);
  CHECK(invert(last) == last);
  CHECK(invert(Scalar::from_u64(7)) * Scalar::from_u64(7) == one);
  CHECK_THROWS_AS(invert(Scalar::zero()), std::invalid_argument);
}

TEST_CASE("big-endian bytes are reduced modulo the order") {
  Bytes bytes(32, 0);
  bytes[31] = 5;
  CHECK(scalar_from_big_endian(bytes) == Scalar::from_u64(5));
  // The order itself, big-endian, and the largest value.
  CHECK(scalar_from_big_endian(*from_hex("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed")) ==
        Scalar::zero());
  CHECK(scalar_from_big_endian(Bytes(32, 0xff)).to_decimal() ==
        "7237005577332262213973186563042994240413239274941949949428319933631315875100");
  CHECK_THROWS_AS(scalar_from_big_endian(Bytes(31, 0)), std::invalid_argument);
}

TEST_CASE("a secret scalar keeps its value and is moved, not copied") {
  auto secret = SecretScalar::from_scalar(Scalar::from_u64(42));
  CHECK(secret.expose() == Scalar::from_u64(42));
  const SecretScalar moved = std::move(secret);
  CHECK(moved.expose() == Scalar::from_u64(42));
  CHECK(SecretScalar::from_decimal("42")->expose() == Scalar::from_u64(42));
  CHECK(SecretScalar::random().expose() != SecretScalar::random().expose());
  STATIC_REQUIRE_FALSE(std::is_copy_constructible_v<SecretScalar>);
}
