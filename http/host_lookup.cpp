#include "http/host_lookup.hpp"

#include <netdb.h>
#include <sys/socket.h>

#include <cstring>
#include <thread>

namespace suara::http {
namespace {

using Endpoint = boost::asio::ip::tcp::endpoint;

struct FreeList {
  void operator()(::addrinfo* list) const { ::freeaddrinfo(list); }
};

HostLookup::Endpoints ask_system(const std::string& host, const std::string& port, std::string& fault) {
  ::addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  ::addrinfo* found = nullptr;
  const int code = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &found);
  const std::unique_ptr<::addrinfo, FreeList> list(found);
  HostLookup::Endpoints endpoints;
  if (code != 0) fault = ::gai_strerror(code);
  for (const ::addrinfo* each = found; each != nullptr; each = each->ai_next) {
    Endpoint endpoint;
    if (each->ai_addrlen > endpoint.capacity()) continue;
    endpoint.resize(each->ai_addrlen);
    std::memcpy(endpoint.data(), each->ai_addr, each->ai_addrlen);
    endpoints.push_back(endpoint);
  }
  return endpoints;
}

}  // namespace

std::shared_ptr<HostLookup> HostLookup::begin(const std::string& host, const std::string& port) {
  auto lookup = std::make_shared<HostLookup>();
  std::thread([lookup, host, port] {
    std::string fault;
    auto endpoints = ask_system(host, port, fault);
    const std::lock_guard lock(lookup->mutex_);
    lookup->endpoints_ = std::move(endpoints);
    lookup->fault_ = std::move(fault);
    lookup->known_ = true;
    lookup->wake_.notify_all();
  }).detach();
  return lookup;
}

Result<HostLookup::Endpoints> HostLookup::wait(std::chrono::steady_clock::time_point deadline) {
  std::unique_lock lock(mutex_);
  wake_.wait_until(lock, deadline, [this] { return known_ || abandoned_; });
  if (abandoned_) return fail(ErrorCode::unavailable, "the service is stopping");
  if (!known_) return fail(ErrorCode::unavailable, "its host's address was not found in time");
  if (endpoints_.empty()) return fail(ErrorCode::unavailable, "its host is not known: " + fault_);
  return endpoints_;
}

void HostLookup::abandon() {
  const std::lock_guard lock(mutex_);
  abandoned_ = true;
  wake_.notify_all();
}

}  // namespace suara::http
