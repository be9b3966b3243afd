#pragma once
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "ledger/witness_client.hpp"

namespace suara::http {

// Where a witness takes checkpoints (C2SP: its submission prefix): "https://saksi.example/witness". No user, query or
// fragment.
struct WitnessUrl {
  bool tls = false;
  std::string host;  // as a name to resolve; IPv6 without brackets
  std::string port;
  std::string host_header;
  std::string target;  // "/witness/add-checkpoint"
};
Result<WitnessUrl> parse_witness_url(std::string_view text);  // malformed

struct WitnessPostOptions {
  std::chrono::milliseconds patience{10'000};  // from looking the host up to the end of the answer
  std::size_t max_answer = 16'384;             // bytes of its body
};

// Over one connection that is kept between calls. Certificates are checked against the host's name and the system's
// authorities; redirects are not followed.
std::unique_ptr<ledger::WitnessClient> make_witness_post(WitnessUrl url, WitnessPostOptions options = {});

}  // namespace suara::http
