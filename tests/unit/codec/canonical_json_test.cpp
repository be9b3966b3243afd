#include "core/codec/canonical_json.hpp"

#include <catch2/catch.hpp>

#include "core/codec/json_writer.hpp"

using namespace suara;
using codec::canonicalize;
using codec::JsonWriter;

TEST_CASE("the sorting example of RFC 8785 comes out as it says") {
  // Section 3.2.3; members are ordered by UTF-16 code units, so the emoji (D83D DE00) stands before U+FB33.
  const auto canonical =
      canonicalize(R"({"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",
      "1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"})");
  REQUIRE(canonical);
  CHECK(*canonical ==
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\xC2\x80\":\"Control\",\"\xC3\xB6\":\"Latin Small Letter O With "
        "Diaeresis\",\"\xE2\x82\xAC\":\"Euro Sign\",\"\xF0\x9F\x98\x80\":\"Emoji: Grinning Face\",\"\xEF\xAC\xB3\":"
        "\"Hebrew Letter Dalet With Dagesh\"}");
}

TEST_CASE("strings take the escapes of RFC 8785 and no others") {
  CHECK(canonicalize(R"("\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/")").value() ==
        "\"\xE2\x82\xAC$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"");
  CHECK(canonicalize(R"("\b\t\n\f\r\u0000\u001f\u007f\u2028")").value() ==
        "\"\\b\\t\\n\\f\\r\\u0000\\u001f\x7F\xE2\x80\xA8\"");
}

TEST_CASE("white space goes, order and numbers become the one form") {
  CHECK(canonicalize(" { \"b\" : [ 1 , -0 , true , null ] ,\n\"a\" : { } } ").value() ==
        "{\"a\":{},\"b\":[1,0,true,null]}");
  CHECK(canonicalize("[]").value() == "[]");
  CHECK(canonicalize("{\"aa\":1,\"a\":2,\"\":3}").value() == "{\"\":3,\"a\":2,\"aa\":1}");
}

TEST_CASE("only canonical text passes the check") {
  for (const char* text : {"{\"a\":1,\"b\":\"x\"}", "[]", "\"\\u000f\"", "-5", "null"})
    CHECK(codec::check_canonical(text));
  for (const char* text : {"{\"b\":1,\"a\":2}", "{ }", "[1, 2]", "-0", "\"\\u000F\"", "\"\\/\"", "\"\\u0041\"", "[1]\n",
                           "1.0", "{\"a\":1,\"a\":1}"}) {
    INFO(text);
    CHECK(codec::check_canonical(text).error().code == ErrorCode::malformed);
  }
}

TEST_CASE("UTF-8 is well-formed or it is not") {
  CHECK(codec::is_valid_utf8(""));
  CHECK(codec::is_valid_utf8("plain text that is longer than a word"));
  CHECK(codec::is_valid_utf8("\xC2\x80\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
  for (const char* text :
       {"\x80", "\xC1\x80", "\xC2", "\xC2 ", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xE2\x82", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "eight by\xFF", "12345678\xE2\x82"}) {
    CHECK_FALSE(codec::is_valid_utf8(text));
  }
}

TEST_CASE("the writer writes compact JSON in the order given") {
  JsonWriter w(JsonWriter::Order::as_written);
  w.begin_object().text("z", "q\"").number("a", 7).key("list").begin_array();
  w.text("x").number(1).integer(-2).boolean(false).null().begin_object().end_object().begin_array().end_array();
  w.end_array().boolean("t", true).raw("r", "{\"k\":1}").end_object();
  CHECK(w.take() == R"({"z":"q\"","a":7,"list":["x",1,-2,false,null,{},[]],"t":true,"r":{"k":1}})");
}

TEST_CASE("the canonical writer refuses members out of order") {
  JsonWriter w(JsonWriter::Order::canonical);
  w.begin_object().number("a", 1).key("b").begin_object().number("a", 1).end_object();
  CHECK_THROWS_AS(w.key("b"), std::logic_error);
  CHECK_THROWS_AS(w.key("a"), std::logic_error);
  w.number("c", 1).end_object();
  const std::string text = w.take();
  CHECK(codec::check_canonical(text));
}

TEST_CASE("a writer that is misused throws instead of giving broken JSON") {
  const auto writer = [] { return JsonWriter(JsonWriter::Order::as_written); };
  CHECK_THROWS_AS(writer().take(), std::logic_error);
  CHECK_THROWS_AS(writer().begin_object().take(), std::logic_error);
  CHECK_THROWS_AS(writer().begin_object().text("x"), std::logic_error);
  CHECK_THROWS_AS(writer().begin_array().key("x"), std::logic_error);
  CHECK_THROWS_AS(writer().begin_object().key("x").key("y"), std::logic_error);
  CHECK_THROWS_AS(writer().begin_object().key("x").end_object(), std::logic_error);
  CHECK_THROWS_AS(writer().begin_object().end_array(), std::logic_error);
  CHECK_THROWS_AS(writer().null().null(), std::logic_error);
  CHECK_THROWS_AS(writer().text("\xFF"), std::invalid_argument);
  CHECK_THROWS_AS(writer().number(9007199254740992u), std::invalid_argument);
  CHECK_THROWS_AS(writer().integer(-9007199254740992), std::invalid_argument);
}
