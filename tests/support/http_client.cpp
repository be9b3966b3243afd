#include "tests/support/http_client.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>
#include <stdexcept>

namespace suara::test {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using tcp = asio::ip::tcp;

struct HttpClient::Impl {
  asio::io_context context;
  asio::ssl::context tls{asio::ssl::context::tls_client};
  tcp::socket socket{context};
  std::optional<asio::ssl::stream<tcp::socket&>> secure;
  beast::flat_buffer buffer;
  std::chrono::milliseconds patience;

  // Runs what was started until it has called back.
  error_code finish(const std::optional<error_code>& outcome) {
    context.restart();
    context.run_for(patience);
    if (!outcome) {
      socket.close();
      throw std::runtime_error("the server did not answer in time");
    }
    return *outcome;
  }

  template <class Start>
  error_code run(Start start) {
    std::optional<error_code> outcome;
    start([&outcome](error_code code, std::size_t = 0) { outcome = code; });
    return finish(outcome);
  }

  template <class Use>
  void on_stream(Use use) {
    if (secure) {
      use(*secure);
    } else {
      use(socket);
    }
  }
};

namespace {

void check(const error_code& code, const char* what) {
  if (code) throw std::runtime_error(std::string(what) + ": " + code.message());
}

}  // namespace

HttpClient::HttpClient(std::uint16_t port, bool tls, std::chrono::milliseconds patience)
    : impl_(std::make_unique<Impl>()) {
  impl_->patience = patience;
  const tcp::endpoint server(asio::ip::address_v4::loopback(), port);
  check(impl_->run([&](auto done) { impl_->socket.async_connect(server, std::move(done)); }), "connect");
  if (!tls) return;
  impl_->secure.emplace(impl_->socket, impl_->tls);
  check(impl_->run([&](auto done) { impl_->secure->async_handshake(asio::ssl::stream_base::client, std::move(done)); }),
        "handshake");
}

HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;

HttpReply HttpClient::send(const std::string& method, const std::string& target, const HttpHeaders& headers,
                           const std::string& body) {
  std::string text = method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  for (const auto& [name, value] : headers) text += name + ": " + value + "\r\n";
  if (!body.empty() || method == "POST") text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  write(text + "\r\n" + body);
  return read(method == "HEAD");
}

void HttpClient::write(std::string_view bytes) {
  impl_->on_stream([&](auto& stream) {
    const auto code = impl_->run(
        [&](auto done) { asio::async_write(stream, asio::buffer(bytes.data(), bytes.size()), std::move(done)); });
    // The server may refuse and stop reading before all is sent; its reply tells.
    if (code != asio::error::broken_pipe && code != asio::error::connection_reset) check(code, "write");
  });
}

HttpReply HttpClient::read(bool to_head) {
  beast::http::response_parser<beast::http::string_body> parser;
  parser.body_limit(64u << 20);
  parser.skip(to_head);
  impl_->on_stream([&](auto& stream) {
    check(impl_->run([&](auto done) { beast::http::async_read(stream, impl_->buffer, parser, std::move(done)); }),
          "read");
  });
  HttpReply reply;
  reply.status = parser.get().result_int();
  for (const auto& field : parser.get()) {
    std::string name(field.name_string());
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    reply.headers[name] = std::string(field.value());
  }
  reply.body = std::move(parser.get().body());
  return reply;
}

void HttpClient::finish_writing() { impl_->socket.shutdown(tcp::socket::shutdown_send); }

std::string HttpClient::read_until(std::string_view end) {
  std::string text;
  impl_->on_stream([&](auto& stream) {
    auto bytes = asio::dynamic_buffer(text);
    if (impl_->buffer.size() > 0) {
      text.append(static_cast<const char*>(impl_->buffer.data().data()), impl_->buffer.size());
      impl_->buffer.clear();
    }
    std::size_t length = 0;
    std::optional<error_code> outcome;
    asio::async_read_until(stream, bytes, std::string(end), [&](error_code code, std::size_t size) {
      outcome = code;
      length = size;
    });
    check(impl_->finish(outcome), "read");
    const std::string_view rest = std::string_view(text).substr(length);
    const auto room = impl_->buffer.prepare(rest.size());
    std::copy(rest.begin(), rest.end(), static_cast<char*>(room.data()));
    impl_->buffer.commit(rest.size());
    text.resize(length);
  });
  return text;
}

bool HttpClient::closed() {
  char byte = 0;
  error_code code;
  impl_->on_stream([&](auto& stream) {
    code = impl_->run([&](auto done) { stream.async_read_some(asio::buffer(&byte, 1), std::move(done)); });
  });
  return code.failed();
}

}  // namespace suara::test
