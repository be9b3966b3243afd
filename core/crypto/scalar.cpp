#include <sodium.h>

#include <algorithm>
#include <bit>
#include <stdexcept>

#include "core/crypto/group.hpp"
#include "core/crypto/hash.hpp"
#include "core/crypto/sodium_ready.hpp"

namespace suara::crypto {
namespace {

static_assert(std::endian::native == std::endian::little, "limbs are copied to and from little-endian bytes");

// A 256-bit number, least significant limb first. Ballots are mostly decimal scalars, so reading them is done
// nineteen digits at a time by hand; a general big-number type would cost more than the rest of the parsing.
using Limbs = std::array<std::uint64_t, 4>;
__extension__ using Wide = unsigned __int128;

constexpr Limbs order = {0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 0x1000000000000000};
constexpr std::uint64_t chunk_base = 10'000'000'000'000'000'000u;  // 10^19, the largest power of ten in a limb
constexpr std::size_t chunk_digits = 19;
constexpr std::size_t max_digits = 76;  // of q - 1

bool below_order(const Limbs& value) {
  for (std::size_t i = value.size(); i-- > 0;) {
    if (value[i] != order[i]) return value[i] < order[i];
  }
  return false;
}

Limbs limbs_of(const Scalar& scalar) {
  Limbs limbs;
  std::memcpy(limbs.data(), scalar.bytes.data(), sizeof limbs);
  return limbs;
}

Result<Scalar> bad_scalar() {
  return fail(ErrorCode::invalid_scalar,
              "A scalar must be a decimal number below the group's order, without sign or leading zeros.");
}

}  // namespace

Scalar Scalar::from_u64(std::uint64_t value) {
  Scalar out;
  std::memcpy(out.bytes.data(), &value, sizeof value);
  return out;
}

Scalar Scalar::random() {
  ensure_sodium();
  Scalar out;
  crypto_core_ed25519_scalar_random(out.bytes.data());
  return out;
}

Result<Scalar> Scalar::from_decimal(std::string_view text) {
  if (text.empty() || text.size() > max_digits || (text[0] == '0' && text.size() > 1)) return bad_scalar();
  Limbs value{};
  std::size_t at = 0;
  while (at < text.size()) {
    // The first chunk takes the odd digits, so that all others are full.
    const std::size_t left = text.size() - at;
    const std::size_t take = left % chunk_digits == 0 ? chunk_digits : left % chunk_digits;
    std::uint64_t chunk = 0;
    for (std::size_t end = at + take; at < end; ++at) {
      const unsigned digit = static_cast<unsigned char>(text[at]) - unsigned{'0'};
      if (digit > 9) return bad_scalar();
      chunk = chunk * 10 + digit;
    }
    Wide carry = chunk;  // 76 digits fit in 253 bits, so the last carry is always zero
    for (auto& limb : value) {
      carry += Wide{limb} * chunk_base;
      limb = static_cast<std::uint64_t>(carry);
      carry >>= 64;
    }
  }
  if (!below_order(value)) return bad_scalar();
  Scalar out;
  std::memcpy(out.bytes.data(), value.data(), sizeof value);
  return out;
}

std::string Scalar::to_decimal() const {
  Limbs value = limbs_of(*this);
  char digits[5 * chunk_digits];
  std::size_t start = sizeof digits;
  std::size_t used = value.size();
  while (used > 0) {
    std::uint64_t rest = 0;
    for (std::size_t i = used; i-- > 0;) {
      const Wide part = Wide{rest} << 64 | value[i];
      value[i] = static_cast<std::uint64_t>(part / chunk_base);
      rest = static_cast<std::uint64_t>(part % chunk_base);
    }
    while (used > 0 && value[used - 1] == 0) --used;
    for (std::size_t i = 0; i < chunk_digits; ++i, rest /= 10) digits[--start] = static_cast<char>('0' + rest % 10);
  }
  while (start + 1 < sizeof digits && digits[start] == '0') ++start;
  return {digits + start, sizeof digits - start};
}

Result<Scalar> Scalar::from_bytes(ByteView little_endian) {
  Scalar out;
  if (little_endian.size() == out.bytes.size()) {
    std::copy(little_endian.begin(), little_endian.end(), out.bytes.begin());
    if (below_order(limbs_of(out))) return out;
  }
  return fail(ErrorCode::invalid_scalar, "A scalar must be 32 bytes, a little-endian number below the group's order.");
}

Scalar operator+(const Scalar& a, const Scalar& b) {
  Scalar out;
  crypto_core_ed25519_scalar_add(out.bytes.data(), a.bytes.data(), b.bytes.data());
  return out;
}

Scalar operator-(const Scalar& a, const Scalar& b) {
  Scalar out;
  crypto_core_ed25519_scalar_sub(out.bytes.data(), a.bytes.data(), b.bytes.data());
  return out;
}

Scalar operator*(const Scalar& a, const Scalar& b) {
  Scalar out;
  crypto_core_ed25519_scalar_mul(out.bytes.data(), a.bytes.data(), b.bytes.data());
  return out;
}

Scalar invert(const Scalar& a) {
  Scalar out;
  if (crypto_core_ed25519_scalar_invert(out.bytes.data(), a.bytes.data()) != 0) {
    throw std::invalid_argument("zero has no inverse");
  }
  return out;
}

Scalar scalar_from_big_endian(ByteView bytes) {
  std::array<std::uint8_t, crypto_core_ed25519_NONREDUCEDSCALARBYTES> wide{};
  if (bytes.size() != 32) throw std::invalid_argument("a big-endian scalar has 32 bytes");
  std::reverse_copy(bytes.begin(), bytes.end(), wide.begin());
  Scalar out;
  crypto_core_ed25519_scalar_reduce(out.bytes.data(), wide.data());
  sodium_memzero(wide.data(), wide.size());
  return out;
}

Scalar hash_to_scalar(std::string_view text) { return scalar_from_big_endian(sha256(text).view()); }

}  // namespace suara::crypto
