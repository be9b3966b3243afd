#include "tools/witness/refusal_log.hpp"

#include <utility>

namespace suara::witness {

RefusalLog::RefusalLog(std::function<void(const std::string& line)> tell, std::size_t per_minute)
    : tell_(std::move(tell)), per_minute_(per_minute) {}

void RefusalLog::add(const std::string& line, std::uint64_t now) {
  if (now / 60 != minute_) {
    if (seen_ > per_minute_) tell_(std::to_string(seen_ - per_minute_) + " more refusals were not written here");
    minute_ = now / 60;
    seen_ = 0;
  }
  if (++seen_ <= per_minute_) tell_(line);
}

}  // namespace suara::witness
