#include <catch2/catch.hpp>
#include <set>
#include <unordered_set>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/ids.hpp"
#include "core/base/result.hpp"

using namespace suara;

TEST_CASE("every error has a name of its own, in the form clients see") {
  std::set<std::string_view> names;
  for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
    const std::string_view name = error_name(static_cast<ErrorCode>(code));
    CHECK(names.insert(name).second);
    CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == name.npos);
  }
}

TEST_CASE("a failed result carries code, sentence and items") {
  const Result<int> failed = fail(ErrorCode::roll_invalid, "The roll has faults.", {"line 2: no name"});
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == ErrorCode::roll_invalid);
  CHECK(failed.error().detail == "The roll has faults.");
  CHECK(failed.error().items == std::vector<std::string>{"line 2: no name"});
}

TEST_CASE("hashes compare by all their bytes") {
  Hash a, b;
  CHECK(a == b);
  b.bytes[31] = 1;
  CHECK(a < b);
  CHECK(std::unordered_set<Hash>{a, b}.size() == 2);
}

TEST_CASE("bytes and text are views of one another") {
  const std::string text("a\0\xFF", 3);
  CHECK(as_text(as_bytes(text)) == text);
  CHECK(as_bytes(text)[2] == 0xFF);
}

TEST_CASE("ids of different kinds are different types") {
  CHECK_FALSE(std::is_convertible_v<Origin, ElectionUuid>);
  CHECK_FALSE(std::is_convertible_v<Seq, LedgerId>);
  CHECK(Seq{1} < Seq{2});
}
