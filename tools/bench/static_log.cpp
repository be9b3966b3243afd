#include "tools/bench/static_log.hpp"

#include <fmt/format.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <vector>

#include "core/log/tiles.hpp"
#include "ledger/log_folder.hpp"
#include "ledger/tile_levels.hpp"
#include "tools/bench/figure.hpp"
#include "tools/bench/outcome.hpp"
#include "tools/bench/round_trip.hpp"

namespace suara::bench {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

constexpr std::size_t readers = 32;
constexpr int turns = 3;
constexpr double seconds_a_turn = 2;
const std::string uuid = "ucSijHEHGk8LHG";  // of no election: a log's files are served by their address alone

// The tiles of level 0 as addresses, each as the log has it and as an asset with the same bytes.
struct Addresses {
  std::vector<std::string> tiles;
  std::vector<std::string> assets;
};

Addresses make_files(const Options& options, std::uint64_t entries) {
  const ledger::LogFolder log(options.dir / "log" / uuid);
  const fs::path assets = options.dir / "web" / "assets";
  fs::create_directories(assets);
  ledger::TileLevels levels;
  Addresses addresses;
  for (std::uint64_t size = 0; size < entries;) {
    const std::uint64_t before = size;
    for (; size < entries && size - before < log::tile_width; ++size)
      levels.append(log::hash_leaf(as_bytes(std::to_string(size))));
    for (const auto& tile : log::new_tiles(before, size)) {
      if (tile.width != log::tile_width && size < entries) continue;
      const std::string path = log::tile_path(tile);
      must(log.write(path, log::encode_tile(levels.nodes(tile)), ledger::LogFolder::Keep::replaceable), path);
      if (tile.level > 0 || tile.width != log::tile_width) continue;
      const std::string asset = fmt::format("tile-{}", tile.n);
      fs::copy_file(log.path() / path, assets / asset);
      addresses.tiles.push_back("/log/" + uuid + "/" + path);
      addresses.assets.push_back("/assets/" + asset);
    }
    levels.release();
  }
  return addresses;
}

struct Run {
  std::uint16_t port;
  const std::vector<std::string>& addresses;
  std::uint64_t most;  // requests, where they are not bounded by time
  Stopwatch watch{};
  std::uint64_t sent = 0;
  std::size_t next = 0;
  std::uint64_t answers = 0;
  std::uint64_t bytes = 0;
};

asio::awaitable<void> fetch(asio::io_context& context, Run& run) {
  asio::ip::tcp::socket socket(context);
  co_await socket.async_connect({asio::ip::address_v4::loopback(), run.port}, asio::use_awaitable);
  while (run.most > 0 ? run.sent < run.most : run.watch.seconds() < seconds_a_turn) {
    ++run.sent;
    // A prime step: every file once before any a second time, and no neighbours after each other.
    run.next = (run.next + 997) % run.addresses.size();
    const auto answer =
        co_await round_trip(socket, "GET " + run.addresses[run.next] + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    if (!answer.starts_with("HTTP/1.1 200 ")) throw Stopped("suarad did not give a file: " + answer.substr(0, 300));
    ++run.answers;
    run.bytes += answer.size();
  }
}

struct Rate {
  double requests = 0;
  double megabytes = 0;
};

Rate measure(std::uint16_t port, const std::vector<std::string>& addresses, std::uint64_t most = 0) {
  asio::io_context context(1);
  Run run{port, addresses, most};
  std::exception_ptr failure;
  for (std::size_t i = 0; i < readers; ++i) {
    asio::co_spawn(context, fetch(context, run), [&](const std::exception_ptr& thrown) {
      if (!thrown) return;
      failure = thrown;
      context.stop();
    });
  }
  context.run();
  if (failure) std::rethrow_exception(failure);
  const double seconds = run.watch.seconds();
  return {static_cast<double>(run.answers) / seconds, static_cast<double>(run.bytes) / seconds / 1e6};
}

}  // namespace

void measure_static_log(const Service& service, const Options& options, std::uint64_t entries) {
  const Stopwatch making;
  const auto addresses = make_files(options, entries);
  const double made = making.seconds();
  // Each once, so that what the service keeps in memory is there.
  const Rate first_tiles = measure(service.port(), addresses.tiles, addresses.tiles.size());
  const Rate first_assets = measure(service.port(), addresses.assets, addresses.assets.size());
  Rate tiles, assets;
  for (int i = 0; i < turns; ++i) {
    const Rate page = measure(service.port(), addresses.assets), tile = measure(service.port(), addresses.tiles);
    assets = {assets.requests + page.requests / turns, assets.megabytes + page.megabytes / turns};
    tiles = {tiles.requests + tile.requests / turns, tiles.megabytes + tile.megabytes / turns};
  }
  print_figure(fmt::format("full tiles of a log of {} entries", entries), tiles.requests, "requests/s",
               {{"the same bytes as a page", assets.requests}});
  print_note(fmt::format("{} files, {} keep-alive connections: {:.0f} MB/s, as pages {:.0f} MB/s; made in {:.1f} s",
                         addresses.tiles.size(), readers, tiles.megabytes, assets.megabytes, made));
  print_note(fmt::format("asked for the first time: {:.0f} requests/s, as pages {:.0f} requests/s",
                         first_tiles.requests, first_assets.requests));
}

}  // namespace suara::bench
