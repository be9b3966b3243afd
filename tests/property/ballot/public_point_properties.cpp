#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <stdexcept>

#include "core/crypto/encoding.hpp"
#include "core/crypto/public_point.hpp"

// The fast arithmetic on public values against libsodium's, which the group of core/crypto is.
using namespace suara;
using namespace suara::crypto;

namespace {

// Scalars of all sizes, and those next to 0, to powers of two and to the order, where carries run far.
rc::Gen<Scalar> any_scalar() {
  const auto uniform = rc::gen::map(rc::gen::container<Bytes>(32, rc::gen::arbitrary<std::uint8_t>()),
                                    [](const Bytes& bytes) { return scalar_from_big_endian(bytes); });
  const auto small = rc::gen::map(rc::gen::inRange<std::uint64_t>(0, 40), Scalar::from_u64);
  const auto last = rc::gen::map(small, [](const Scalar& s) { return Scalar::zero() - s; });
  const auto power = rc::gen::apply(
      [](unsigned bit, const Scalar& near, bool below) {
        Scalar s;
        s.bytes[bit / 8] = static_cast<std::uint8_t>(1u << bit % 8);
        return below ? s - near : s + near;
      },
      rc::gen::inRange(0u, 252u), small, rc::gen::arbitrary<bool>());
  return rc::gen::oneOf(uniform, small, last, power);
}

rc::Gen<Element> any_element() { return rc::gen::map(any_scalar(), g_pow); }

template <class Property>
void always(const char* what, Property property) {
  INFO(what);
  CHECK(rc::check(what, property));
}

}  // namespace

TEST_CASE("points keep their elements") {
  always("an element read as a point is written as the same bytes", [] {
    const Element e = *any_element();
    RC_ASSERT(PublicPoint(e).element() == e);
  });
  CHECK(PublicPoint().element().is_identity());
  CHECK(PublicPoint(Element::identity()).element().is_identity());
  CHECK(PublicPoint(Element::generator()).element() == Element::generator());
  Element none;
  none.bytes = {2};
  CHECK_THROWS_AS(PublicPoint(none), std::invalid_argument);
}

TEST_CASE("products and quotients of points are libsodium's") {
  always("a*b, a/b, a*a, a/a", [] {
    const Element a = *any_element(), b = *any_element();
    const PublicPoint p(a), q(b);
    RC_ASSERT((p * q).element() == a * b);
    RC_ASSERT((p / q).element() == a / b);
    RC_ASSERT((p * p).element() == a * a);
    RC_ASSERT((p / p).element().is_identity());
    RC_ASSERT((p * PublicPoint()).element() == a);
    // A result that was never brought to Z = 1 serves as well.
    RC_ASSERT(((p * q) * (p / q)).element() == a * a);
  });
}

TEST_CASE("powers and products of powers are libsodium's") {
  always("one power, any width", [] {
    const Element base = *any_element();
    const Scalar s = *any_scalar();
    const auto width = *rc::gen::inRange(2u, 9u);
    const PowerTable table(PublicPoint(base), width);
    RC_ASSERT(power_product({{table, s}}).element() == pow(base, s));
  });
  always("g^r a^s b^t", [] {
    const Element a = *any_element(), b = *any_element();
    const Scalar r = *any_scalar(), s = *any_scalar(), t = *any_scalar();
    const PowerTable ta{PublicPoint(a)}, tb{PublicPoint(b)};
    const auto product = power_product({{PowerTable::generator(), r}, {ta, s}, {tb, t}});
    RC_ASSERT(product.element() == g_pow(r) * pow(a, s) * pow(b, t));
  });
  always("a power times its inverse is the identity", [] {
    const Element a = *any_element();
    const Scalar s = *any_scalar();
    const PowerTable table{PublicPoint(a)};
    RC_ASSERT(power_product({{table, s}, {table, Scalar::zero() - s}}).element().is_identity());
  });
}

TEST_CASE("many points are written as each alone") {
  always("elements", [] {
    const auto elements = *rc::gen::container<std::vector<Element>>(any_element());
    std::vector<PublicPoint> points;
    for (const auto& e : elements) points.push_back(PublicPoint(e) * PublicPoint(Element::generator()));
    const auto written = PublicPoint::elements(points);
    RC_ASSERT(written.size() == elements.size());
    for (std::size_t i = 0; i < elements.size(); ++i) RC_ASSERT(written[i] == elements[i] * Element::generator());
  });
}
