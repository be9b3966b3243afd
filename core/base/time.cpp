#include "core/base/time.hpp"

#include <chrono>
#include <cstdio>

namespace suara {

std::string format_time(Timestamp time) {
  using namespace std::chrono;
  const sys_time<milliseconds> point{milliseconds{time.ms}};
  const auto day = floor<days>(point);
  const year_month_day date{day};
  const hh_mm_ss clock{point - day};
  char out[40];
  std::snprintf(out, sizeof out, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return out;
}

Result<Timestamp> parse_time(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00T00:00:00.000Z";
  const auto bad = [] { return fail(ErrorCode::malformed, "A time must look like 2026-11-23T06:57:15.123Z."); };
  if (text.size() != shape.size()) return bad();
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == '0' ? !digit : text[i] != shape[i]) return bad();
  }
  const auto number = [&](std::size_t at, std::size_t digits) {
    int value = 0;
    for (std::size_t i = at; i < at + digits; ++i) value = value * 10 + (text[i] - '0');
    return value;
  };
  using namespace std::chrono;
  const year_month_day date{year{number(0, 4)}, month{static_cast<unsigned>(number(5, 2))},
                            day{static_cast<unsigned>(number(8, 2))}};
  const int h = number(11, 2), m = number(14, 2), s = number(17, 2);
  if (!date.ok() || number(0, 4) < 1970 || h > 23 || m > 59 || s > 59) return bad();
  const auto point = sys_days{date} + hours{h} + minutes{m} + seconds{s} + milliseconds{number(20, 3)};
  return Timestamp{duration_cast<milliseconds>(point.time_since_epoch()).count()};
}

}  // namespace suara
