#pragma once
#include <array>
#include <cstdint>

// Numbers mod p = 2^255 - 19 for PublicPoint: five limbs of 51 bits, least significant first. Not constant-time where
// it branches; for public values only.
//
// Bounds, which every use keeps: products have limbs below 2^51 + 2^13 ("tight"); factors may have limbs up to 2^54.
// A sum of two tight numbers is below 2^53; `sub` takes a tight subtrahend and gives less than 2^53 for a tight
// minuend; `sub_wide` takes a subtrahend up to 2^53 - 76 and adds 2^53.
namespace suara::crypto::field {

__extension__ using Wide = unsigned __int128;

struct Fe {
  std::array<std::uint64_t, 5> limb{};
};

constexpr std::uint64_t limb_mask = (std::uint64_t{1} << 51) - 1;
constexpr Fe zero{};
constexpr Fe one{{1}};
constexpr Fe d{{0x34dca135978a3, 0x1a8283b156ebd, 0x5e7a26001c029, 0x739c663a03cbb, 0x52036cee2b6ff}};
constexpr Fe two_d{{0x69b9426b2f159, 0x35050762add7a, 0x3cf44c0038052, 0x6738cc7407977, 0x2406d9dc56dff}};
constexpr Fe sqrt_minus_one{{0x61b274a0ea0b0, 0x0d5a5fc8f189d, 0x7ef5e9cbd0c60, 0x78595a6804c9e, 0x2b8324804fc1d}};

inline Fe add(const Fe& a, const Fe& b) {
  Fe out;
  for (int i = 0; i < 5; ++i) out.limb[i] = a.limb[i] + b.limb[i];
  return out;
}

// a + 2p - b
inline Fe sub(const Fe& a, const Fe& b) {
  Fe out;
  out.limb[0] = a.limb[0] + 0xfffffffffffda - b.limb[0];
  for (int i = 1; i < 5; ++i) out.limb[i] = a.limb[i] + 0xffffffffffffe - b.limb[i];
  return out;
}

// a + 4p - b
inline Fe sub_wide(const Fe& a, const Fe& b) {
  Fe out;
  out.limb[0] = a.limb[0] + 0x1fffffffffffb4 - b.limb[0];
  for (int i = 1; i < 5; ++i) out.limb[i] = a.limb[i] + 0x1ffffffffffffc - b.limb[i];
  return out;
}

// Brings five wide columns back to a tight number. 2^255 = 19 mod p carries the top around.
inline Fe reduce(Wide r0, Wide r1, Wide r2, Wide r3, Wide r4) {
  Fe out;
  r1 += static_cast<std::uint64_t>(r0 >> 51);
  r2 += static_cast<std::uint64_t>(r1 >> 51);
  r3 += static_cast<std::uint64_t>(r2 >> 51);
  r4 += static_cast<std::uint64_t>(r3 >> 51);
  const std::uint64_t low = (static_cast<std::uint64_t>(r0) & limb_mask) + 19 * static_cast<std::uint64_t>(r4 >> 51);
  out.limb[0] = low & limb_mask;
  out.limb[1] = (static_cast<std::uint64_t>(r1) & limb_mask) + (low >> 51);
  out.limb[2] = static_cast<std::uint64_t>(r2) & limb_mask;
  out.limb[3] = static_cast<std::uint64_t>(r3) & limb_mask;
  out.limb[4] = static_cast<std::uint64_t>(r4) & limb_mask;
  return out;
}

inline Fe mul(const Fe& x, const Fe& y) {
  const auto& a = x.limb;
  const auto& b = y.limb;
  const std::uint64_t b1 = 19 * b[1], b2 = 19 * b[2], b3 = 19 * b[3], b4 = 19 * b[4];
  const Wide r0 = Wide{a[0]} * b[0] + Wide{a[1]} * b4 + Wide{a[2]} * b3 + Wide{a[3]} * b2 + Wide{a[4]} * b1;
  const Wide r1 = Wide{a[0]} * b[1] + Wide{a[1]} * b[0] + Wide{a[2]} * b4 + Wide{a[3]} * b3 + Wide{a[4]} * b2;
  const Wide r2 = Wide{a[0]} * b[2] + Wide{a[1]} * b[1] + Wide{a[2]} * b[0] + Wide{a[3]} * b4 + Wide{a[4]} * b3;
  const Wide r3 = Wide{a[0]} * b[3] + Wide{a[1]} * b[2] + Wide{a[2]} * b[1] + Wide{a[3]} * b[0] + Wide{a[4]} * b4;
  const Wide r4 = Wide{a[0]} * b[4] + Wide{a[1]} * b[3] + Wide{a[2]} * b[2] + Wide{a[3]} * b[1] + Wide{a[4]} * b[0];
  return reduce(r0, r1, r2, r3, r4);
}

inline Fe square(const Fe& x) {
  const auto& a = x.limb;
  const std::uint64_t d0 = 2 * a[0], d1 = 2 * a[1], d2 = 2 * a[2];
  const std::uint64_t n3 = 19 * a[3], n4 = 19 * a[4];
  const Wide r0 = Wide{a[0]} * a[0] + Wide{d1} * n4 + Wide{d2} * n3;
  const Wide r1 = Wide{d0} * a[1] + Wide{d2} * n4 + Wide{a[3]} * n3;
  const Wide r2 = Wide{d0} * a[2] + Wide{a[1]} * a[1] + Wide{2 * a[3]} * n4;
  const Wide r3 = Wide{d0} * a[3] + Wide{d1} * a[2] + Wide{a[4]} * n4;
  const Wide r4 = Wide{d0} * a[4] + Wide{d1} * a[3] + Wide{a[2]} * a[2];
  return reduce(r0, r1, r2, r3, r4);
}

// A tight number of the same value, for what was only added or subtracted.
inline Fe tighten(const Fe& a) { return reduce(a.limb[0], a.limb[1], a.limb[2], a.limb[3], a.limb[4]); }

inline Fe negate(const Fe& a) { return tighten(sub(zero, a)); }  // a tight

Fe invert(const Fe& a);                                    // 0 gives 0
Fe pow_p58(const Fe& a);                                   // a^((p-5)/8)
Fe from_bytes(const std::array<std::uint8_t, 32>& bytes);  // little-endian, the top bit ignored
std::array<std::uint8_t, 32> to_bytes(const Fe& a);        // the one value below p
bool is_zero(const Fe& a);
bool is_odd(const Fe& a);

}  // namespace suara::crypto::field
