#include "http/wire.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/chunk_encode.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <vector>

#include "http/open_file.hpp"

namespace suara::http {
namespace {

namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using boost::system::error_code;
using tcp = asio::ip::tcp;
using TlsStream = asio::ssl::stream<tcp::socket>;
constexpr std::size_t file_piece = 256 << 10;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

tcp::socket& socket_of(tcp::socket& stream) { return stream; }
tcp::socket& socket_of(TlsStream& stream) { return stream.next_layer(); }

Method method_of(bhttp::verb verb) {
  switch (verb) {
    case bhttp::verb::get:
      return Method::get;
    case bhttp::verb::head:
      return Method::head;
    case bhttp::verb::post:
      return Method::post;
    case bhttp::verb::delete_:
      return Method::remove;
    case bhttp::verb::options:
      return Method::options;
    default:
      return Method::other;
  }
}

Response refusal(unsigned status, ErrorCode code, std::string detail) {
  Response response = error_response({code, std::move(detail)});
  response.status = status;
  return response;
}

bool is_http_fault(const error_code& code) {
  return code.category() == bhttp::make_error_code(bhttp::error::bad_method).category();
}

template <class Stream>
class StreamWire final : public Wire {
 public:
  template <class... Args>
  StreamWire(const WireLimits& limits, tcp::socket socket, Args&... args)
      : limits_(limits), stream_(std::move(socket), args...), deadline_(stream_.get_executor()) {}

  asio::any_io_executor executor() override { return stream_.get_executor(); }
  bool idle() const override { return idle_; }

  void cancel() override {
    error_code ignored;
    socket_of(stream_).cancel(ignored);
  }

  asio::awaitable<bool> handshake() override {
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      allow(limits_.read);
      const auto [code] = co_await stream_.async_handshake(asio::ssl::stream_base::server, as_result);
      deadline_.cancel();
      co_return !code;
    }
    co_return true;
  }

  asio::awaitable<std::variant<Head, Response, Closed>> read_head() override {
    if (buffer_.size() == 0) {
      allow(limits_.idle);
      idle_ = true;
      const auto [code, count] = co_await stream_.async_read_some(buffer_.prepare(4096), as_result);
      idle_ = false;
      if (code) co_return Closed{};
      buffer_.commit(count);
    }
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(limits_.max_header));
    parser_->body_limit(boost::none);  // judged once the route is known
    allow(limits_.read);
    const auto [code, count] = co_await bhttp::async_read_header(stream_, buffer_, *parser_, as_result);
    deadline_.cancel();
    if (code) co_return header_fault(code);
    co_return head();
  }

  asio::awaitable<Result<std::string>> read_body(std::size_t limit) override {
    const auto length = parser_->content_length();
    if (length && *length > limit) co_return too_large(limit);
    parser_->body_limit(limit);
    allow(limits_.read + needed(length ? static_cast<std::size_t>(*length) : limit));
    if (expects_continue_ && buffer_.size() == 0) {
      static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
      const auto [code, count] =
          co_await asio::async_write(stream_, asio::buffer(go_on.data(), go_on.size()), as_result);
      if (code) co_return fail(ErrorCode::malformed, "The connection was lost.");
    }
    const auto [code, count] = co_await bhttp::async_read(stream_, buffer_, *parser_, as_result);
    deadline_.cancel();
    if (!code) co_return std::move(parser_->get().body());
    if (code == bhttp::error::body_limit) co_return too_large(limit);
    if (timed_out_) co_return fail(ErrorCode::timeout, "The body did not arrive in time; send the request again.");
    co_return fail(ErrorCode::malformed, "The body is cut short or badly framed; send the request again.");
  }

