#include "http/message.hpp"

#include <catch2/catch.hpp>

#include "http/error_status.hpp"

namespace suara::http {

TEST_CASE("a target is a path and a decoded query") {
  Request request;
  REQUIRE(read_target("/a/b?x=1&y=a%2Bb&z", request));
  CHECK(request.path == "/a/b");
  CHECK(request.parameter("x") == "1");
  CHECK(request.parameter("y") == "a+b");
  CHECK(request.parameter("z") == "");
  CHECK_FALSE(request.parameter("w"));
}

TEST_CASE("targets that are no path are malformed") {
  const auto target = GENERATE(as<std::string>{}, "", "*", "a", "http://elsewhere/", "/a b", "/%zz", "/a?%");
  CAPTURE(target);
  Request request;
  const auto read = read_target(target, request);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == ErrorCode::malformed);
}

TEST_CASE("numbers and flags of a query are checked") {
  Request request;
  request.query = {{"good", "17"}, {"big", "1001"}, {"sign", "-1"}, {"text", "1x"}, {"empty", ""}, {"yes", "true"}};
  CHECK(number_parameter(request, "good", 5, 1, 1000).value() == 17);
  CHECK(number_parameter(request, "absent", 5, 1, 1000).value() == 5);
  for (const char* name : {"big", "sign", "text", "empty"}) {
    CAPTURE(name);
    const auto number = number_parameter(request, name, 5, 1, 1000);
    REQUIRE_FALSE(number);
    CHECK(number.error().code == ErrorCode::malformed);
    CHECK(number.error().detail.find(name) != std::string::npos);
  }
  CHECK(flag_parameter(request, "yes", false).value());
  CHECK_FALSE(flag_parameter(request, "absent", false).value());
  CHECK_FALSE(flag_parameter(request, "good", false));
}

TEST_CASE("an error is told as code, message and details") {
  const Response response = error_response({ErrorCode::roll_invalid, "The roll has faults.", {"line 2: \"x\""}});
  CHECK(response.status == 422);
  CHECK(*response.body == R"({"code":"roll_invalid","message":"The roll has faults.","details":["line 2: \"x\""]})");
}

TEST_CASE("every error has a status, and those that pass by themselves say when to try again") {
  for (int i = 0; i <= static_cast<int>(ErrorCode::internal); ++i) {
    const auto code = static_cast<ErrorCode>(i);
    CAPTURE(error_name(code));
    const ErrorStatus status = error_status(code);
    CHECK(status.status >= 400);
    CHECK((status.status == 429 || status.status == 503) == status.retry_after.has_value());
  }
}

}  // namespace suara::http
