#include "core/crypto/ed25519_field.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace suara::crypto::field {
namespace {

static_assert(std::endian::native == std::endian::little, "limbs are cut from little-endian words");

Fe square_times(Fe a, int times) {
  for (int i = 0; i < times; ++i) a = square(a);
  return a;
}

struct Chain {
  Fe to_11;       // a^11
  Fe to_2_250_1;  // a^(2^250 - 1)
};

// The common start of the two powers below: exponents 2^n - 1 by doubling n.
Chain chain(const Fe& a) {
  const Fe a2 = square(a);
  const Fe a9 = mul(square_times(a2, 2), a);
  const Fe a11 = mul(a9, a2);
  const Fe n5 = mul(square(a11), a9);  // a^(2^5 - 1)
  const Fe n10 = mul(square_times(n5, 5), n5);
  const Fe n20 = mul(square_times(n10, 10), n10);
  const Fe n40 = mul(square_times(n20, 20), n20);
  const Fe n50 = mul(square_times(n40, 10), n10);
  const Fe n100 = mul(square_times(n50, 50), n50);
  const Fe n200 = mul(square_times(n100, 100), n100);
  return {a11, mul(square_times(n200, 50), n50)};
}

}  // namespace

// p - 2 = 2^255 - 21 = (2^250 - 1) * 2^5 + 11
Fe invert(const Fe& a) {
  const Chain c = chain(a);
  return mul(square_times(c.to_2_250_1, 5), c.to_11);
}

// (p - 5) / 8 = 2^252 - 3 = (2^250 - 1) * 2^2 + 1
Fe pow_p58(const Fe& a) { return mul(square_times(chain(a).to_2_250_1, 2), a); }

Fe from_bytes(const std::array<std::uint8_t, 32>& bytes) {
  std::uint64_t w[4];
  std::memcpy(w, bytes.data(), sizeof w);
  return {{w[0] & limb_mask, (w[0] >> 51 | w[1] << 13) & limb_mask, (w[1] >> 38 | w[2] << 26) & limb_mask,
           (w[2] >> 25 | w[3] << 39) & limb_mask, (w[3] >> 12) & limb_mask}};
}

std::array<std::uint8_t, 32> to_bytes(const Fe& a) {
  Fe t = tighten(tighten(a));
  // Now t < 2^255 + 2^13 * 2^51; adding 19 shows whether p must be taken off (once).
  std::uint64_t carry = 19;
  for (int i = 0; i < 5; ++i) carry = (t.limb[i] + carry) >> 51;
  carry *= 19;
  for (int i = 0; i < 5; ++i) {
    carry += t.limb[i];
    t.limb[i] = carry & limb_mask;
    carry >>= 51;
  }
  const std::uint64_t w[4] = {t.limb[0] | t.limb[1] << 51, t.limb[1] >> 13 | t.limb[2] << 38,
                              t.limb[2] >> 26 | t.limb[3] << 25, t.limb[3] >> 39 | t.limb[4] << 12};
  std::array<std::uint8_t, 32> out;
  std::memcpy(out.data(), w, sizeof w);
  return out;
}

bool is_zero(const Fe& a) {
  const auto bytes = to_bytes(a);
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t b) { return b == 0; });
}

bool is_odd(const Fe& a) { return to_bytes(a)[0] & 1; }

}  // namespace suara::crypto::field
