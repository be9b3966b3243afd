#include "core/base/time.hpp"

#include <catch2/catch.hpp>

using namespace suara;

TEST_CASE("a time reads and writes as the same text") {
  for (const char* text : {"1970-01-01T00:00:00.000Z", "2026-11-23T06:57:15.123Z", "2028-02-29T23:59:59.999Z",
                           "9999-12-31T23:59:59.999Z"}) {
    CHECK(format_time(parse_time(text).value()) == text);
  }
  CHECK(parse_time("1970-01-01T00:00:00.001Z").value() == Timestamp{1});
  CHECK(parse_time("2026-11-23T06:57:15.123Z").value() == Timestamp{1795417035123});
}

TEST_CASE("times in another form, or that no calendar has, are refused") {
  for (const char* text :
       {"", "2026-11-23", "2026-11-23T06:57:15Z", "2026-11-23T06:57:15.12Z", "2026-11-23T06:57:15.1234Z",
        "2026-11-23 06:57:15.123Z", "2026-11-23T06:57:15.123+", "2026-11-23T06:57:15.123z", "2026-11-31T06:57:15.123Z",
        "2026-02-29T06:57:15.123Z", "2026-00-23T06:57:15.123Z", "2026-13-23T06:57:15.123Z", "2026-11-00T06:57:15.123Z",
        "2026-11-23T24:00:00.000Z", "2026-11-23T06:60:15.123Z", "2026-11-23T06:57:60.123Z", "1969-12-31T23:59:59.999Z",
        "-026-11-23T06:57:15.123Z", "2026-11-23T06:57:1 .123Z"}) {
    INFO(text);
    CHECK(parse_time(text).error().code == ErrorCode::malformed);
  }
}
