#pragma once
#include <vector>

#include "core/ballot/threshold.hpp"

namespace suara::test {

// A key ceremony held by trustees whose seeds the test knows.
struct SampleCeremony {
  std::vector<ballot::CeremonyTrustee> trustees;
  ballot::ThresholdParameters parameters;
  std::vector<crypto::SecretScalar> secrets;  // each trustee's share
  // [recipient][sender]
  std::vector<std::vector<Bytes>> sealed;
};

// `needed` of `trustees`, in any election of the name.
SampleCeremony hold_ceremony(std::uint32_t needed, std::uint32_t trustees, const std::string& uuid = "ucSijHEHGk8LHG");

}  // namespace suara::test
