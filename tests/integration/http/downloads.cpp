#include "tests/integration/http/downloads.hpp"

#include <chrono>
#include <stdexcept>
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

SentBundle::SentBundle(std::string tar) : bytes_(std::move(tar)) {
  if (!bytes_.ends_with(std::string(1024, '\0'))) throw std::runtime_error("a tar without its end");
  bytes_.resize(bytes_.size() - 1024);
  file_ = codec::read_bel_tar(bytes_);
  if (file_.fault) throw std::runtime_error("not a tar of ours");
}

Result<std::string> SentBundle::read(std::string_view path, std::size_t) {
  for (const auto& entry : file_.entries)
    if (entry.name == path) return std::string(entry.content);
  return fail(ErrorCode::not_found, "none");
}

}  // namespace suara::test
