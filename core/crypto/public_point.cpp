#include "core/crypto/public_point.hpp"

#include <array>
#include <cstring>
#include <stdexcept>

namespace suara::crypto {
namespace {

using namespace field;

constexpr unsigned piece_bits = 64;
constexpr unsigned pieces = 4;
constexpr std::size_t max_powers = 4;
constexpr unsigned generator_width = 7;

using Digits = std::array<std::int8_t, piece_bits * pieces>;

// The scalar as signed odd digits of `width` bits, at least `width` - 1 zeros between two of them: sum of digit[i] *
// 2^i. Scalars are below 2^253, so no digit lands above position 253.
Digits signed_digits(const Scalar& scalar, unsigned width) {
  std::uint64_t word[pieces + 1] = {};
  std::memcpy(word, scalar.bytes.data(), scalar.bytes.size());
  Digits out{};
  const std::uint64_t window = std::uint64_t{1} << width;
  std::uint64_t carry = 0;
  unsigned at = 0;
  while (at < out.size()) {
    const unsigned index = at / 64, shift = at % 64;
    const std::uint64_t bits = shift == 0 ? word[index] : word[index] >> shift | word[index + 1] << (64 - shift);
    const std::uint64_t value = carry + (bits & (window - 1));
    if (value % 2 == 0) {
      ++at;
      continue;
    }
    carry = value >= window / 2 ? 1 : 0;
    const auto digit = static_cast<std::int64_t>(value) - static_cast<std::int64_t>(carry != 0 ? window : 0);
    out[at] = static_cast<std::int8_t>(digit);
    at += width;
  }
  return out;
}

}  // namespace

// x from y: x^2 = u/v with u = y^2 - 1, v = d y^2 + 1; the root is u v^3 (u v^7)^((p-5)/8), or that times sqrt(-1)
// (RFC 8032, section 5.1.3).
PublicPoint::PublicPoint(const Element& element) {
  y_ = from_bytes(element.bytes);
  const Fe y2 = square(y_);
  const Fe u = tighten(sub(y2, one)), v = tighten(add(mul(y2, d), one));
  const Fe v3 = mul(square(v), v);
  const Fe v7 = mul(square(v3), v);
  x_ = mul(mul(u, v3), pow_p58(mul(u, v7)));
  const Fe vx2 = mul(square(x_), v);
  if (!is_zero(sub(vx2, u))) {
    if (!is_zero(add(vx2, u))) throw std::invalid_argument("bytes that are no point were taken as an element");
    x_ = mul(x_, sqrt_minus_one);
  }
  if (is_odd(x_) != (element.bytes[31] >> 7 != 0)) x_ = negate(x_);
  t_ = mul(x_, y_);
}

Element PublicPoint::element() const { return elements({this, 1}).front(); }

// Montgomery's trick: the inverse of the product of all Z gives each inverse by two multiplications.
std::vector<Element> PublicPoint::elements(std::span<const PublicPoint> points) {
  std::vector<Fe> products(points.size());
  Fe product = one;
  for (std::size_t i = 0; i < points.size(); ++i) {
    products[i] = product;
    product = mul(product, points[i].z_);
  }
  Fe inverse = invert(product);
  std::vector<Element> out(points.size());
  for (std::size_t i = points.size(); i-- > 0;) {
    const Fe z_inverse = mul(inverse, products[i]);
    inverse = mul(inverse, points[i].z_);
    out[i].bytes = to_bytes(mul(points[i].y_, z_inverse));
    if (is_odd(mul(points[i].x_, z_inverse))) out[i].bytes[31] |= 0x80;
  }
  return out;
}

PowerTable::Prepared PowerTable::prepare(const PublicPoint& p) {
  return {field::add(p.y_, p.x_), sub(p.y_, p.x_), p.z_, mul(p.t_, two_d)};
}

// "Twisted Edwards curves revisited" (Hisil, Wong, Carter, Dawson 2008), a = -1, section 3.1. Subtracting a point is
// adding (-X, Y, Z, -T).
PowerTable::Completed PowerTable::add(const PublicPoint& p, const Prepared& q, bool subtract) {
  const Fe a = mul(sub(p.y_, p.x_), subtract ? q.sum : q.difference);
  const Fe b = mul(field::add(p.y_, p.x_), subtract ? q.difference : q.sum);
  const Fe c = mul(p.t_, q.t);
  const Fe zz = mul(p.z_, q.z);
  const Fe dd = field::add(zz, zz);
  const Fe plus = field::add(dd, c), minus = sub(dd, c);
  return {sub(b, a), field::add(b, a), subtract ? minus : plus, subtract ? plus : minus};
}

// The same paper, section 3.3, with the signs turned so that each subtrahend keeps to its bound.
PowerTable::Completed PowerTable::twice(const PublicPoint& p) {
  const Fe xx = square(p.x_), yy = square(p.y_), zz = square(p.z_);
  const Fe xy2 = square(field::add(p.x_, p.y_));
  const Fe y = field::add(yy, xx);
  const Fe z = sub(yy, xx);
  return {sub_wide(xy2, y), y, z, sub_wide(field::add(zz, zz), z)};
}

void PowerTable::finish_without_t(const Completed& c, PublicPoint& out) {
  out.x_ = mul(c.x, c.t);
  out.y_ = mul(c.y, c.z);
  out.z_ = mul(c.z, c.t);
}

PublicPoint PowerTable::finish(const Completed& c) {
  PublicPoint out;
  finish_without_t(c, out);
  out.t_ = mul(c.x, c.y);
  return out;
}

PublicPoint operator*(const PublicPoint& a, const PublicPoint& b) {
  return PowerTable::finish(PowerTable::add(a, PowerTable::prepare(b), false));
}

PublicPoint operator/(const PublicPoint& a, const PublicPoint& b) {
  return PowerTable::finish(PowerTable::add(a, PowerTable::prepare(b), true));
}

PowerTable::PowerTable(const PublicPoint& base, unsigned width) : width_(width) {
  if (width < 2 || width > 8) throw std::invalid_argument("a table takes 2 to 8 bits at once");
  const std::size_t count = std::size_t{1} << (width - 2);
  odd_.reserve(count * pieces);
  PublicPoint start = base;
  for (unsigned piece = 0; piece < pieces; ++piece) {
    const Prepared two = prepare(finish(twice(start)));
    PublicPoint odd = start;
    for (std::size_t i = 0; i < count; ++i) {
      odd_.push_back(prepare(odd));
      if (i + 1 < count) odd = finish(add(odd, two, false));
    }
    if (piece + 1 == pieces) break;
    for (unsigned i = 0; i + 1 < piece_bits; ++i) finish_without_t(twice(start), start);
    start = finish(twice(start));
  }
}

const PowerTable& PowerTable::generator() {
  static const PowerTable table(PublicPoint(Element::generator()), generator_width);
  return table;
}

PublicPoint power_product(std::span<const Power> powers) {
  if (powers.size() > max_powers) throw std::invalid_argument("a product takes at most four powers");
  std::array<Digits, max_powers> digits;
  for (std::size_t i = 0; i < powers.size(); ++i) digits[i] = signed_digits(powers[i].exponent, powers[i].base.width_);
  PublicPoint sum;
  for (unsigned bit = piece_bits; bit-- > 0;) {
    auto completed = PowerTable::twice(sum);
    for (std::size_t i = 0; i < powers.size(); ++i) {
      const auto& base = powers[i].base;
      const std::size_t count = base.odd_.size() / pieces;
      for (unsigned piece = 0; piece < pieces; ++piece) {
        const int digit = digits[i][piece * piece_bits + bit];
        if (digit == 0) continue;
        const std::size_t index = static_cast<std::size_t>(digit < 0 ? -digit : digit) / 2;
        completed = PowerTable::add(PowerTable::finish(completed), base.odd_[piece * count + index], digit < 0);
      }
    }
    if (bit > 0) {
      PowerTable::finish_without_t(completed, sum);
    } else {
      sum = PowerTable::finish(completed);
    }
  }
  return sum;
}

}  // namespace suara::crypto
