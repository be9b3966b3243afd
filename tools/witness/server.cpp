#include "tools/witness/server.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <charconv>
#include <chrono>
#include <ctime>

#include "tools/witness/refusal_log.hpp"

namespace suara::witness {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t max_connections = 256;
constexpr std::uint32_t max_header = 8 << 10;
constexpr auto idle_limit = std::chrono::seconds(30);
constexpr auto drain_limit = std::chrono::seconds(3);
constexpr std::size_t max_drained = 256 << 10;

struct Site {
  State& state;
  const std::function<void(const std::string&)>& tell;
  RefusalLog refusals{tell};
  std::size_t connections = 0;
};

bhttp::response<bhttp::string_body> response_of(Answer given, unsigned version, bool keep_alive) {
  bhttp::response<bhttp::string_body> response(bhttp::int_to_status(given.status), version);
  response.set(bhttp::field::content_type, given.content_type);
  response.set(bhttp::field::cache_control, "no-store");
  if (!given.allow.empty()) response.set(bhttp::field::allow, given.allow);
  response.keep_alive(keep_alive);
  response.body() = std::move(given.body);
  response.prepare_payload();
  return response;
}

Method method_of(bhttp::verb verb) {
  return verb == bhttp::verb::get ? Method::get : verb == bhttp::verb::post ? Method::post : Method::other;
}

// A request that cannot be read is told so, and the connection ends.
asio::awaitable<void> refuse(beast::tcp_stream& stream, const error_code& why) {
  unsigned status = 400;
  if (why == bhttp::error::body_limit) status = 413;
  if (why == bhttp::error::header_limit) status = 431;
  auto response = response_of({status, "text/plain; charset=utf-8", why.message() + "\n"}, 11, false);
  co_await bhttp::async_write(stream, response, as_result);
  // To close on bytes that nobody read would reset the connection, and the client might never see the reply.
  error_code ignored;
  stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
  stream.expires_after(drain_limit);
  std::array<char, 4096> bytes;
  for (std::size_t drained = 0; drained < max_drained;) {
    const auto [error, count] = co_await stream.async_read_some(asio::buffer(bytes), as_result);
    if (error) break;
    drained += count;
  }
}

asio::awaitable<void> session(tcp::socket socket, Site& site) {
  beast::tcp_stream stream(std::move(socket));
  beast::flat_buffer buffer;
  for (bool keep_alive = true; keep_alive;) {
    bhttp::request_parser<bhttp::string_body> parser;
    parser.header_limit(max_header);
    parser.body_limit(log::max_add_checkpoint_size);
    stream.expires_after(idle_limit);
    const auto [error, bytes] = co_await bhttp::async_read(stream, buffer, parser, as_result);
    if (error) {
      if (error.category() == bhttp::make_error_code(bhttp::error::bad_method).category() &&
          error != bhttp::error::end_of_stream) {
        co_await refuse(stream, error);
      }
      break;
    }
    const auto request = parser.release();
    // The body of an answer to HEAD would be taken for the next answer.
    keep_alive = request.keep_alive() && request.method() != bhttp::verb::head;
    const auto target = request.target();
    const auto now = static_cast<std::uint64_t>(std::time(nullptr));
    Answer given =
        answer(site.state, method_of(request.method()), {target.data(), target.size()}, request.body(), now);
    if (!given.told.empty() && given.status >= 400) site.refusals.add(given.told, now);
    if (!given.told.empty() && given.status < 400) site.tell(given.told);
    auto response = response_of(std::move(given), request.version(), keep_alive);
    stream.expires_after(idle_limit);
    const auto [write_error, written] = co_await bhttp::async_write(stream, response, as_result);
    if (write_error) break;
  }
  error_code ignored;
  stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
}

asio::awaitable<void> counted(tcp::socket socket, Site& site) {
  struct Place {
    std::size_t& taken;
    ~Place() { --taken; }
  };
  ++site.connections;
  const Place place{site.connections};
  co_await session(std::move(socket), site);
}

asio::awaitable<void> accept(tcp::acceptor& acceptor, Site& site) {
  asio::steady_timer pause(acceptor.get_executor());
  for (;;) {
    auto [error, socket] = co_await acceptor.async_accept(as_result);
    if (error == asio::error::operation_aborted) co_return;
    if (error) {  // out of descriptors, most likely: some will be given back
      pause.expires_after(std::chrono::milliseconds(100));
      co_await pause.async_wait(as_result);
      continue;
    }
    if (site.connections >= max_connections) continue;  // closed at once
    asio::co_spawn(acceptor.get_executor(), counted(std::move(socket), site), asio::detached);
  }
}

}  // namespace

Result<Listen> read_listen(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  Listen listen;
  if (colon != text.npos && colon > 0) {
    listen.address = text.substr(0, colon);
    if (listen.address.starts_with('[') && listen.address.ends_with(']')) {
      listen.address = listen.address.substr(1, listen.address.size() - 2);
    }
    if (listen.address == "localhost") listen.address = "127.0.0.1";
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, listen.port);
    error_code bad;
    asio::ip::make_address(listen.address, bad);
    if (error == std::errc{} && stop == end && !bad) return listen;
  }
  return fail(ErrorCode::malformed, "'" + text + "' is no address to listen at: give HOST:PORT, such as 0.0.0.0:8090.");
}

Result<void> serve(State& state, const Listen& listen, const std::function<void(const std::string& url)>& listening,
                   const std::function<void(const std::string& line)>& tell) {
  asio::io_context context(1);
  const tcp::endpoint endpoint(asio::ip::make_address(listen.address), listen.port);
  tcp::acceptor acceptor(context);
  error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
  if (error) {
    return fail(ErrorCode::unavailable, "Cannot listen at " + listen.address + ":" + std::to_string(listen.port) +
                                            ": " + error.message() + ".");
  }
  asio::signal_set signals(context, SIGINT, SIGTERM);
  signals.async_wait([&](const error_code&, int) { context.stop(); });
  const bool v6 = endpoint.address().is_v6();
  listening("http://" + (v6 ? "[" + listen.address + "]" : listen.address) + ":" +
            std::to_string(acceptor.local_endpoint().port()));
  Site site{state, tell};
  asio::co_spawn(context, accept(acceptor, site), asio::detached);
  context.run();
  return {};
}

}  // namespace suara::witness
