#include "core/crypto/group.hpp"

#include <sodium.h>

#include <algorithm>
#include <new>
#include <stdexcept>

#include "core/crypto/encoding.hpp"

namespace suara::crypto {
namespace {

// Every Element is in the group, so libsodium can only refuse bytes that a caller called trusted and were not.
[[noreturn]] void not_in_group() { throw std::invalid_argument("an element outside the group was taken as trusted"); }

Result<Element> bad_element() {
  return fail(
      ErrorCode::invalid_point,
      "A group element must be 64 lower-case hexadecimal digits of a canonical point in the prime-order subgroup.");
}

}  // namespace

Element Element::generator() {
  Element g;
  g.bytes.fill(0x66);
  g.bytes[0] = 0x58;  // y = 4/5, x even
  return g;
}

Result<Element> Element::from_trusted_text(std::string_view text) {
  Element out;
  if (text.size() != 2 * out.bytes.size()) return bad_element();
  const auto bytes = from_hex(text);
  if (!bytes) return bad_element();
  std::reverse_copy(bytes->begin(), bytes->end(), out.bytes.begin());
  return out;
}

Result<Element> Element::from_text(std::string_view text) {
  auto out = from_trusted_text(text);
  if (!out) return out;
  // libsodium calls no point of small order valid; of these the identity alone is in the group.
  if (!out->is_identity() && crypto_core_ed25519_is_valid_point(out->bytes.data()) != 1) return bad_element();
  return out;
}

std::string Element::to_text() const {
  std::array<std::uint8_t, 32> reversed;
  std::reverse_copy(bytes.begin(), bytes.end(), reversed.begin());
  return to_hex(reversed);
}

bool Element::is_identity() const { return *this == identity(); }

Element operator*(const Element& a, const Element& b) {
  Element out;
  if (crypto_core_ed25519_add(out.bytes.data(), a.bytes.data(), b.bytes.data()) != 0) not_in_group();
  return out;
}

Element operator/(const Element& a, const Element& b) {
  Element out;
  if (crypto_core_ed25519_sub(out.bytes.data(), a.bytes.data(), b.bytes.data()) != 0) not_in_group();
  return out;
}

// libsodium returns an error where the result is the identity. In a group of prime order that happens only
// for the exponent 0 or the base identity, so both are answered here.
Element pow(const Element& base, const Scalar& exponent) {
  if (exponent == Scalar::zero() || base.is_identity()) return Element::identity();
  Element out;
  if (crypto_scalarmult_ed25519_noclamp(out.bytes.data(), exponent.bytes.data(), base.bytes.data()) != 0)
    not_in_group();
  return out;
}

Element g_pow(const Scalar& exponent) {
  if (exponent == Scalar::zero()) return Element::identity();
  Element out;
  if (crypto_scalarmult_ed25519_base_noclamp(out.bytes.data(), exponent.bytes.data()) != 0) not_in_group();
  return out;
}

SecretScalar SecretScalar::from_scalar(const Scalar& value) {
  SecretBytes bytes(sizeof(Scalar));
  ::new (bytes.mutable_view().data()) Scalar(value);
  return SecretScalar(std::move(bytes));
}

SecretScalar SecretScalar::random() {
  Scalar value = Scalar::random();
  auto out = from_scalar(value);
  wipe(value.bytes.data(), value.bytes.size());
  return out;
}

Result<SecretScalar> SecretScalar::from_decimal(std::string_view text) {
  auto value = Scalar::from_decimal(text);
  if (!value) return fail(std::move(value).error());
  auto out = from_scalar(*value);
  wipe(value->bytes.data(), value->bytes.size());
  return out;
}

const Scalar& SecretScalar::expose() const {
  return *std::launder(reinterpret_cast<const Scalar*>(bytes_.view().data()));
}

}  // namespace suara::crypto
