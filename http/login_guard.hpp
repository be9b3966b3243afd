#pragma once
#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/base/time.hpp"

namespace suara::http {

// Slows the guessing of passwords: five wrong tries a minute for each login and for each address. A try counts
// before its password is checked, so that tries at the same moment cannot slip past. Thread-safe.
class LoginGuard {
 public:
  static constexpr std::size_t max_tries = 5;
  static constexpr std::int64_t window_ms = 60'000;

  // `proxies`: addresses that many people come from; with a login they do not count. What a proxy says of its clients
  // is not asked: anybody can say it.
  explicit LoginGuard(std::set<std::string> proxies = {}, std::size_t max_keys = 20'000)
      : proxies_(std::move(proxies)), max_keys_(max_keys) {}

  // 0 where the try may go on (it now counts as a wrong one); else the seconds to wait. Without a login the address
  // alone counts.
  unsigned begin(const std::string& login, const std::string& address, Timestamp now);
  // The password was right, or could not be checked: the try that began at `began` does not count.
  void forgive(const std::string& login, const std::string& address, Timestamp began);

 private:
  using Tries = std::deque<Timestamp>;
  std::vector<std::string> keys_of(const std::string& login, const std::string& address) const;
  void forget_old(Timestamp now);
  void drop(const std::string& key, Timestamp began);

  std::mutex mutex_;
  const std::set<std::string> proxies_;
  const std::size_t max_keys_;
  std::map<std::string, Tries> tries_;
};

}  // namespace suara::http
