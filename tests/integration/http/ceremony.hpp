#pragma once
#include <string>
#include <vector>

#include "core/ballot/threshold.hpp"
#include "tests/integration/http/site.hpp"

namespace suara::test {

// The threshold trustees of an election, each with a seed of its own, over HTTP. Trustees count from 1. A body is made
// from what the service shows at that moment; every step of run_until() throws where it is not answered as expected.
class WebCeremony {
 public:
  enum class Step { certificates, coefexps, confirmations, done };
  WebCeremony(const TestSite& site, std::string uuid, const election::Threshold& threshold);

  std::string certificate_body(std::uint32_t number) const;
  std::string coefexps_body(std::uint32_t number) const;
  // With other shares than the trustee's own.
  std::string coefexps_body(std::uint32_t number, const std::vector<std::string>& shares) const;
  std::vector<std::string> shares_of(std::uint32_t number) const;  // base64, for all recipients
  std::string confirmation_body(std::uint32_t number) const;
  // The trustee's share of the secret, from what the service hands out.
  crypto::SecretScalar secret(std::uint32_t number) const;

  HttpReply post(const std::string& step, const std::string& body) const;  // "/certificate", ... as a trustee
  std::string path(const std::string& rest = {}) const { return "/api/v1/elections/" + uuid_ + "/ceremony" + rest; }
  std::string step() const;  // as the service tells it
  void run_until(Step step) const;

 private:
  std::vector<ballot::Certificate> certificates() const;
  std::vector<ballot::Coefexps> coefexps() const;
  // The texts of all members, by the name of their member in GET /ceremony.
  std::vector<std::string> members(const std::string& name) const;

  const TestSite& site_;
  StaffAccess trustee_;
  std::string uuid_;
  std::vector<ballot::CeremonyTrustee> trustees_;
};

}  // namespace suara::test
