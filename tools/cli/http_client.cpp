#include "tools/cli/http_client.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <optional>

namespace suara::cli {
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace ssl = boost::asio::ssl;
using boost::system::error_code;

namespace {

http::request<http::string_body> to_beast(const Request& from, const ServerUrl& server) {
  http::request<http::string_body> out;
  out.version(11);
  switch (from.method) {
    case Request::Method::get:
      out.method(http::verb::get);
      break;
    case Request::Method::post:
      out.method(http::verb::post);
      break;
    case Request::Method::del:
      out.method(http::verb::delete_);
      break;
  }
  out.target(from.target);
  out.set(http::field::host, server.host_header());
  out.set(http::field::user_agent, "suara");
  if (!from.content_type.empty()) out.set(http::field::content_type, from.content_type);
  if (!from.cookie.empty()) out.set(http::field::cookie, from.cookie);
  if (!from.csrf_token.empty()) out.set("X-CSRF-Token", from.csrf_token);
  out.keep_alive(from.method == Request::Method::get);
  out.body() = from.body;
  out.prepare_payload();
  return out;
}

Reply from_beast(http::response<http::string_body>&& from) {
  Reply out;
  out.status = from.result_int();
  out.content_type = std::string(from[http::field::content_type]);
  out.set_cookie = std::string(from[http::field::set_cookie]);
  out.retry_after = std::string(from[http::field::retry_after]);
  out.body = std::move(from.body());
  return out;
}

std::string reason(const error_code& error) {
  if (error == beast::error::timeout) return "no answer in time";
  if (error == http::error::end_of_stream || error == http::error::partial_message || error == asio::error::eof ||
      error == ssl::error::stream_truncated) {
    return "it closed the connection before it had answered";
  }
  if (error == http::error::body_limit) return "its answer is larger than expected";
  return error.message();
}

}  // namespace

// One connection; each call runs the io_context until it is done or out of time.
class HttpClient::Connection {
 public:
  virtual ~Connection() = default;
  virtual error_code open(const asio::ip::tcp::resolver::results_type& where, std::chrono::seconds patience) = 0;
  virtual error_code exchange(const http::request<http::string_body>& request,
                              http::response_parser<http::string_body>& parser, std::chrono::seconds patience) = 0;

 protected:
  explicit Connection(asio::io_context& io) : io_(io) {}

  void run() {
    io_.restart();
    io_.run();
  }

  template <class Stream>
  error_code exchange_on(Stream& stream, const http::request<http::string_body>& request,
                         http::response_parser<http::string_body>& parser, std::chrono::seconds patience) {
    error_code result;
    beast::get_lowest_layer(stream).expires_after(patience);
    http::async_write(stream, request, [&](error_code written, std::size_t) {
      // A service that refuses a large body answers before it has read all of it, so its answer is looked for
      // even where writing failed.
      http::async_read(stream, buffer_, parser,
                       [&, written](error_code read, std::size_t) { result = read && written ? written : read; });
    });
    run();
    return result;
  }

  asio::io_context& io_;
  beast::flat_buffer buffer_;
};

class HttpClient::PlainConnection : public Connection {
 public:
  explicit PlainConnection(asio::io_context& io) : Connection(io), stream_(io) {}

  error_code open(const asio::ip::tcp::resolver::results_type& where, std::chrono::seconds patience) override {
    error_code result;
    stream_.expires_after(patience);
    stream_.async_connect(where, [&](error_code error, const asio::ip::tcp::endpoint&) { result = error; });
    run();
    return result;
  }

  error_code exchange(const http::request<http::string_body>& request, http::response_parser<http::string_body>& parser,
                      std::chrono::seconds patience) override {
    return exchange_on(stream_, request, parser, patience);
  }

 private:
  beast::tcp_stream stream_;
};

class HttpClient::TlsConnection : public Connection {
 public:
  TlsConnection(asio::io_context& io, ssl::context& context, const std::string& host)
      : Connection(io), stream_(io, context) {
    SSL_set_tlsext_host_name(stream_.native_handle(), host.c_str());
    stream_.set_verify_callback(ssl::host_name_verification(host));
  }

