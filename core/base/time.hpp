#pragma once
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace suara {

// Milliseconds since 1970-01-01T00:00:00Z. Core never reads a clock: times arrive in commands.
struct Timestamp {
  std::int64_t ms{};
  auto operator<=>(const Timestamp&) const = default;
};

// "2026-11-23T06:57:15.123Z", the one form of time in the ledger and the API.
std::string format_time(Timestamp time);

// Accepts exactly the form above (years 1970 to 9999). Error: malformed.
Result<Timestamp> parse_time(std::string_view text);

}  // namespace suara
