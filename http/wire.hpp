#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "http/message.hpp"

// HTTP/1.1 over one socket, with or without TLS. Beast stays behind this header.
namespace suara::http {

namespace asio = boost::asio;

struct WireLimits {
  std::size_t max_header = 16'384;
  std::chrono::seconds idle{60};        // between requests
  std::chrono::seconds read{15};        // a request's header; a small body; the TLS handshake
  std::chrono::seconds write{30};       // a response, plus what its size needs at slowest_rate
  std::chrono::seconds linger{2};       // for the client to read a refusal of what it is still sending
  std::size_t slowest_rate = 64 << 10;  // bytes a second a large body must keep up
};

// A request's header, as read.
struct Head {
  Request request;
  bool keep_alive = false;
  bool has_body = false;
  std::optional<std::uint64_t> content_length;  // nothing where the body is chunked or missing
};

struct Closed {};  // the client went away or stayed idle: there is nobody to answer

// Not thread-safe: all calls and resumptions are on the socket's strand. After any failure the caller ends the
// connection.
class Wire {
 public:
  virtual ~Wire() = default;
  virtual asio::any_io_executor executor() = 0;

  virtual asio::awaitable<bool> handshake() = 0;
  // An answerable fault of the header comes as a ready Response (400, 408, 431).
  virtual asio::awaitable<std::variant<Head, Response, Closed>> read_head() = 0;
  // Errors: too_large, timeout, malformed (shorter than announced, or badly framed).
  virtual asio::awaitable<Result<std::string>> read_body(std::size_t limit) = 0;
  virtual asio::awaitable<bool> write(const Response& response, bool head_only, bool keep_alive) = 0;

  // An endless response: the header, then pieces. False where the client has gone.
  virtual asio::awaitable<bool> start_stream(const Response& response) = 0;
  virtual asio::awaitable<bool> write_piece(std::string_view text) = 0;
  virtual asio::awaitable<void> end_stream() = 0;
  // Returns when the client closes or sends anything; runs beside write_piece.
  virtual asio::awaitable<void> until_closed() = 0;

  // Ends the connection. `linger` lets the client read the answer to a body that was not read.
  virtual asio::awaitable<void> finish(bool linger) = 0;

  virtual bool idle() const = 0;  // waiting for the first byte of a request
  virtual void cancel() = 0;      // whatever is being waited for fails
};

std::unique_ptr<Wire> make_wire(asio::ip::tcp::socket socket, const WireLimits& limits);
std::unique_ptr<Wire> make_tls_wire(asio::ip::tcp::socket socket, asio::ssl::context& tls, const WireLimits& limits);

}  // namespace suara::http
