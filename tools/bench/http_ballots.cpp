#include "tools/bench/http_ballots.hpp"

#include <fmt/format.h>
#include <time.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "tools/bench/round_trip.hpp"
#include "tools/bench/outcome.hpp"

namespace suara::bench {
namespace {

namespace asio = boost::asio;
using asio::use_awaitable;

constexpr std::size_t connections = 32;

struct Load {
  std::uint16_t port;
  std::string target;
  const std::vector<std::string>& ballots;
  std::size_t next = 0;
  std::vector<double> milliseconds{};
};

std::string request_of(const Load& load, const std::string& ballot) {
  return fmt::format(
      "POST {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
      load.target, load.port, ballot.size(), ballot);
}

asio::awaitable<void> post_ballot(asio::ip::tcp::socket& socket, const std::string& request) {
  const auto answer = co_await round_trip(socket, request);
  if (!answer.starts_with("HTTP/1.1 201 ")) throw Stopped("suarad did not accept a ballot: " + answer);
}

asio::awaitable<void> run_connection(asio::io_context& context, Load& load) {
  asio::ip::tcp::socket socket(context);
  co_await socket.async_connect({asio::ip::address_v4::loopback(), load.port}, use_awaitable);
  while (load.next < load.ballots.size()) {
    const auto& ballot = load.ballots[load.next++];
    const Stopwatch watch;
    co_await post_ballot(socket, request_of(load, ballot));
    load.milliseconds.push_back(watch.seconds() * 1000);
  }
}

double own_cpu_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

}  // namespace

void measure_http(const Service& service, const ElectionUuid& uuid, const std::vector<std::string>& ballots,
                  const Wall& all_cores) {
  asio::io_context context(1);
  Load load{service.port(), "/api/v1/elections/" + uuid.value + "/ballots", ballots};
  std::exception_ptr failure;
  for (std::size_t i = 0; i < connections; ++i) {
    asio::co_spawn(context, run_connection(context, load), [&](const std::exception_ptr& thrown) {
      if (!thrown) return;
      failure = thrown;
      context.stop();
    });
  }
  const double cpu = own_cpu_seconds();
  const Stopwatch watch;
  context.run();
  const double seconds = watch.seconds();
  if (failure) std::rethrow_exception(failure);
  print_figure("ballots of 4 choices over HTTP", static_cast<double>(ballots.size()) / seconds, "ballots/s",
               {all_cores});
  print_note(fmt::format("{} ballots, {} keep-alive connections: {}; the client took {:.0f} % of one of the same cores",
                         ballots.size(), connections, percentiles(load.milliseconds),
                         100 * (own_cpu_seconds() - cpu) / seconds));
}

}  // namespace suara::bench
