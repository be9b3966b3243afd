#include "http/witness_post.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <functional>
#include <thread>

namespace suara::http {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

// Answers each request on each connection with the bytes that `answer` gives for its number; empty bytes are no answer.
// A connection is closed after an answer that says so.
class RawServer {
 public:
  explicit RawServer(std::function<std::string(int number)> answer) : answer_(std::move(answer)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 8) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
      throw std::runtime_error("cannot listen");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
  }
  ~RawServer() {
    stopping_ = true;
    thread_.join();
    ::close(listener_);
  }
  std::string url(const std::string& path = "") const { return "http://127.0.0.1:" + std::to_string(port_) + path; }
  std::string last_request() const { return request_; }  // once answered
  int connections() const { return connections_; }
  int requests() const { return requests_; }

 private:
  bool readable(int fd) const {
    while (!stopping_) {
      pollfd wait{fd, POLLIN, 0};
      if (::poll(&wait, 1, 10) > 0) return true;
    }
    return false;
  }
  void run() {
    while (readable(listener_)) {
      const int fd = ::accept(listener_, nullptr, nullptr);
      ++connections_;
      serve(fd);
      ::close(fd);
    }
  }
  void serve(int fd) {
    std::string text;
    char bytes[4096];
    while (readable(fd)) {
      const auto count = ::recv(fd, bytes, sizeof bytes, 0);
      if (count <= 0) return;
      text.append(bytes, static_cast<std::size_t>(count));
      const auto end = text.find("\r\n\r\n");
      if (end == std::string::npos || !text.ends_with("the body\n")) continue;
      request_ = text;
      text.clear();
      const std::string reply = answer_(++requests_);
      if (!reply.empty() && ::send(fd, reply.data(), reply.size(), MSG_NOSIGNAL) < 0) return;
      if (reply.find("Connection: close") != std::string::npos) return;
    }
  }

  const std::function<std::string(int)> answer_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> connections_ = 0, requests_ = 0;
  std::string request_;
  std::thread thread_;
};

std::string reply_with(const std::string& status, const std::string& body, const std::string& more = "") {
  return "HTTP/1.1 " + status + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + more + "\r\n" + body;
}

std::unique_ptr<ledger::WitnessClient> client_of(const std::string& url, std::chrono::milliseconds patience = 10s) {
  return make_witness_post(parse_witness_url(url).value(), {.patience = patience});
}

const std::string body = "the body\n";

std::string why(const Result<ledger::WitnessReply>& reply) {
  REQUIRE_FALSE(reply);
  CHECK(reply.error().code == ErrorCode::unavailable);
  return reply.error().detail;
}

}  // namespace

TEST_CASE("a checkpoint is posted below the witness's address, over one connection") {
  RawServer server([](int number) { return reply_with(number == 1 ? "200 OK" : "409 Conflict", "7\n"); });
  const auto client = client_of(server.url("/saksi"));
  const auto first = client->add_checkpoint(body);
  REQUIRE(first);
  CHECK(first->status == 200);
  CHECK(first->body == "7\n");
  CHECK(server.last_request().starts_with("POST /saksi/add-checkpoint HTTP/1.1\r\n"));
  CHECK(server.last_request().ends_with("\r\n\r\nthe body\n"));
  CHECK(client->add_checkpoint(body)->status == 409);
  CHECK(server.connections() == 1);
}

TEST_CASE("a connection that was closed meanwhile is opened again") {
  // The first says that it stays open, and does not.
  RawServer server(
      [](int number) { return number == 2 ? std::string("Connection: close") : reply_with("200 OK", "x"); });
  const auto client = client_of(server.url());
  CHECK(client->add_checkpoint(body)->status == 200);
  CHECK(client->add_checkpoint(body)->status == 200);  // the broken answer came on the kept one
  CHECK(server.connections() == 2);
  CHECK(server.requests() == 3);
}

TEST_CASE("redirects are an answer like any other") {
  RawServer server([](int) { return reply_with("302 Found", "", "Location: http://127.0.0.1:1/\r\n"); });
  CHECK(client_of(server.url())->add_checkpoint(body)->status == 302);
  CHECK(server.requests() == 1);
}

TEST_CASE("answers that cannot be used are told in words") {
  const std::string closes = "Connection: close\r\n";
  RawServer server([&](int number) {
    switch (number) {
      case 1:
        return reply_with("200 OK", std::string(20'000, 'x'), closes);
      case 2:
        return std::string("nonsense Connection: close\r\n\r\n");
      default:
        return "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n" + closes + "\r\nshort";
    }
  });
  CHECK(why(client_of(server.url())->add_checkpoint(body)) == "its answer is larger than one may be");
  CHECK(why(client_of(server.url())->add_checkpoint(body)) == "what it answers is not HTTP");
  CHECK(why(client_of(server.url())->add_checkpoint(body)) == "it closed the connection before it had answered");
}

TEST_CASE("a witness that is not there, or says nothing, costs no more than the patience") {
  std::string gone;
  {
    RawServer server([](int) { return std::string(); });
    gone = server.url();
    const auto began = Steady::now();
    CHECK(why(client_of(server.url(), 300ms)->add_checkpoint(body)) == "it did not answer in time");
    CHECK(Steady::now() - began >= 300ms);
    CHECK(Steady::now() - began < 5s);
  }
  CHECK_FALSE(why(client_of(gone)->add_checkpoint(body)).empty());
  CHECK(why(client_of("http://no-such-host.invalid")->add_checkpoint(body)).find("its host") == 0);
}

TEST_CASE("asked to stop, it ends a call under way and refuses the next") {
  RawServer server([](int) { return std::string(); });
  const auto client = client_of(server.url(), 60s);
  const auto began = Steady::now();
  std::thread stopper([&] {
    while (server.requests() == 0) std::this_thread::yield();
    client->stop();
  });
  CHECK_FALSE(client->add_checkpoint(body));
  CHECK_FALSE(client->add_checkpoint(body));
  CHECK(Steady::now() - began < 10s);
  stopper.join();
}

}  // namespace suara::http
