#include "core/codec/entry_body.hpp"

#include <catch2/catch.hpp>

#include "core/crypto/hash.hpp"

using namespace suara;

namespace {

codec::EntryBody sample() {
  codec::EntryBody body;
  body.actor = "committee:ani";
  body.data = R"({"count":3,"note":"kotak \"A\""})";
  body.ledger = Origin{"suara.test/2026/a"};
  body.prev = crypto::sha256("before");
  body.seq = Seq{7};
  body.time = parse_time("2026-11-23T06:57:15.123Z").value();
  body.type = "RollSealed";
  body.v = 1;
  return body;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != text.npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("an entry body reads back as what was written") {
  const std::string bytes = codec::encode_entry_body(sample());
  CHECK(bytes == R"({"actor":"committee:ani","data":{"count":3,"note":"kotak \"A\""},"ledger":"suara.test/2026/a",)"
                 R"("prev":"6db7d803e74f1ffa7d8f5adc0bf95b3e15bf4c8373fffadf546227cc6c6742cb","seq":7,)"
                 R"("time":"2026-11-23T06:57:15.123Z","type":"RollSealed","v":1})");
  CHECK(codec::decode_entry_body(bytes).value() == sample());
}

TEST_CASE("an entry body in any other form than its one is refused") {
  const std::string bytes = codec::encode_entry_body(sample());
  const auto refused = [&](const std::string& from, const std::string& to) {
    const auto body = codec::decode_entry_body(replaced(bytes, from, to));
    INFO(to);
    REQUIRE_FALSE(body);
    CHECK(body.error().code == ErrorCode::malformed);
    return body.error().detail;
  };
  refused("{\"actor\"", "{ \"actor\"");
  refused("\"v\":1}", "\"v\":1}\n");
  refused("\"v\":1}", "\"v\":1,\"w\":1}");
  refused(",\"v\":1}", "}");
  refused("\"v\":1", "\"v\":0");
  refused("\"v\":1", "\"v\":\"1\"");
  refused("\"v\":1", "\"v\":4294967296");
  refused("{\"count\":3,\"note\":\"kotak \\\"A\\\"\"}", "[]");
  refused("\"count\":3,", "\"zcount\":3,");
  refused("kotak", "\\u006botak");
  refused("\"seq\":7", "\"seq\":-7");
  refused("\"seq\":7", "\"seq\":07");
  refused("\"seq\":7", "\"seq\":7.0");
  refused("2026-11-23T", "2026-11-31T");
  refused(".123Z", "Z");
  refused("\"prev\":\"6", "\"prev\":\"X");
  refused("\"prev\":\"6", "\"prev\":\"");
  refused("RollSealed", "rollSealed");
  refused("RollSealed", "Roll Sealed");
  refused("suara.test/2026/a", "");
  refused("suara.test/2026/a", "a b");
  CHECK(refused("committee:ani", "committee:Ani Sari").find("actor") != std::string::npos);
}

TEST_CASE("an actor is a role, or a role and an id") {
  auto body = sample();
  for (const char* actor : {"service", "voter", "committee:ani", "trustee:a.b_c-9"}) {
    body.actor = actor;
    CHECK(codec::decode_entry_body(codec::encode_entry_body(body)).value().actor == actor);
  }
  for (const std::string actor : {"", ":", "a:", ":a", "a:b:c", "Ani", "a b", "a/b"}) {
    body.actor = actor;
    CHECK_THROWS_AS(codec::encode_entry_body(body), std::invalid_argument);
  }
  body.actor = std::string(65, 'a');
  CHECK_THROWS_AS(codec::encode_entry_body(body), std::invalid_argument);
}

TEST_CASE("a body follows the head only in its ledger, place, chain and time") {
  const codec::EntryBody body = sample();
  const codec::ChainHead head{body.ledger, 7, body.prev, body.time};
  CHECK(codec::check_follows(body, head));

  const auto broken = [&](auto change) {
    codec::EntryBody other = body;
    change(other);
    const auto verdict = codec::check_follows(other, head);
    REQUIRE_FALSE(verdict);
    CHECK(verdict.error().code == ErrorCode::integrity);
    CHECK(verdict.error().detail.starts_with("entry 7: "));
  };
  broken([](codec::EntryBody& b) { b.ledger.value += "x"; });
  broken([](codec::EntryBody& b) { b.seq.value = 8; });
  broken([](codec::EntryBody& b) { b.seq.value = 6; });
  broken([](codec::EntryBody& b) { b.prev.bytes[31] ^= 1; });
  broken([](codec::EntryBody& b) { b.time.ms -= 1; });
}

TEST_CASE("the first entry follows an empty ledger") {
  codec::EntryBody body = sample();
  body.seq = Seq{0};
  body.prev = Hash{};
  CHECK(codec::check_follows(body, {body.ledger, 0, Hash{}, Timestamp{}}));
  body.prev.bytes[0] = 1;
  CHECK_FALSE(codec::check_follows(body, {body.ledger, 0, Hash{}, Timestamp{}}));
}
