#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/crypto/secret.hpp"

// The prime-order subgroup of edwards25519, written multiplicatively as in the Belenios papers: g^x is
// scalar multiplication. Text forms: an element is its 32-byte encoding reversed, in hexadecimal; a
// scalar is decimal without leading zeros, below q.
namespace suara::crypto {

// A number mod q, 32 bytes little-endian, always reduced. Public values only; a secret is SecretScalar.
struct Scalar {
  std::array<std::uint8_t, 32> bytes{};
  auto operator<=>(const Scalar&) const = default;

  static Scalar zero() { return {}; }
  static Scalar from_u64(std::uint64_t value);
  static Scalar random();
  static Result<Scalar> from_decimal(std::string_view text);  // error: invalid_scalar
  std::string to_decimal() const;
  static Result<Scalar> from_bytes(ByteView little_endian);  // 32 bytes, reduced; error: invalid_scalar
};

Scalar operator+(const Scalar& a, const Scalar& b);
Scalar operator-(const Scalar& a, const Scalar& b);
Scalar operator*(const Scalar& a, const Scalar& b);
Scalar invert(const Scalar& a);  // a != 0, else std::invalid_argument

// 32 bytes read as a big-endian number, mod q. Used for H(text) and for PBKDF2 outputs.
Scalar scalar_from_big_endian(ByteView bytes);

// H(text): SHA-256 of the text, big-endian, mod q.
Scalar hash_to_scalar(std::string_view text);

// An element of the subgroup; the identity is one of its values.
struct Element {
  std::array<std::uint8_t, 32> bytes{1};  // identity
  auto operator<=>(const Element&) const = default;

  static Element identity() { return {}; }
  static Element generator();
  // Error: invalid_point, for anything but 64 lower-case digits of a canonical encoding in the subgroup.
  static Result<Element> from_text(std::string_view text);
  // The text form without the membership check: for bytes that were checked when they were accepted.
  static Result<Element> from_trusted_text(std::string_view text);
  std::string to_text() const;
  bool is_identity() const;
};

Element operator*(const Element& a, const Element& b);  // group operation
Element operator/(const Element& a, const Element& b);
Element pow(const Element& base, const Scalar& exponent);  // identity and 0 included
Element g_pow(const Scalar& exponent);

// A secret number mod q in guarded memory: a voter's, a trustee's, or encryption randomness.
class SecretScalar {
 public:
  static SecretScalar random();
  static SecretScalar from_scalar(const Scalar& value);
  static Result<SecretScalar> from_decimal(std::string_view text);
  const Scalar& expose() const;  // named so that each use can be found and justified
 private:
  explicit SecretScalar(SecretBytes bytes) : bytes_(std::move(bytes)) {}
  SecretBytes bytes_;
};

}  // namespace suara::crypto

template <>
struct std::hash<suara::crypto::Element> {
  std::size_t operator()(const suara::crypto::Element& e) const noexcept {
    std::size_t word;
    std::memcpy(&word, e.bytes.data(), sizeof word);
    return word;
  }
};
