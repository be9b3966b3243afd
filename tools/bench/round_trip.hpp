#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string>

namespace suara::bench {

// Sends a request over a kept connection and gives the whole answer, head and body. Stopped where it has no length.
boost::asio::awaitable<std::string> round_trip(boost::asio::ip::tcp::socket& socket, const std::string& request);

}  // namespace suara::bench
