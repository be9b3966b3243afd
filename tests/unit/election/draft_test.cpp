#include <catch2/catch.hpp>
#include <functional>

#include "core/election/draft_size.hpp"
#include "tests/support/held_election.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

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
  refused_at("contests has 0 contests", [](Draft& d) { d.contests.clear(); });
  refused_at("contests has 11 contests", [](Draft& d) { d.contests.assign(11, d.contests[0]); });
  CHECK(faults([](Draft& d) { d.contests.assign(10, d.contests[0]); }).empty());
  CHECK(faults([](Draft& d) { d.contests[0].question.blank = true; }).empty());
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

TEST_CASE("a witness is listed once, by name and by public key") {
  const auto watched = [](std::vector<std::string> keys) {
    return [keys = std::move(keys)](Draft& d) { d.policies.witnesses = WitnessPolicy{1, keys}; };
  };
  refused_at("has the name of another", watched({"saksi.test/a+01020304+AQEB", "saksi.test/a+01020305+AQIC"}));
  refused_at("has the public key of another", watched({"saksi.test/a+01020304+AQ+B", "saksi.test/b+01020305+AQ+B"}));
  Draft both = small_draft();
  watched({"saksi.test/a+01020304+AQE+", "saksi.test/b+01020305+AQI+"})(both);
  CHECK(check_draft(both));
}

TEST_CASE("mandatory and threshold trustees are bounded, each kind and together") {
  const auto with = [](std::uint32_t mandatory, std::uint32_t needed, std::uint32_t trustees) {
    return [=](Draft& d) {
      d.trustees = mandatory;
      d.threshold = Threshold{needed, trustees};
    };
  };
  CHECK(faults(with(0, 2, 2)).empty());
  CHECK(faults(with(0, 20, 20)).empty());
  CHECK(faults(with(18, 2, 2)).empty());
  refused_at("threshold.needed", with(0, 1, 2));
  refused_at("threshold.needed", with(0, 3, 2));
  refused_at("threshold.trustees", with(0, 2, 1));
  refused_at("threshold.trustees", with(0, 2, 21));
  refused_at("at most 20", with(19, 2, 2));
  refused_at("at most 20", with(21, 2, 2));
  refused_at("without a threshold", [](Draft& d) {
    d.policies.tally = TallyPolicy::live;
    d.threshold = Threshold{2, 3};
  });
}

TEST_CASE("every fault is listed at once") {
  const auto items = faults([](Draft& d) {
    d.name.clear();
    d.places.clear();
    d.time_zone = "CET";
  });
  CHECK(items.size() == 3);
}

namespace {

// Not more than a hundredth above what is written, for a draft whose texts are full of what JSON must escape.
void close_above(std::size_t estimate, std::size_t written) {
  CAPTURE(estimate, written);
  CHECK(estimate >= written);
  CHECK(estimate <= written + written / 100 + 600);
}

Draft large_draft() {
  auto draft = rich_draft();
  draft.name = std::string(100, '"');
  draft.description = std::string(300, '\\') + std::string(300, '\n');
  draft.contests.assign(6, contest_of(12, 0, 9, true, std::string(100, '"')));
  draft.trustees = 3;
  draft.threshold = Threshold{4, 5};
  return draft;
}

}  // namespace

TEST_CASE("the sizes of what follows from a draft are foreseen") {
  auto draft = large_draft();
  HeldElection held;
  held.open(draft, 1);
  for (const auto& each : held.recorded) {
    const auto size = codec::write_event_data(each.event).size();
    if (std::holds_alternative<ElectionDrafted>(each.event)) close_above(draft_size(draft), size);
    if (std::holds_alternative<ElectionSealed>(each.event)) close_above(sealed_size(draft), size);
  }
  std::vector<std::vector<unsigned>> none(draft.contests.size(), std::vector<unsigned>(13, 0));
  const auto cast = held.ballot_with(held.voters[0], none);
  held.must(cast, voter);
  close_above(ballot_size(draft), codec::write_event_data(held.recorded.back().event).size());
  held.finish();
  for (const auto& each : held.recorded) {
    const auto size = codec::write_event_data(each.event).size();
    if (std::holds_alternative<TallyComputed>(each.event) || std::holds_alternative<TallyDecrypted>(each.event)) {
      CHECK(ballot_size(draft) >= size);
    }
  }
}

TEST_CASE("the size of a live tally is foreseen") {
  auto draft = small_draft(TallyPolicy::live);
  draft.contests.assign(8, contest_of(10, 1, 1, false, "Pilih"));
  HeldElection held;
  held.open(draft, 2);
  held.must(held.ballot_of(0, 0), voter);
  held.must(held.ballot_of(1, 1), voter);
  held.must(held.live_tally(), service);
  close_above(live_tally_size(draft), codec::write_event_data(held.recorded.back().event).size());
}

TEST_CASE("a draft whose ballots, live tallies or sealing no entry could hold is refused") {
  refused_at("A ballot would take", [](Draft& d) { d.contests.assign(10, contest_of(12, 1, 1, false, "Pilih")); });
  CHECK(faults([](Draft& d) { d.contests.assign(10, contest_of(10, 1, 1, false, "Pilih")); }).empty());
  refused_at("live tally would take", [](Draft& d) {
    d.policies.tally = TallyPolicy::live;
    d.contests.assign(8, contest_of(13, 1, 1, false, "Pilih"));
  });
  CHECK(faults([](Draft& d) { d.contests.assign(8, contest_of(13, 1, 1, false, "Pilih")); }).empty());
  refused_at("The election to seal", [](Draft& d) {
    d.trustees = 0;
    d.threshold = Threshold{20, 20};
    d.contests.assign(10, contest_of(8, 1, 1, false, std::string(500, 'x')));
    for (auto& contest : d.contests) {
      for (std::size_t i = 0; i < 8; ++i) {
        contest.candidates[i].name += std::string(150, 'x');
        contest.question.answers[i] = contest.candidates[i].name;
      }
    }
  });
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
