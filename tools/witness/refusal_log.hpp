#pragma once
#include <cstdint>
#include <functional>
#include <string>

namespace suara::witness {

// Lines about refusals, of which anyone may bring about any number: at most `per_minute` of them are told, and how many
// more there were with the first of a later minute. Times are seconds since 1970.
class RefusalLog {
 public:
  explicit RefusalLog(std::function<void(const std::string& line)> tell, std::size_t per_minute = 30);
  void add(const std::string& line, std::uint64_t now);

 private:
  std::function<void(const std::string&)> tell_;
  std::size_t per_minute_;
  std::uint64_t minute_ = 0;
  std::size_t seen_ = 0;  // in that minute
};

}  // namespace suara::witness
