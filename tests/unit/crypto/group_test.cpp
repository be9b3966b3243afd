#include "core/crypto/group.hpp"

#include <catch2/catch.hpp>

using namespace suara;
using namespace suara::crypto;

namespace {
const std::string identity_text = std::string(63, '0') + "1";
}

TEST_CASE("g^0, g^1 and g^2 are the elements they must be") {
  CHECK(g_pow(Scalar::zero()).is_identity());
  CHECK(g_pow(Scalar::from_u64(1)) == Element::generator());
  CHECK(g_pow(Scalar::from_u64(2)) == Element::generator() * Element::generator());
  CHECK(Element::generator().to_text() == "6666666666666666666666666666666666666666666666666666666666666658");
}

TEST_CASE("the identity is an ordinary value of every operation") {
  const Element identity = Element::identity();
  const Element x = g_pow(Scalar::random());
  const Scalar s = Scalar::random();
  CHECK(identity.to_text() == identity_text);
  CHECK(Element::from_text(identity_text)->is_identity());
  CHECK(x * identity == x);
  CHECK(x / x == identity);
  CHECK(identity / x == pow(x, Scalar::zero() - Scalar::from_u64(1)));
  CHECK(identity * identity == identity);
  CHECK(pow(identity, s) == identity);
  CHECK(pow(x, Scalar::zero()) == identity);
  CHECK(pow(identity, Scalar::zero()) == identity);
}

TEST_CASE("powers follow the rules of exponents") {
  const Scalar a = Scalar::random(), b = Scalar::random();
  CHECK(g_pow(a) * g_pow(b) == g_pow(a + b));
  CHECK(g_pow(a) / g_pow(b) == g_pow(a - b));
  CHECK(pow(g_pow(a), b) == g_pow(a * b));
  CHECK(pow(Element::generator(), a) == g_pow(a));
}

TEST_CASE("an element's text has one form") {
  const std::string good = Element::generator().to_text();
  CHECK(*Element::from_text(good) == Element::generator());
  for (const std::string& bad : {std::string(""), good.substr(1), good + "0", "6" + good.substr(0, 62) + "G",
                                 std::string(64, 'A'), " " + good.substr(1)}) {
    INFO(bad);
    REQUIRE_FALSE(Element::from_text(bad));
    CHECK(Element::from_text(bad).error().code == ErrorCode::invalid_point);
    CHECK_FALSE(Element::from_trusted_text(bad));
  }
}

TEST_CASE("points outside the prime-order subgroup are refused") {
  const auto refused = [](const std::string& text) {
    INFO(text);
    const auto element = Element::from_text(text);
    REQUIRE_FALSE(element);
    CHECK(element.error().code == ErrorCode::invalid_point);
  };
  // Small order: y = 0 (order 4, both signs), y = -1 (order 2), the points of order 8.
  refused(std::string(64, '0'));
  refused("8" + std::string(63, '0'));
  refused("7" + std::string(61, 'f') + "ec");
  refused("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826");
  refused("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7");
  // The identity with its sign bit set, and as y = p + 1: second spellings.
  refused("8" + std::string(62, '0') + "1");
  refused("7" + std::string(61, 'f') + "ee");
  // y = 2 is on no point of the curve.
  refused(std::string(63, '0') + "2");
  // The generator plus the point of order 2 is (-x, -y): of order 2q.
  refused(
      "99999999999999999999999999999999999999999999999999999999999999"
      "95");
}