  asio::awaitable<bool> write(const Response& response, bool head_only, bool keep_alive) override {
    if (response.file) co_return co_await write_file(response, head_only, keep_alive);
    const std::string_view body = response.body ? std::string_view(*response.body) : std::string_view{};
    allow(limits_.write + needed(body.size()));
    error_code code;
    if (head_only || body.empty()) {
      bhttp::response<bhttp::empty_body> message = header<bhttp::empty_body>(response, keep_alive);
      if (response.status != 204 && response.status != 304) message.content_length(body.size());
      std::tie(code, std::ignore) = co_await bhttp::async_write(stream_, message, as_result);
    } else {
      auto message = header<bhttp::span_body<const char>>(response, keep_alive);
      message.body() = {body.data(), body.size()};
      message.content_length(body.size());
      std::tie(code, std::ignore) = co_await bhttp::async_write(stream_, message, as_result);
    }
    deadline_.cancel();
    co_return !code;
  }

  asio::awaitable<bool> start_stream(const Response& response) override {
    auto message = header<bhttp::empty_body>(response, false);
    chunked_ = version_ >= 11;  // older clients read until the end
    message.chunked(chunked_);
    bhttp::response_serializer<bhttp::empty_body> serializer(message);
    allow(limits_.write);
    const auto [code, count] = co_await bhttp::async_write_header(stream_, serializer, as_result);
    deadline_.cancel();
    co_return !code;
  }

  asio::awaitable<bool> write_piece(std::string_view text) override {
    allow(limits_.write);
    error_code code;
    const asio::const_buffer piece(text.data(), text.size());
    if (chunked_) {
      std::tie(code, std::ignore) = co_await asio::async_write(stream_, bhttp::make_chunk(piece), as_result);
    } else {
      std::tie(code, std::ignore) = co_await asio::async_write(stream_, piece, as_result);
    }
    deadline_.cancel();
    co_return !code;
  }

  asio::awaitable<void> end_stream() override {
    if (!chunked_) co_return;
    allow(limits_.linger);
    co_await asio::async_write(stream_, bhttp::make_chunk_last(), as_result);
    deadline_.cancel();
  }

  asio::awaitable<void> until_closed() override {
    char byte = 0;
    co_await stream_.async_read_some(asio::buffer(&byte, 1), as_result);
  }

