#include "tests/support/sample_ceremony.hpp"

#include "core/ballot/trustee.hpp"

namespace suara::test {

SampleCeremony hold_ceremony(std::uint32_t needed, std::uint32_t trustees, const std::string& uuid) {
  SampleCeremony out;
  auto& parameters = out.parameters;
  parameters.threshold = needed;
  for (std::uint32_t i = 0; i < trustees; ++i) {
    crypto::SecretBytes seed(ballot::CeremonyTrustee::seed_size);
    crypto::random_fill(seed.mutable_view());
    const auto& trustee = out.trustees.emplace_back(std::move(seed), ElectionUuid{uuid}, needed);
    parameters.certs.push_back(trustee.certificate());
    parameters.coefexps.push_back(trustee.coefexps());
  }
  for (std::uint32_t self = 1; self <= trustees; ++self) {
    auto& shares = out.sealed.emplace_back();
    for (const auto& sender : out.trustees) {
      shares.push_back(sender.sealed_share(self, parameters.certs[self - 1].encryption));
    }
    out.secrets.push_back(out.trustees[self - 1].collect(self, parameters.coefexps, shares).value());
    parameters.verification_keys.push_back(ballot::trustee_public_key(out.secrets.back()));
  }
  return out;
}

}  // namespace suara::test
