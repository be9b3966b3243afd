#include <algorithm>

#include "core/codec/belenios.hpp"
#include "tests/fuzz/support/target.hpp"

namespace {

using Credentials = std::vector<suara::ballot::PublicCredential>;

bool same(const Credentials& a, const Credentials& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.key == y.key && x.weight == y.weight; });
}

}  // namespace

// Others may write the weight 1 or leave it out, so the text may differ from ours; the value may not.
void suara::fuzz::try_input(std::string_view bytes) {
  const auto credentials = codec::read_public_credentials(bytes);
  if (!credentials) return require_told(credentials.error());
  const std::string ours = codec::write_public_credentials(*credentials);
  require(ours.size() <= bytes.size() + 2 * credentials->size(), "ours adds no more than the weights");
  const auto again = codec::read_public_credentials(ours);
  require(again && same(*again, *credentials), "what we write is read as the same credentials");
  require(codec::write_public_credentials(*again) == ours, "our own text is written again byte for byte");
  std::vector<crypto::Element> keys;
  for (const auto& credential : *credentials) keys.push_back(credential.key);
  std::sort(keys.begin(), keys.end());
  require(std::adjacent_find(keys.begin(), keys.end()) == keys.end(), "no credential stands there twice");
  require(!std::binary_search(keys.begin(), keys.end(), crypto::Element::identity()), "none is the identity");
}
