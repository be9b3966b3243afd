#include <rapidcheck.h>
#include <rapidcheck/catch.h>

#include <set>

#include "core/election/fingerprint_set.hpp"

using namespace suara;

namespace {

// Few different values, and many that begin at the same slot.
Hash crowded(std::uint8_t first, std::uint8_t last) {
  Hash hash;
  hash.bytes[0] = first;
  hash.bytes[15] = last;
  return hash;
}

}  // namespace

TEST_CASE("a set of fingerprints") {
  rc::prop("holds exactly what was put in, at any size and however crowded", [] {
    election::FingerprintSet set;
    std::set<Hash> model;
    if (*rc::gen::arbitrary<bool>()) set.reserve(*rc::gen::inRange<std::size_t>(0, 300));
    const auto most = *rc::gen::inRange<int>(0, 400);
    for (int i = 0; i < most; ++i) {
      const auto hash = crowded(*rc::gen::element<std::uint8_t>(0, 1, 15, 255), *rc::gen::arbitrary<std::uint8_t>());
      RC_ASSERT(set.contains(hash) == model.contains(hash));
      set.insert(hash);
      model.insert(hash);
      RC_ASSERT(set.contains(hash));
      RC_ASSERT(set.size() == model.size());
    }
    for (int first = 0; first < 256; ++first) {
      for (int last = 0; last < 256; last += 5) {
        const auto hash = crowded(static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(last));
        RC_ASSERT(set.contains(hash) == model.contains(hash));
      }
    }
  });
}
