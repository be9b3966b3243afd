#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace suara::http {

// One look-up of a host's addresses that can be abandoned. The system's call cannot be interrupted and may take half a
// minute where a name server is away, so it runs on a thread that nobody waits for.
class HostLookup {
 public:
  using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;
  static std::shared_ptr<HostLookup> begin(const std::string& host, const std::string& port);
  // Error: unavailable (no such host, not known by `deadline`, or abandoned).
  Result<Endpoints> wait(std::chrono::steady_clock::time_point deadline);
  void abandon();

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  bool abandoned_ = false;
  bool known_ = false;
  Endpoints endpoints_;
  std::string fault_;
};

}  // namespace suara::http
