#include "tools/cli/server_url.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <boost/url/url_view.hpp>

namespace suara::cli {

std::string ServerUrl::host_header() const {
  const std::string name = host.find(':') == std::string::npos ? host : "[" + host + "]";
  return port == (tls ? "443" : "80") ? name : name + ":" + port;
}

Outcome<ServerUrl> parse_server_url(std::string_view text, std::string_view option) {
  const auto refuse = [&](const std::string& why) {
    return stop(ExitCode::usage, "usage",
                std::string(option) + " " + why + " Give an address such as http://127.0.0.1:8080.");
  };
  const auto parsed = boost::urls::parse_uri({text.data(), text.size()});
  if (!parsed) return refuse("is not a URL.");
  const boost::urls::url_view url = *parsed;
  if (url.scheme_id() != boost::urls::scheme::http && url.scheme_id() != boost::urls::scheme::https) {
    return refuse("must begin with http:// or https://.");
  }
  if (url.host().empty()) return refuse("names no host.");
  if (url.has_userinfo()) return refuse("must not hold a user or password; see --user and --password-file.");
  if (url.has_query() || url.has_fragment() || (!url.encoded_path().empty() && url.encoded_path() != "/")) {
    return refuse("must have no path, query or fragment.");
  }
  ServerUrl out;
  out.tls = url.scheme_id() == boost::urls::scheme::https;
  out.host = url.host_type() == boost::urls::host_type::ipv6 ? std::string(url.host_ipv6_address().to_string())
                                                             : std::string(url.host());
  out.port = url.port().empty() ? (out.tls ? "443" : "80") : std::string(url.port());
  out.text = (out.tls ? "https://" : "http://") + out.host_header();
  return out;
}

std::string percent_encode(std::string_view text) {
  return boost::urls::encode({text.data(), text.size()}, boost::urls::unreserved_chars);
}

}  // namespace suara::cli
