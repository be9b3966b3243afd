#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace suara::test {

struct HttpReply {
  unsigned status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;

  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string{} : found->second;
  }
};

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

// A client for tests: one connection to 127.0.0.1, kept as long as the server does. Every call throws
// std::runtime_error where it fails or takes longer than `patience`.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port, bool tls = false,
                      std::chrono::milliseconds patience = std::chrono::seconds(20));
  ~HttpClient();
  HttpClient(HttpClient&&) noexcept;

  // Host, and Content-Length where there is a body, are added.
  HttpReply send(const std::string& method, const std::string& target, const HttpHeaders& headers = {},
                 const std::string& body = {});

  // For what is not a request: bytes out, and one reply in.
  void write(std::string_view bytes);
  HttpReply read(bool to_head = false);
  void finish_writing();                         // half-closes
  std::string read_until(std::string_view end);  // raw bytes up to and with `end`; what follows is kept
  bool closed();                                 // waits for the server to close; false where it sends something

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace suara::test
