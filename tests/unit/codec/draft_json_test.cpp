#include <catch2/catch.hpp>

#include "tests/support/polling_day.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::codec;
using namespace suara::election;
using namespace suara::test;

namespace {

const std::string file = R"({
  "name": "Ketua OSIS", "description": "", "administrator": "Panitia", "credential_authority": "Registrar",
  "policies": {"tally": "live", "revote": "last-counts", "verification": "online", "min_batch": 5},
  "places": [{"id": "tps-1", "name": "TPS 1"}, {"id": "tps-2", "name": "TPS 2"}],
  "contests": [{"question": "Pilih", "min": 1, "max": 1, "candidates": [
    {"number": 1, "name": "Ayu & Bima", "vision": "Maju", "mission": ["Satu"]},
    {"number": 2, "name": "Citra & Dimas", "vision": "", "mission": []}]}]
})";

std::string changed(std::string_view from, std::string_view to) {
  std::string text = file;
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("a committee's file becomes a draft that passes its rules") {
  const auto draft = read_draft(file);
  REQUIRE(draft);
  CHECK(check_draft(*draft));
  CHECK(draft->policies.tally == TallyPolicy::live);
  CHECK(draft->policies.min_batch == 5);
  CHECK(draft->contests[0].question.answers == std::vector<std::string>{"Ayu & Bima", "Citra & Dimas"});
  CHECK(draft->contests[0].candidates[0].mission == std::vector<std::string>{"Satu"});
  CHECK(draft->places[1].id.value == "tps-2");
  CHECK(draft->trustees == 1);
  CHECK(draft->time_zone == "WIB");
}

TEST_CASE("a draft written is the draft read") {
  auto draft = small_draft();
  draft.trustees = 3;
  draft.time_zone = "WIT";
  draft.policies.revote = RevotePolicy::refused;
  CHECK(read_draft(write_draft(draft)) == draft);
}

TEST_CASE("a draft names its witnesses by keys that make cosignatures") {
  auto draft = small_draft();
  CHECK(write_draft(draft).find("witnesses") == std::string::npos);
  const auto key = [](std::uint8_t number, log::KeyType type) {
    const auto secret = crypto::SigningKey::from_seed(Bytes(32, number));
    return log::verifier_key_text(
        log::make_verifier_key("saksi.example/" + std::to_string(number), secret.public_key(), type).value());
  };
  draft.policies.witnesses = WitnessPolicy{1, {key(1, log::KeyType::witness), key(2, log::KeyType::witness)}};
  const auto text = write_draft(draft);
  CHECK(read_draft(text) == draft);
  CHECK(check_draft(draft));
  auto mistyped = text;
  mistyped.replace(mistyped.find("saksi.example/2"), 15, "saksi.example/3");
  CHECK(read_draft(mistyped).error().code == ErrorCode::integrity);
  draft.policies.witnesses->keys[0] = key(1, log::KeyType::ledger);
  CHECK(read_draft(write_draft(draft)).error().code == ErrorCode::unsupported);
}

TEST_CASE("blank votes and a threshold stand in a draft only where there are some") {
  const auto plain = write_draft(small_draft());
  CHECK(plain.find("blank") == std::string::npos);
  CHECK(plain.find("threshold") == std::string::npos);
  const auto draft = rich_draft();
  const auto rich = write_draft(draft);
  CHECK(rich.find(R"({"blank":true,"candidates":)") != std::string::npos);
  CHECK(rich.find(R"("threshold":{"needed":2,"trustees":3},"time_zone":)") != std::string::npos);
  CHECK(read_draft(rich) == draft);
}

TEST_CASE("schedule, photos and approval stand in a draft only where there are some") {
  const auto plain = write_draft(small_draft());
  for (const auto* member : {"schedule", "photo", "approval"}) CHECK(plain.find(member) == std::string::npos);
  const auto draft = PollingDay::draft_of_day(Timestamp{1'790'000'000'000});
  const auto text = write_draft(draft);
  CHECK(text.find(R"("policies":{"approval":"two","min_batch":)") != std::string::npos);
  CHECK(text.find(R"("verification":"both"},"schedule":{"closes_at":"2026-09-21T20:13:20.000Z","opens_at":)") !=
        std::string::npos);
  CHECK(text.find(R"("number":1,"photo":")") != std::string::npos);
  CHECK(read_draft(text) == draft);
}

TEST_CASE("a file may say that one member approves; an event leaves that out") {
  const auto single = changed("\"min_batch\"", "\"approval\": \"single\", \"min_batch\"");
  CHECK(read_draft(single).value() == read_draft(file).value());
  auto event = write_event_data(ElectionDrafted{small_draft()});
  event.insert(event.find("\"min_batch\""), "\"approval\":\"single\",");
  CHECK(refused(read_event("ElectionDrafted", 1, event, Trust::full)) == ErrorCode::malformed);
}

TEST_CASE("a file may say that there are no blank votes; an event leaves that out") {
  const std::string no_blank = changed("\"question\": \"Pilih\"", "\"blank\": false, \"question\": \"Pilih\"");
  REQUIRE(read_draft(no_blank));
  CHECK(*read_draft(no_blank) == read_draft(file).value());
  auto event = write_event_data(ElectionDrafted{small_draft()});
  event.insert(event.find("{\"candidates\"") + 1, "\"blank\":false,");
  CHECK(refused(read_event("ElectionDrafted", 1, event, Trust::full)) == ErrorCode::malformed);
}

TEST_CASE("a file with a threshold needs no mandatory trustee") {
  const auto with = [](const std::string& more) {
    return read_draft(changed("\"places\":", more + "\"places\":").replace(file.find("\"live\""), 6, "\"sealed\""));
  };
  const std::string threshold = R"("threshold": {"needed": 2, "trustees": 3}, )";
  REQUIRE(with(threshold));
  CHECK(with(threshold)->trustees == 0);
  CHECK(with(threshold)->threshold == Threshold{2, 3});
  CHECK(check_draft(*with(threshold)));
  CHECK(with(threshold + "\"trustees\": 2, ")->trustees == 2);
  CHECK(with("")->trustees == 1);
  CHECK(refused(with(R"("threshold": {"needed": 2}, )")) == ErrorCode::malformed);
  CHECK(refused(with(R"("threshold": null, )")) == ErrorCode::malformed);
}

TEST_CASE("a file of another shape is refused by the name of the member") {
  const auto refusal = [](std::string_view from, std::string_view to, const std::string& named) {
    const auto draft = read_draft(changed(from, to));
    REQUIRE(!draft);
    CAPTURE(draft.error().detail);
    CHECK(draft.error().detail.find(named) != std::string::npos);
    return draft.error().code;
  };
  CHECK(refusal("\"name\": \"Ketua", "\"title\": \"x\", \"name\": \"Ketua", "title") == ErrorCode::malformed);
  CHECK(refusal("\"administrator\": \"Panitia\",", "", "administrator") == ErrorCode::malformed);
  CHECK(refusal("\"min_batch\": 5", "\"min_batch\": \"5\"", "policies.min_batch") == ErrorCode::malformed);
  CHECK(refusal("\"last-counts\"", "\"often\"", "policies.revote") == ErrorCode::unsupported);
  CHECK(refusal("\"number\": 2", "\"number\": -2", "contests[0].candidates[1].number") == ErrorCode::malformed);
  CHECK(refusal("\"number\": 2", "\"number\": 2, \"numbr\": 2", "numbr") == ErrorCode::malformed);
  CHECK(refusal("\"min_batch\": 5", "\"approval\": \"three\", \"min_batch\": 5", "policies.approval") ==
        ErrorCode::unsupported);
  CHECK(refusal("\"vision\": \"Maju\"", "\"photo\": \"a.jpg\", \"vision\": \"Maju\"", "candidates[0].photo") ==
        ErrorCode::malformed);
  CHECK(
      refusal("\"places\":", R"("schedule": {"opens_at": "pagi", "closes_at": "2026-11-23T06:57:15.123Z"}, "places":)",
              "schedule.opens_at") == ErrorCode::malformed);
  CHECK(refusal("[\"Satu\"]", "\"Satu\"", "mission") == ErrorCode::malformed);
  CHECK(refusal("\"id\": \"tps-1\"", "\"id\": 1", "places[0].id") == ErrorCode::malformed);
  CHECK(refused(read_draft("")) == ErrorCode::malformed);
  CHECK(refused(read_draft(std::string((1u << 20) + 1, ' '))) == ErrorCode::too_large);
}
