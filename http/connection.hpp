#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "http/access.hpp"
#include "http/metrics.hpp"
#include "http/router.hpp"
#include "http/wire.hpp"

namespace suara::http {

// What a connection needs to answer requests; outlives every connection.
struct Site {
  const Router& router;
  Pools& pools;
  const Access& access;
  Metrics& metrics;
  Clock clock;
  std::chrono::seconds heartbeat{15};
  // Brings what is shown of the election, or of all, up to what other nodes recorded. Blocks.
  std::function<void(const std::optional<ElectionUuid>&)> refresh{};
};

// One client's requests, one after the other, until either side ends it.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::unique_ptr<Wire> wire, const Site& site);
  ~Connection();

  // Spawns the conversation on the wire's strand; `ended` is called when it is over.
  void start(std::function<void()> ended);
  // Any thread: finishes the request that is being answered, if any, then ends.
  void stop();

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace suara::http
