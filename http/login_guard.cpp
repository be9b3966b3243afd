#include "http/login_guard.hpp"

#include <algorithm>

namespace suara::http {
namespace {

// An IPv6 client owns its whole /64, so that is what is counted.
std::string address_key(const std::string& address) {
  std::size_t colons = 0;
  for (std::size_t i = 0; i < address.size(); ++i) {
    if (address[i] == ':' && ++colons == 4) return "a " + address.substr(0, i);
  }
  return "a " + address;
}

}  // namespace

std::vector<std::string> LoginGuard::keys_of(const std::string& login, const std::string& address) const {
  std::vector<std::string> keys;
  if (login.empty() || !proxies_.contains(address)) keys.push_back(address_key(address));
  if (!login.empty()) keys.push_back("l " + login);
  return keys;
}

unsigned LoginGuard::begin(const std::string& login, const std::string& address, Timestamp now) {
  const std::lock_guard lock(mutex_);
  const std::vector<std::string> keys = keys_of(login, address);
  std::int64_t wait = 0;
  for (const std::string& key : keys) {
    const auto found = tries_.find(key);
    if (found == tries_.end()) continue;
    Tries& tries = found->second;
    while (!tries.empty() && tries.front().ms + window_ms <= now.ms) tries.pop_front();
    if (tries.size() >= max_tries) wait = std::max(wait, tries.front().ms + window_ms - now.ms);
  }
  if (wait > 0) return static_cast<unsigned>((wait + 999) / 1000);
  if (tries_.size() + 2 > max_keys_) forget_old(now);
  for (const std::string& key : keys) tries_[key].push_back(now);
  return 0;
}

void LoginGuard::forgive(const std::string& login, const std::string& address, Timestamp began) {
  const std::lock_guard lock(mutex_);
  for (const std::string& key : keys_of(login, address)) drop(key, began);
}

void LoginGuard::drop(const std::string& key, Timestamp began) {
  const auto found = tries_.find(key);
  if (found == tries_.end()) return;
  Tries& tries = found->second;
  const auto one = std::find(tries.begin(), tries.end(), began);
  if (one != tries.end()) tries.erase(one);
  if (tries.empty()) tries_.erase(found);
}

// Keeps the map bounded: first what no longer counts goes, then, if many keys are still fresh, what was tried longest
// ago.
void LoginGuard::forget_old(Timestamp now) {
  std::erase_if(tries_,
                [now](const auto& item) { return item.second.empty() || item.second.back().ms + window_ms <= now.ms; });
  while (tries_.size() + 2 > max_keys_) {
    const auto oldest = std::min_element(
        tries_.begin(), tries_.end(), [](const auto& a, const auto& b) { return a.second.back() < b.second.back(); });
    tries_.erase(oldest);
  }
}

}  // namespace suara::http
