#include "tools/bench/service.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <optional>

#include "core/codec/json_reader.hpp"
#include "tools/bench/figure.hpp"
#include "tools/bench/outcome.hpp"

namespace suara::bench {
namespace {

namespace asio = boost::asio;

constexpr double patience_seconds = 300;
constexpr std::chrono::milliseconds between_looks{100};

std::vector<std::string> command_line(const Options& options) {
  const auto web = options.dir / "web";
  std::filesystem::create_directories(web);
  return {options.suarad.string(),
          "serve",
          "--listen",
          "127.0.0.1:0",
          "--data-dir",
          options.dir.string(),
          "--web",
          web.string(),
          "--db-socket",
          options.database.socket.string(),
          "--db-name",
          options.database.database,
          "--db-user",
          options.database.user,
          "--db-password-file",
          options.database.password_file.string()};
}

// The size, once everything stored is published and folded into the projections.
Result<std::optional<std::uint64_t>> settled_size(const std::string& body) {
  const auto document = codec::JsonDocument::parse(body, "ledger head");
  if (!document) return fail(document.error());
  const auto checkpoint = document->root().member("checkpoint");
  if (!checkpoint) return fail(checkpoint.error());
  if (checkpoint->is_null()) return std::nullopt;
  codec::JsonFields head(document->root(), {"origin", "key", "size", "checkpoint", "projections"});
  codec::JsonFields published(*checkpoint, {"size", "root"});
  const std::uint64_t size = head.uint("size");
  bool settled = published.uint("size") == size;
  for (const auto& projection : head.array("projections", 0, 100)) {
    codec::JsonFields fields(projection, {"name", "position", "lag", "stopped"});
    settled = fields.uint("lag") == 0 && settled;
    if (fields.failed()) return fail(fields.error());
  }
  if (head.failed()) return fail(head.error());
  if (published.failed()) return fail(published.error());
  return settled ? std::optional(size) : std::nullopt;
}

}  // namespace

Service::Service(const Options& options) : child_(command_line(options)) {
  port_ = static_cast<std::uint16_t>(std::stoul(child_.await_line("suarad: listening on http://127.0.0.1:")));
}

std::string Service::get(const std::string& target) const {
  asio::io_context context;
  asio::ip::tcp::socket socket(context);
  socket.connect({asio::ip::address_v4::loopback(), port_});
  asio::write(socket, asio::buffer("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"));
  std::string answer;
  boost::system::error_code ended;
  asio::read(socket, asio::dynamic_buffer(answer), ended);
  const auto body = answer.find("\r\n\r\n");
  if (!answer.starts_with("HTTP/1.1 200 ") || body == std::string::npos) {
    throw Stopped("suarad answered to " + target + ": " + answer.substr(0, 300));
  }
  return answer.substr(body + 4);
}

std::uint64_t Service::await_published(const ElectionUuid& uuid) const {
  const Stopwatch watch;
  while (watch.seconds() < patience_seconds) {
    const auto size = must(settled_size(get("/api/v1/elections/" + uuid.value + "/ledger")), "suarad's ledger head");
    if (size) return *size;
    std::this_thread::sleep_for(between_looks);  // another process: there is nothing here to be notified of
  }
  throw Stopped("suarad did not publish " + uuid.value + " in time");
}

Child::End Service::stop() {
  child_.terminate();
  return child_.wait();
}

}  // namespace suara::bench