  asio::awaitable<void> finish(bool linger) override {
    error_code ignored;
    allow(limits_.linger);
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      if (!linger) co_await stream_.async_shutdown(as_result);
    }
    socket_of(stream_).shutdown(tcp::socket::shutdown_send, ignored);
    // A socket closed with unread bytes resets the connection, and the client would never see why it was refused.
    std::size_t left = linger ? 1u << 20 : 0;
    char waste[4096];
    while (left > 0 && !timed_out_) {
      const auto [code, count] = co_await socket_of(stream_).async_read_some(asio::buffer(waste), as_result);
      if (code) break;
      left -= std::min(left, count);
    }
    deadline_.cancel();
    socket_of(stream_).close(ignored);
  }

 private:
  // Never more of it in memory than a piece. A client that reads nothing for as long as a piece may take is dropped.
  asio::awaitable<bool> write_file(const Response& response, bool head_only, bool keep_alive) {
    const OpenFile& file = *response.file;
    auto message = header<bhttp::empty_body>(response, keep_alive);
    message.content_length(file.size());
    bhttp::response_serializer<bhttp::empty_body> serializer(message);
    allow(limits_.write);
    auto [code, count] = co_await bhttp::async_write_header(stream_, serializer, as_result);
    std::vector<char> piece;
    for (std::uint64_t at = 0; !code && !head_only && at < file.size(); at += piece.size()) {
      piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(file_piece, file.size() - at)));
      if (!file.read(at, piece)) code = asio::error::broken_pipe;  // the length was promised: only an end tells
      allow(limits_.write + needed(piece.size()));
      if (!code) std::tie(code, std::ignore) = co_await asio::async_write(stream_, asio::buffer(piece), as_result);
    }
    deadline_.cancel();
    co_return !code;
  }

  // From now on, whatever is waited for is cancelled after `span`. Beast's own timeouts close the socket, and a 408
  // could not be sent any more.
  void allow(std::chrono::steady_clock::duration span) {
    timed_out_ = false;
    const std::uint64_t turn = ++turn_;
    deadline_.expires_after(span);
    deadline_.async_wait([this, turn, alive = std::weak_ptr<int>(alive_)](error_code code) {
      if (code || alive.expired() || turn != turn_) return;
      timed_out_ = true;
      cancel();
    });
  }

  std::chrono::seconds needed(std::size_t bytes) const { return std::chrono::seconds(bytes / limits_.slowest_rate); }

  static tl::unexpected<Error> too_large(std::size_t limit) {
    return fail(ErrorCode::too_large, "The body may be at most " + std::to_string(limit) + " bytes.");
  }

  std::variant<Head, Response, Closed> header_fault(const error_code& code) {
    version_ = 11;
    if (timed_out_) return refusal(408, ErrorCode::timeout, "The request did not arrive in time; send it again.");
    if (code == bhttp::error::header_limit || code == bhttp::error::buffer_overflow) {
      return refusal(431, ErrorCode::too_large,
                     "The header of the request may be at most " + std::to_string(limits_.max_header) + " bytes.");
    }
    if (code == bhttp::error::end_of_stream || code == bhttp::error::partial_message || !is_http_fault(code)) {
      return Closed{};
    }
    return refusal(400, ErrorCode::malformed, "The request is not valid HTTP/1.1.");
  }

  std::variant<Head, Response, Closed> head() {
    const auto& message = parser_->get();
    version_ = message.version();
    Head head;
    head.keep_alive = message.keep_alive();
    head.has_body = !parser_->is_done() && (parser_->chunked() || parser_->content_length().value_or(0) > 0);
    if (const auto length = parser_->content_length()) head.content_length = *length;
    Request& request = head.request;
    request.method = method_of(message.method());
    for (const auto& field : message) {
      std::string name(field.name_string());
      for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      request.headers.emplace_back(std::move(name), std::string(field.value()));
    }
    expects_continue_ = beast::iequals(message[bhttp::field::expect], "100-continue");
    if (version_ >= 11 && message.count(bhttp::field::host) != 1) {
      return refusal(400, ErrorCode::malformed, "The request must have one Host header.");
    }
    const auto target = message.target();
    if (auto read = read_target({target.data(), target.size()}, request); !read) return error_response(read.error());
    error_code ignored;
    request.peer = socket_of(stream_).remote_endpoint(ignored).address().to_string();
    return head;
  }

  template <class Body>
  bhttp::response<Body> header(const Response& response, bool keep_alive) const {
    bhttp::response<Body> message;
    message.version(version_ >= 11 ? 11 : 10);
    message.result(response.status);
    if (!response.content_type.empty()) message.set(bhttp::field::content_type, response.content_type);
    for (const auto& [name, value] : response.headers) message.insert(name, value);
    message.keep_alive(keep_alive);
    return message;
  }

  const WireLimits limits_;
  Stream stream_;
  asio::steady_timer deadline_;
  beast::flat_buffer buffer_{128 << 10};
  std::optional<bhttp::request_parser<bhttp::string_body>> parser_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);
  std::uint64_t turn_ = 0;
  unsigned version_ = 11;
  bool timed_out_ = false;
  bool idle_ = false;
  bool expects_continue_ = false;
  bool chunked_ = false;
};

}  // namespace

std::unique_ptr<Wire> make_wire(tcp::socket socket, const WireLimits& limits) {
  return std::make_unique<StreamWire<tcp::socket>>(limits, std::move(socket));
}

std::unique_ptr<Wire> make_tls_wire(tcp::socket socket, asio::ssl::context& tls, const WireLimits& limits) {
  return std::make_unique<StreamWire<TlsStream>>(limits, std::move(socket), tls);
}

}  // namespace suara::http
