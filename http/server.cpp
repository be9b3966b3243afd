#include "http/server.hpp"

#include <spdlog/spdlog.h>

#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "http/connection.hpp"

namespace suara::http {
namespace {

using tcp = asio::ip::tcp;
using boost::system::error_code;
constexpr auto with_code = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t max_turned_away = 64;  // clients beyond max_connections that are told so; others are just closed

}  // namespace

class Server::Impl {
 public:
  Impl(const Site& site, ServerOptions options)
      : site_(site),
        options_(std::move(options)),
        acceptor_(asio::make_strand(context_)),
        work_(asio::make_work_guard(context_)) {
    limits_.idle = options_.idle;
    limits_.read = options_.read;
  }

  Result<void> listen() {
    error_code code;
    const auto address = asio::ip::make_address(options_.address, code);
    if (code) return fail(ErrorCode::malformed, "--listen takes a numeric address, not " + options_.address + ".");
    if (options_.tls) {
      if (auto loaded = load_tls(*options_.tls); !loaded) return loaded;
    }
    const tcp::endpoint endpoint(address, options_.port);
    acceptor_.open(endpoint.protocol(), code);
    if (!code) acceptor_.set_option(tcp::acceptor::reuse_address(true), code);
    if (!code) acceptor_.bind(endpoint, code);
    if (!code) acceptor_.listen(asio::socket_base::max_listen_connections, code);
    if (code) {
      return fail(ErrorCode::internal, "Cannot listen on " + options_.address + ":" + std::to_string(options_.port) +
                                           ": " + code.message() + ".");
    }
    return {};
  }

  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
  std::size_t connections() const { return open_; }

  void start() {
    asio::co_spawn(acceptor_.get_executor(), accept(), asio::detached);
    for (std::size_t i = 0; i < options_.threads; ++i) {
      threads_.emplace_back([this] { context_.run(); });
    }
  }

  void stop() {
    asio::post(acceptor_.get_executor(), [this] {
      error_code ignored;
      acceptor_.close(ignored);
    });
    {
      std::unique_lock lock(mutex_);
      stopping_ = true;
      for (Connection* connection : alive_) connection->stop();
      if (!empty_.wait_for(lock, options_.grace, [this] { return alive_.empty(); })) {
        spdlog::warn("{} connections were cut off after {} s", alive_.size(), options_.grace.count());
      }
    }
    work_.reset();
    context_.stop();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
  }

 private:
  Result<void> load_tls(const TlsFiles& files) {
    using ssl = asio::ssl::context;
    tls_.emplace(ssl::tls_server);
    error_code code;
    tls_->set_options(ssl::default_workarounds | ssl::no_sslv2 | ssl::no_sslv3 | ssl::no_tlsv1 | ssl::no_tlsv1_1, code);
    tls_->use_certificate_chain_file(files.certificate.string(), code);
    if (code) {
      return fail(ErrorCode::malformed,
                  "Cannot use the certificate " + files.certificate.string() + ": " + code.message());
    }
    tls_->use_private_key_file(files.key.string(), ssl::pem, code);
    if (code) return fail(ErrorCode::malformed, "Cannot use the key " + files.key.string() + ": " + code.message());
    return {};
  }

  asio::awaitable<void> accept() {
    asio::steady_timer pause(acceptor_.get_executor());
    while (acceptor_.is_open()) {
      auto [code, socket] = co_await acceptor_.async_accept(asio::make_strand(context_), with_code);
      if (code == asio::error::operation_aborted) co_return;
      if (code) {
        // Most likely no file descriptor is free: one that closes will free it.
        spdlog::warn("accepting a connection failed: {}", code.message());
        pause.expires_after(std::chrono::milliseconds(100));
        co_await pause.async_wait(with_code);
        continue;
      }
      error_code ignored;
      socket.set_option(tcp::no_delay(true), ignored);
      if (open_ >= options_.max_connections) {
        turn_away(std::move(socket));
      } else {
        serve(std::move(socket));
      }
    }
  }

  void serve(tcp::socket socket) {
    auto wire = tls_ ? make_tls_wire(std::move(socket), *tls_, limits_) : make_wire(std::move(socket), limits_);
    auto connection = std::make_shared<Connection>(std::move(wire), site_);
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      alive_.insert(connection.get());
    }
    ++open_;
    connection->start([this, connection] {
      --open_;
      const std::lock_guard lock(mutex_);
      alive_.erase(connection.get());
      if (alive_.empty()) empty_.notify_all();
    });
  }

  // Over TLS a client that has not shaken hands cannot be told anything.
  void turn_away(tcp::socket socket) {
    if (tls_ || turned_away_ >= max_turned_away) return;
    ++turned_away_;
    std::shared_ptr<Wire> wire = make_wire(std::move(socket), limits_);
    asio::co_spawn(
        wire->executor(),
        [wire]() -> asio::awaitable<void> {
          const Response response =
              error_response({ErrorCode::overloaded, "Too many connections are open; try again in a moment."});
          co_await wire->write(response, false, false);
          co_await wire->finish(true);
        },
        [this, wire](const std::exception_ptr&) { --turned_away_; });
  }

  const Site& site_;
  const ServerOptions options_;
  WireLimits limits_;
  asio::io_context context_;
  std::optional<asio::ssl::context> tls_;
  tcp::acceptor acceptor_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable empty_;
  std::set<Connection*> alive_;
  bool stopping_ = false;
  std::atomic<std::size_t> open_ = 0;
  std::atomic<std::size_t> turned_away_ = 0;
};

Result<std::unique_ptr<Server>> Server::open(const Site& site, ServerOptions options) {
  auto impl = std::make_unique<Impl>(site, std::move(options));
  if (auto listening = impl->listen(); !listening) return fail(std::move(listening.error()));
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;
std::uint16_t Server::port() const { return impl_->port(); }
std::size_t Server::connections() const { return impl_->connections(); }
void Server::start() { impl_->start(); }
void Server::stop() { impl_->stop(); }

}  // namespace suara::http
