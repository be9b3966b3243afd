#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "core/crypto/ed25519_field.hpp"
#include "core/crypto/group.hpp"

// Fast arithmetic on PUBLIC elements of the group, for verification. Not constant-time: no secret may come near it.
//
// libsodium gives one power at a time, in constant time and with a membership check in each. Sharing doublings among
// the powers of a product and tables among the products of one base checks a ballot's proofs in about a quarter of the
// time. Property tests hold every operation to libsodium's.
namespace suara::crypto {

// An element in extended coordinates: x = X/Z, y = Y/Z, XY = ZT. All coordinates are tight (see ed25519_field.hpp).
class PublicPoint {
 public:
  PublicPoint() = default;  // the identity
  // Throws std::invalid_argument for bytes that are no point: elements are checked when they are read.
  explicit PublicPoint(const Element& element);

  friend PublicPoint operator*(const PublicPoint& a, const PublicPoint& b);  // group operation
  friend PublicPoint operator/(const PublicPoint& a, const PublicPoint& b);

  Element element() const;
  // The elements of many points for the price of one inversion.
  static std::vector<Element> elements(std::span<const PublicPoint> points);

 private:
  friend class PowerTable;
  field::Fe x_ = field::zero;
  field::Fe y_ = field::one;
  field::Fe z_ = field::one;
  field::Fe t_ = field::zero;
};

struct Power;
PublicPoint power_product(std::span<const Power> powers);

// Odd multiples of a base and of its 2^64th, 2^128th and 2^192th powers, so that a power takes 64 doublings,
// which the factors of a product share. `width` (2 to 8) bits are taken at once: 5 suits a handful of uses.
class PowerTable {
 public:
  explicit PowerTable(const PublicPoint& base, unsigned width = 5);
  static const PowerTable& generator();  // wide; made at the first use

 private:
  friend PublicPoint power_product(std::span<const Power> powers);

  // A point prepared for being added: Y+X, Y-X, Z, 2dT.
  struct Prepared {
    field::Fe sum, difference, z, t;
  };
  // Coordinates of a sum before the four (or three) multiplications that bring them together.
  struct Completed {
    field::Fe x, y, z, t;
  };
  static Prepared prepare(const PublicPoint& point);
  static Completed add(const PublicPoint& a, const Prepared& b, bool subtract);
  static Completed twice(const PublicPoint& a);  // T is not used
  static PublicPoint finish(const Completed& c);
  static void finish_without_t(const Completed& c, PublicPoint& out);  // enough where a doubling follows
  friend PublicPoint operator*(const PublicPoint& a, const PublicPoint& b);
  friend PublicPoint operator/(const PublicPoint& a, const PublicPoint& b);

  unsigned width_;
  std::vector<Prepared> odd_;  // [64-bit piece][odd multiple]
};

struct Power {
  const PowerTable& base;
  Scalar exponent;
};

// The product of the powers; at most 4.
inline PublicPoint power_product(std::initializer_list<Power> powers) {
  return power_product(std::span<const Power>(powers.begin(), powers.size()));
}

}  // namespace suara::crypto
