#include "tests/integration/http/downloads.hpp"

#include <chrono>
#include <thread>

namespace suara::test {

HttpReply downloaded(const TestSite& site, const std::string& target) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  auto reply = site.get(target);
  while (reply.status == 503 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    reply = site.get(target);
  }
  return reply;
}

}  // namespace suara::test
