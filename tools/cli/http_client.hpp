#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tools/cli/outcome.hpp"
#include "tools/cli/server_url.hpp"

namespace suara::cli {

struct Request {
  enum class Method { get, post, del };
  Method method = Method::get;
  std::string target;  // "/api/v1/elections"
  std::string body{};
  std::string content_type{};  // sent where there is a body
  std::string cookie{};
  std::string csrf_token{};
  std::uint64_t max_reply = 16u << 20;  // bytes of the reply's body
  std::chrono::seconds patience{60};    // from connecting to the end of the reply
};

struct Reply {
  unsigned status = 0;
  std::string content_type;
  std::string set_cookie;
  std::string retry_after;
  std::string body;
  bool ok() const { return status >= 200 && status < 300; }
};

// HTTP/1.1 to one server, over TLS where its URL says https (the certificate is then checked against the host's
// name and the system's authorities, or those in `ca_file`). The connection is kept between GETs; a request that
// changes something always goes over a fresh one, so that it never has to be repeated blindly.
class HttpClient {
 public:
  HttpClient(ServerUrl server, std::string ca_file);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  const ServerUrl& server() const;

  // Faults: unreachable (no connection, no TLS, no whole reply in time), usage (the CA file). Any status is a reply.
  Outcome<Reply> send(const Request& request);

 private:
  class Connection;
  class PlainConnection;
  class TlsConnection;
  struct Impl;
  Outcome<void> connect(const Request& request);
  std::unique_ptr<Impl> impl_;
};

}  // namespace suara::cli