  error_code open(const asio::ip::tcp::resolver::results_type& where, std::chrono::seconds patience) override {
    error_code result;
    beast::get_lowest_layer(stream_).expires_after(patience);
    beast::get_lowest_layer(stream_).async_connect(where, [&](error_code error, const asio::ip::tcp::endpoint&) {
      result = error;
      if (error) return;
      stream_.async_handshake(ssl::stream_base::client, [&](error_code shaken) { result = shaken; });
    });
    run();
    return result;
  }

  error_code exchange(const http::request<http::string_body>& request, http::response_parser<http::string_body>& parser,
                      std::chrono::seconds patience) override {
    return exchange_on(stream_, request, parser, patience);
  }

 private:
  beast::ssl_stream<beast::tcp_stream> stream_;
};

struct HttpClient::Impl {
  ServerUrl server;
  std::string ca_file;
  asio::io_context io;
  std::optional<ssl::context> tls;
  std::unique_ptr<Connection> connection;  // usable for another request
};

HttpClient::HttpClient(ServerUrl server, std::string ca_file) : impl_(std::make_unique<Impl>()) {
  impl_->server = std::move(server);
  impl_->ca_file = std::move(ca_file);
}

HttpClient::~HttpClient() = default;

const ServerUrl& HttpClient::server() const { return impl_->server; }

Outcome<void> HttpClient::connect(const Request& request) {
  const ServerUrl& server = impl_->server;
  const auto unreachable = [&](const std::string& why) {
    return stop(ExitCode::unreachable, "unreachable",
                "The service at " + server.text + " cannot be reached: " + why +
                    ". Check the address (--server) and that it is running.");
  };
  error_code error;
  asio::ip::tcp::resolver resolver(impl_->io);
  const auto where = resolver.resolve(server.host, server.port, error);
  if (error) return unreachable(error.message());

  std::unique_ptr<Connection> connection;
  if (server.tls) {
    if (!impl_->tls) {
      impl_->tls.emplace(ssl::context::tls_client);
      impl_->tls->set_verify_mode(ssl::verify_peer);
      if (impl_->ca_file.empty()) {
        impl_->tls->set_default_verify_paths(error);
      } else {
        impl_->tls->load_verify_file(impl_->ca_file, error);
      }
      if (error) {
        impl_->tls.reset();
        return stop(ExitCode::usage, "file",
                    "--ca-file " + impl_->ca_file + " cannot be used: " + error.message() + ".");
      }
    }
    connection = std::make_unique<TlsConnection>(impl_->io, *impl_->tls, server.host);
  } else {
    connection = std::make_unique<PlainConnection>(impl_->io);
  }
  constexpr std::chrono::seconds connect_patience{10};
  error = connection->open(where, std::min(connect_patience, request.patience));
  if (error) return unreachable(reason(error));
  impl_->connection = std::move(connection);
  return {};
}

Outcome<Reply> HttpClient::send(const Request& request) {
  const bool may_repeat = request.method == Request::Method::get;
  const auto message = to_beast(request, impl_->server);
  if (!may_repeat) impl_->connection.reset();
  for (;;) {
    const bool fresh = !impl_->connection;
    if (fresh) {
      if (auto connected = connect(request); !connected) return stop(connected.error());
    }
    http::response_parser<http::string_body> parser;
    parser.body_limit(request.max_reply);
    const error_code error = impl_->connection->exchange(message, parser, request.patience);
    if (!error) {
      auto response = parser.release();
      if (!may_repeat || !response.keep_alive()) impl_->connection.reset();
      return from_beast(std::move(response));
    }
    impl_->connection.reset();
    if (!fresh && may_repeat && error != beast::error::timeout) continue;  // an idle connection was closed on us
    return stop(ExitCode::unreachable, "unreachable",
                "The service at " + impl_->server.text + " did not answer: " + reason(error) + "." +
                    (may_repeat ? "" : " Whether it did what was asked is not known: look before you repeat it."));
  }
}

}  // namespace suara::cli
