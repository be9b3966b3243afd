#include "tools/bench/round_trip.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/completion_condition.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <charconv>

#include "tools/bench/outcome.hpp"

namespace suara::bench {
namespace {

namespace asio = boost::asio;
using asio::use_awaitable;

std::size_t content_length(std::string_view head) {
  constexpr std::string_view name = "\r\nContent-Length: ";
  const auto at = head.find(name);
  std::size_t length = 0;
  if (at != std::string_view::npos) std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
  if (length == 0) throw Stopped("an answer of suarad has no length: " + std::string(head));
  return length;
}

}  // namespace

asio::awaitable<std::string> round_trip(asio::ip::tcp::socket& socket, const std::string& request) {
  co_await asio::async_write(socket, asio::buffer(request), use_awaitable);
  std::string answer;
  const auto head = co_await asio::async_read_until(socket, asio::dynamic_buffer(answer), "\r\n\r\n", use_awaitable);
  const auto whole = head + content_length(std::string_view(answer).substr(0, head));
  if (answer.size() < whole) {
    const auto missing = asio::transfer_exactly(whole - answer.size());
    co_await asio::async_read(socket, asio::dynamic_buffer(answer), missing, use_awaitable);
  }
  co_return answer;
}

}  // namespace suara::bench
