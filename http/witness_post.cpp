#include "http/witness_post.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <mutex>
#include <optional>

#include "http/host_lookup.hpp"

namespace suara::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
namespace ssl = boost::asio::ssl;
using boost::system::error_code;
using Request = bhttp::request<bhttp::string_body>;
using Parser = bhttp::response_parser<bhttp::string_body>;
using Time = std::chrono::steady_clock::time_point;

std::string reason(const error_code& error) {
  if (error == beast::error::timeout) return "it did not answer in time";
  if (error == bhttp::error::end_of_stream || error == bhttp::error::partial_message || error == asio::error::eof ||
      error == ssl::error::stream_truncated)
    return "it closed the connection before it had answered";
  if (error == bhttp::error::body_limit || error == bhttp::error::header_limit)
    return "its answer is larger than one may be";
  if (error.category() == bhttp::make_error_code(bhttp::error::bad_method).category())
    return "what it answers is not HTTP";
  return error.message();
}

// A connection, whose calls run the io_context until they are done or the deadline closes the socket.
class Channel {
 public:
  virtual ~Channel() = default;
  virtual error_code open(const HostLookup::Endpoints& endpoints, Time deadline) = 0;
  virtual error_code exchange(const Request& request, Parser& parser, Time deadline) = 0;
  virtual void close() = 0;
};

template <class Stream>
class StreamChannel : public Channel {
 public:
  template <class... Args>
  explicit StreamChannel(asio::io_context& io, Args&... args) : io_(io), stream_(io, args...) {}

  Stream& stream() { return stream_; }

  error_code open(const HostLookup::Endpoints& endpoints, Time deadline) override {
    error_code result;
    auto& socket = beast::get_lowest_layer(stream_);
    socket.expires_at(deadline);
    socket.async_connect(endpoints, [&](error_code error, const asio::ip::tcp::endpoint&) {
      result = error;
      if constexpr (!std::is_same_v<Stream, beast::tcp_stream>) {
        if (!error) stream_.async_handshake(ssl::stream_base::client, [&](error_code shaken) { result = shaken; });
      }
    });
    run();
    return result;
  }

  error_code exchange(const Request& request, Parser& parser, Time deadline) override {
    error_code result;
    beast::get_lowest_layer(stream_).expires_at(deadline);
    bhttp::async_write(stream_, request, [&](error_code written, std::size_t) {
      result = written;
      if (!written) bhttp::async_read(stream_, buffer_, parser, [&](error_code read, std::size_t) { result = read; });
    });
    run();
    return result;
  }

  void close() override { beast::get_lowest_layer(stream_).close(); }

 private:
  void run() {
    io_.restart();
    io_.run();
  }

  asio::io_context& io_;
  Stream stream_;
  beast::flat_buffer buffer_;
};

using PlainChannel = StreamChannel<beast::tcp_stream>;
using TlsChannel = StreamChannel<beast::ssl_stream<beast::tcp_stream>>;

class WitnessPost final : public ledger::WitnessClient {
 public:
  WitnessPost(WitnessUrl url, WitnessPostOptions options) : url_(std::move(url)), options_(options) {}

  Result<ledger::WitnessReply> add_checkpoint(const std::string& body) override {
    const Time deadline = std::chrono::steady_clock::now() + options_.patience;
    const Request request = request_of(body);
    for (;;) {
      const bool fresh = !channel_;
      if (fresh) {
        auto opened = connect(deadline);
        if (!opened) return fail(std::move(opened.error()));
      }
      Parser parser;
      parser.body_limit(options_.max_answer);
      const error_code error =
          stopping() ? error_code(asio::error::operation_aborted) : channel_->exchange(request, parser, deadline);
      if (!error) {
        auto response = parser.release();
        if (!response.keep_alive()) channel_.reset();
        return ledger::WitnessReply{response.result_int(), std::move(response.body())};
      }
      channel_.reset();
      // One that was kept may have been closed by the other side meanwhile. Sending twice does no harm.
      if (fresh || stopping() || std::chrono::steady_clock::now() >= deadline)
        return fail(ErrorCode::unavailable, reason(error));
    }
  }

