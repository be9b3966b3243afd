#pragma once
#include <string>
#include <string_view>

#include "tools/cli/outcome.hpp"

namespace suara::cli {

// Where the service is: "http://127.0.0.1:8080", "https://pemilu.example". No path, query or user.
struct ServerUrl {
  bool tls = false;
  std::string host;  // as a name to resolve; IPv6 without brackets
  std::string port;
  std::string text;  // the URL without a closing slash: what links are made from
  std::string host_header() const;
};

// `option` names where the text came from in errors ("--server").
Outcome<ServerUrl> parse_server_url(std::string_view text, std::string_view option);

// For a value in a query: everything but letters, digits, '-', '.', '_' and '~' as %XX.
std::string percent_encode(std::string_view text);

}  // namespace suara::cli
