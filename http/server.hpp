#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.hpp"

namespace suara::http {

struct Site;

struct TlsFiles {
  std::filesystem::path certificate;  // PEM, with the chain
  std::filesystem::path key;          // PEM
};

struct ServerOptions {
  std::string address = "127.0.0.1";  // IPv4 or IPv6, numeric
  std::uint16_t port = 8080;          // 0: any free one
  std::size_t threads = 2;
  std::size_t max_connections = 1024;
  std::chrono::seconds idle{60};
  std::chrono::seconds read{15};
  std::chrono::seconds grace{10};  // for the requests under way when stopping
  std::optional<TlsFiles> tls;
};

// Accepts connections and keeps them within bounds.
class Server {
 public:
  // Errors: internal (the address cannot be bound), malformed (address, certificate or key).
  static Result<std::unique_ptr<Server>> open(const Site& site, ServerOptions options);
  ~Server();

  std::uint16_t port() const;
  std::size_t connections() const;
  void start();  // returns at once
  // Accepts no more, lets requests under way finish for at most `grace`, then joins the threads.
  void stop();

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace suara::http
