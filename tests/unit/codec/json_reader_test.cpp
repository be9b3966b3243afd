#include "core/codec/json_reader.hpp"

#include <catch2/catch.hpp>

#include "core/base/time.hpp"

using namespace suara;
using codec::JsonDocument;
using codec::JsonFields;

namespace {

Error refusal(std::string_view text) {
  const auto document = JsonDocument::parse(text, "thing");
  INFO(text);
  REQUIRE_FALSE(document);
  return document.error();
}

JsonDocument parsed(std::string_view text) {
  auto document = JsonDocument::parse(text, "thing");
  REQUIRE(document);
  return std::move(*document);
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("JSON that is broken, followed by more, or of another dialect is refused") {
  using namespace std::string_literals;
  for (const std::string& text :
       {""s,           " "s,      "{"s,        "{}{}"s,           "{} x"s,     "{}\0"s,     "{}\0{}"s,
        "{\"a\":1,}"s, "[1,]"s,   "// c\n{}"s, "{a:1}"s,          "'a'"s,      "NaN"s,      "Infinity"s,
        "01"s,         "+1"s,     "1."s,       "\xEF\xBB\xBF{}"s, "\"a\nb\""s, "\"a\tb\""s, "\"\\x\""s,
        "\"\\u12\""s,  "\"\0\""s, "tru"s,      "\"open"s}) {
    CHECK(refusal(text).code == ErrorCode::malformed);
  }
}

TEST_CASE("text that is not UTF-8 is refused, escaped halves of a character too") {
  for (const char* text :
       {"\"\xFF\"", "\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "\"\xF4\x90\x80\x80\"", "\"\xE2\x82\"", "\"\xF0\x9F\x98\"",
        "{\"\xFF\":1}", "\"\\ud83d\"", "\"\\ude00\"", "\"\\ud83dx\"", "\"\\ude00\\ud83d\"", "{\"\\udfff\":1}"}) {
    CHECK(refusal(text).code == ErrorCode::malformed);
  }
  CHECK(parsed("\"\\ud83d\\ude00\"").root().text().value() == "\xF0\x9F\x98\x80");
  CHECK(parsed("\"\xED\x9F\xBF\"").root().text().value() == "\xED\x9F\xBF");  // U+D7FF, just before the surrogates
}

TEST_CASE("numbers are integers within what every reader keeps exact") {
  for (const char* text : {"1.0", "1e3", "1E400", "-0.0", "9007199254740992", "-9007199254740992",
                           "18446744073709551616", "123456789012345678901234567890", "[1,2.5]"}) {
    CHECK(refusal(text).code == ErrorCode::malformed);
  }
  CHECK(parsed("9007199254740991").root().uint().value() == 9007199254740991u);
  CHECK(parsed("-9007199254740991").root().integer(INT64_MIN, INT64_MAX).value() == -9007199254740991);
  CHECK(parsed("4294967296").root().uint().value() == 4294967296u);
  CHECK_FALSE(parsed("-1").root().uint());
  CHECK_FALSE(parsed("8").root().uint(7));
}

TEST_CASE("nesting is bounded") {
  CHECK(JsonDocument::parse(nested(codec::max_json_depth), "thing"));
  CHECK(refusal(nested(codec::max_json_depth + 1)).code == ErrorCode::too_large);
  CHECK(refusal(std::string(1000000, '[')).code == ErrorCode::too_large);
  std::string objects;
  for (int i = 0; i < 40; ++i) objects += "{\"a\":";
  CHECK(refusal(objects).code == ErrorCode::too_large);
}

TEST_CASE("a member may stand in an object once, however it is spelled") {
  CHECK(refusal("{\"a\":1,\"b\":2,\"a\":1}").detail == "thing: the whole value has the member \"a\" twice.");
  CHECK(refusal("{\"list\":[{\"x\":{\"a\":1,\"\\u0061\":2}}]}").detail ==
        "thing: list[0].x has the member \"a\" twice.");
  CHECK(JsonDocument::parse("{\"a\":{\"a\":1},\"b\":{\"a\":1}}", "thing"));
}

TEST_CASE("errors name the place and what is wanted there") {
  const auto document = parsed(R"({"answers":[{"alpha":"x"},{"alpha":7}],"n":1})");
  const auto answers = document.root().member("answers")->array(1, 5).value();
  CHECK(answers[1].member("alpha")->text().error().detail == "thing: answers[1].alpha must be a text.");
  CHECK(answers[0].member("beta").error().detail == "thing: answers[0] lacks the member \"beta\".");
  CHECK(document.root().member("n")->array(0, 1).error().detail == "thing: n must be a list.");
  CHECK(document.root().member("n")->boolean().error().detail == "thing: n must be true or false.");
  CHECK(document.root().member("n")->member("x").error().detail == "thing: n must be an object.");
  CHECK(document.root().member("answers")->array(0, 1).error().code == ErrorCode::too_large);
  CHECK(document.root().member("answers")->array(3, 4).error().detail == "thing: answers has fewer than 3 items.");
  CHECK(document.root().members({"answers", "n"}));
  CHECK(document.root().members({"answers"}, {"n", "m"}));
  CHECK(document.root().members({"answers"}).error().detail == "thing: the whole value has an unknown member \"n\".");
  CHECK(document.root().members({"answers", "n", "m"}).error().detail ==
        "thing: the whole value lacks the member \"m\".");
}

TEST_CASE("what an error repeats of the input is short and printable") {
  const auto document = parsed("{\"" + std::string(100, 'k') + "\\n\":1}");
  const std::string detail = document.root().members({}).error().detail;
  CHECK(detail.size() < 120);
  CHECK(detail.find('\n') == std::string::npos);
}

TEST_CASE("fields keep the first error and give empty values after it") {
  const auto document = parsed(R"({"count":3,"name":"x","tags":["a","b"],"time":"2026-11-23T06:57:15.123Z"})");
  JsonFields good(document.root(), {"count", "name", "tags", "time"}, {"note"});
  CHECK(good.uint("count", 10) == 3);
  CHECK(good.text("name") == "x");
  CHECK(good.texts("tags", 0, 2) == std::vector<std::string_view>{"a", "b"});
  CHECK(format_time(good.parsed("time", parse_time)) == "2026-11-23T06:57:15.123Z");
  CHECK_FALSE(good.has("note"));
  CHECK_FALSE(good.failed());

  JsonFields bad(document.root(), {"count", "name", "tags", "time"});
  CHECK(bad.uint32("count", 2) == 0);
  CHECK(bad.text("name").empty());
  bad.refuse("name", ErrorCode::conflict, "is taken.");
  REQUIRE(bad.failed());
  CHECK(bad.error().detail == "thing: count must be an integer from 0 to 2.");

  JsonFields parser(document.root(), {"count", "name", "tags", "time"});
  parser.parsed("name", parse_time);
  REQUIRE(parser.failed());
  CHECK(parser.error().detail == "thing: name is wrong: A time must look like 2026-11-23T06:57:15.123Z.");

  JsonFields rule(document.root(), {"count", "name", "tags", "time"});
  rule.refuse("name", ErrorCode::conflict, "is taken.");
  CHECK(rule.error().code == ErrorCode::conflict);
  CHECK(rule.error().detail == "thing: name is taken.");
}

TEST_CASE("nodes stay good when their document is moved") {
  auto document = parsed("[\"a\"]");  // short enough to sit inside a string object
  const auto items = document.root().array(1, 1).value();
  const JsonDocument moved = std::move(document);
  CHECK(items[0].text().value() == "a");
}
