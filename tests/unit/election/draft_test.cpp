#include <catch2/catch.hpp>
#include <functional>

#include "tests/support/held_election.hpp"

using namespace suara;
using namespace suara::election;
using test::small_draft;

namespace {

// The faults of small_draft() after a change.
std::vector<std::string> faults(const std::function<void(Draft&)>& change) {
  Draft draft = small_draft();
  change(draft);
  const auto checked = check_draft(draft);
  if (checked) return {};
  CHECK(checked.error().code == ErrorCode::invalid_draft);
  return checked.error().items;
}

// Exactly one fault, which names the place.
void refused_at(const std::string& place, const std::function<void(Draft&)>& change) {
  const auto items = faults(change);
  CAPTURE(place, items);
  REQUIRE(items.size() == 1);
  CHECK(items.front().find(place) != std::string::npos);
}

void answer_count(Draft& draft, std::size_t count) {
  auto& contest = draft.contests[0];
  contest.question.answers.clear();
  contest.candidates.clear();
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = "Calon " + std::to_string(i + 1);
    contest.question.answers.push_back(name);
    contest.candidates.push_back({static_cast<std::uint32_t>(i + 1), name, "", {}});
  }
}

}  // namespace

TEST_CASE("a good draft passes, at its bounds too") {
  CHECK(faults([](Draft&) {}).empty());
  CHECK(faults([](Draft& d) { d.description.clear(); }).empty());
  CHECK(faults([](Draft& d) { answer_count(d, 30); }).empty());
  CHECK(faults([](Draft& d) { d.contests[0].question.min = 0; }).empty());
  CHECK(faults([](Draft& d) { d.contests[0].question.max = 2; }).empty());
  CHECK(faults([](Draft& d) { d.trustees = 20; }).empty());
  CHECK(faults([](Draft& d) { d.policies.min_batch = 100'000; }).empty());
  CHECK(faults([](Draft& d) { d.contests[0].candidates[0].vision = "Baris satu\nbaris dua"; }).empty());
  CHECK(faults([](Draft& d) { d.name = std::string(200, 'x'); }).empty());
  for (const auto* zone : {"WIB", "WITA", "WIT"}) CHECK(faults([&](Draft& d) { d.time_zone = zone; }).empty());
}

TEST_CASE("texts must be there, be bounded and hold no control characters") {
  refused_at("name", [](Draft& d) { d.name = "  "; });
  refused_at("name", [](Draft& d) { d.name = std::string(201, 'x'); });
  refused_at("name", [](Draft& d) { d.name = "a\nb"; });
  refused_at("description", [](Draft& d) { d.description = std::string("a\0b", 3); });
  refused_at("administrator", [](Draft& d) { d.administrator.clear(); });
  refused_at("credential_authority", [](Draft& d) { d.credential_authority.clear(); });
  refused_at("contests[0].question", [](Draft& d) { d.contests[0].question.question.clear(); });
  refused_at("contests[0].candidates[1].mission[0]", [](Draft& d) { d.contests[0].candidates[1].mission = {""}; });
  refused_at("mission", [](Draft& d) { d.contests[0].candidates[0].mission.assign(21, "x"); });
  refused_at("vision", [](Draft& d) { d.contests[0].candidates[0].vision = std::string(2001, 'x'); });
}

TEST_CASE("a contest needs 2 to 30 distinct candidates and possible marks") {
  refused_at("exactly one", [](Draft& d) { d.contests.clear(); });
  refused_at("exactly one", [](Draft& d) { d.contests.push_back(d.contests[0]); });
  refused_at("contests[0] has 1", [](Draft& d) { answer_count(d, 1); });
  refused_at("contests[0] has 31", [](Draft& d) { answer_count(d, 31); });
  refused_at(".max", [](Draft& d) { d.contests[0].question.max = 3; });
  refused_at(".min", [](Draft& d) { d.contests[0].question.min = 2; });
  refused_at("one candidate for each", [](Draft& d) { d.contests[0].candidates.pop_back(); });
  refused_at("candidates[1].number", [](Draft& d) { d.contests[0].candidates[1].number = 1; });
  refused_at("candidates[0].number", [](Draft& d) { d.contests[0].candidates[0].number = 0; });
  refused_at("differs", [](Draft& d) { d.contests[0].candidates[0].name = "Lain"; });
  const auto same = faults([](Draft& d) {
    d.contests[0].candidates[1].name = d.contests[0].candidates[0].name;
    d.contests[0].question.answers[1] = d.contests[0].question.answers[0];
  });
  CHECK(same.size() == 1);
}

TEST_CASE("marks: max must be at least one") {
  refused_at(".max must be at least 1", [](Draft& d) {
    d.contests[0].question = {d.contests[0].question.answers, false, 0, 0, "?"};
  });
}

TEST_CASE("places need distinct ids of the right form") {
  refused_at("places must name", [](Draft& d) { d.places.clear(); });
  refused_at("places[1].id", [](Draft& d) { d.places.push_back({PlaceId{"tps-1"}, "TPS 1 lagi"}); });
  refused_at("places[0].id", [](Draft& d) { d.places[0].id.value = "TPS 1"; });
  refused_at("places[0].id", [](Draft& d) { d.places[0].id.value = std::string(33, 'a'); });
  refused_at("places[0].name", [](Draft& d) { d.places[0].name.clear(); });
  refused_at("places has more", [](Draft& d) { d.places.assign(2001, {PlaceId{"a"}, "A"}); });
}

TEST_CASE("policies and trustees are bounded") {
  refused_at("min_batch", [](Draft& d) { d.policies.min_batch = 1; });
  refused_at("min_batch", [](Draft& d) { d.policies.min_batch = 100'001; });
  refused_at("trustees", [](Draft& d) { d.trustees = 0; });
  refused_at("trustees", [](Draft& d) { d.trustees = 21; });
  refused_at("trustees must be 1", [](Draft& d) {
    d.policies.tally = TallyPolicy::live;
    d.trustees = 2;
  });
  refused_at("time_zone", [](Draft& d) { d.time_zone = "UTC"; });
}

TEST_CASE("every fault is listed at once") {
  const auto items = faults([](Draft& d) {
    d.name.clear();
    d.places.clear();
    d.time_zone = "CET";
  });
  CHECK(items.size() == 3);
}

TEST_CASE("a draft that passes fits into one entry, whatever its texts hold") {
  Draft draft = small_draft();
  answer_count(draft, 30);
  for (auto& candidate : draft.contests[0].candidates) candidate.mission.assign(2, std::string(400, '"'));
  while (true) {
    Draft larger = draft;
    const std::string id = "place-" + std::to_string(larger.places.size());
    larger.places.push_back({PlaceId{id}, id});
    if (!check_draft(larger)) break;
    draft = larger;
  }
  REQUIRE(check_draft(draft));
  const auto size = codec::write_event_data(ElectionDrafted{draft}).size();
  CHECK(size <= max_draft_size);
  CHECK(size > max_draft_size - 1000);
}