  void stop() override {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (lookup_) lookup_->abandon();
    asio::post(io_, [this] {
      if (channel_) channel_->close();
    });
  }

 private:
  bool stopping() {
    const std::lock_guard lock(mutex_);
    return stopping_;
  }

  Request request_of(const std::string& body) const {
    Request request(bhttp::verb::post, url_.target, 11);
    request.set(bhttp::field::host, url_.host_header);
    request.set(bhttp::field::user_agent, "suara");
    request.set(bhttp::field::content_type, "text/plain; charset=utf-8");
    request.keep_alive(true);
    request.body() = body;
    request.prepare_payload();
    return request;
  }

  Result<HostLookup::Endpoints> look_up(Time deadline) {
    error_code error;
    const auto address = asio::ip::make_address(url_.host, error);
    const auto port = static_cast<std::uint16_t>(std::stoul(url_.port));
    if (!error) return HostLookup::Endpoints{{address, port}};
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return fail(ErrorCode::unavailable, "the service is stopping");
      lookup_ = HostLookup::begin(url_.host, url_.port);
    }
    return lookup_->wait(deadline);
  }

  Result<void> connect(Time deadline) {
    auto endpoints = look_up(deadline);
    if (!endpoints) return fail(std::move(endpoints.error()));
    if (url_.tls) {
      if (!tls_) {
        tls_.emplace(ssl::context::tls_client);
        tls_->set_verify_mode(ssl::verify_peer);
        error_code error;
        tls_->set_default_verify_paths(error);
      }
      auto channel = std::make_unique<TlsChannel>(io_, *tls_);
      SSL_set_tlsext_host_name(channel->stream().native_handle(), url_.host.c_str());
      channel->stream().set_verify_callback(ssl::host_name_verification(url_.host));
      channel_ = std::move(channel);
    } else {
      channel_ = std::make_unique<PlainChannel>(io_);
    }
    const error_code error =
        stopping() ? error_code(asio::error::operation_aborted) : channel_->open(*endpoints, deadline);
    if (!error) return {};
    channel_.reset();
    return fail(ErrorCode::unavailable, reason(error));
  }

  const WitnessUrl url_;
  const WitnessPostOptions options_;
  asio::io_context io_;
  std::optional<ssl::context> tls_;
  std::unique_ptr<Channel> channel_;
  std::mutex mutex_;
  bool stopping_ = false;
  std::shared_ptr<HostLookup> lookup_;
};

}  // namespace

Result<WitnessUrl> parse_witness_url(std::string_view text) {
  const auto wrong = [] {
    return fail(ErrorCode::malformed,
                "A witness's address must look like http://host:port or https://host/path, without user, query or "
                "fragment.");
  };
  const auto parsed = boost::urls::parse_uri(boost::urls::string_view(text.data(), text.size()));
  if (!parsed || parsed->has_userinfo() || parsed->has_query() || parsed->has_fragment()) return wrong();
  const auto scheme = parsed->scheme_id();
  if (scheme != boost::urls::scheme::http && scheme != boost::urls::scheme::https) return wrong();
  WitnessUrl url;
  url.tls = scheme == boost::urls::scheme::https;
  const auto host = parsed->host_address();
  url.host.assign(host.data(), host.size());
  const auto port = parsed->port();
  url.port = parsed->has_port() ? std::string(port.data(), port.size()) : url.tls ? "443" : "80";
  const auto authority = parsed->encoded_host_and_port();
  url.host_header.assign(authority.data(), authority.size());
  const auto path = parsed->encoded_path();
  url.target.assign(path.data(), path.size());
  while (url.target.ends_with('/')) url.target.pop_back();
  url.target += "/add-checkpoint";
  std::uint16_t number = 0;
  const char* end = url.port.data() + url.port.size();
  const auto [stop, code] = std::from_chars(url.port.data(), end, number);
  if (url.host.empty() || code != std::errc{} || stop != end || number == 0) return wrong();
  return url;
}

std::unique_ptr<ledger::WitnessClient> make_witness_post(WitnessUrl url, WitnessPostOptions options) {
  return std::make_unique<WitnessPost>(std::move(url), options);
}

}  // namespace suara::http
