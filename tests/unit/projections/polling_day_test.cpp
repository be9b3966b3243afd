#include <catch2/catch.hpp>

#include "projections/activity/fold.hpp"
#include "projections/live_tally/fold.hpp"
#include "projections/turnout/fold.hpp"
#include "tests/support/held_election.hpp"

using namespace suara;
using namespace suara::projections;

namespace {

constexpr std::int64_t minute = 60'000;

ballot::Element key_number(std::uint8_t number) {
  ballot::Element out;
  out.bytes[0] = number;
  return out;
}

Hash voter(std::size_t number) { return test::HeldElection::commitment_of(number); }

// An election at two places, folded step by step.
struct Day {
  turnout::State state;
  turnout::Changes changes;
  std::uint64_t seq = 0;
  Timestamp now{0};

  explicit Day(election::VerificationPolicy policy = election::VerificationPolicy::polling_place) {
    event(election::ElectionDrafted{draft(policy)});
    event(election::VotersEnrolled{0, {{voter(1), PlaceId{"tps-1"}}, {voter(2), PlaceId{"tps-1"}}}});
    event(election::RollImported{PlaceId{"tps-1"}, {{key_number(1), 1}, {key_number(2), 1}, {key_number(3), 1}}});
    event(election::ElectionOpened{});
  }

  static election::Draft draft(election::VerificationPolicy policy) {
    auto draft = test::small_draft();
    draft.places = {{PlaceId{"tps-1"}, "TPS 1"}, {PlaceId{"tps-2"}, "TPS 2"}};
    draft.policies.verification = policy;
    return draft;
  }

  Seq fact(decltype(Fact::what) what) {
    now.ms += 1000;
    fold(state, {Seq{seq}, now, std::move(what)}, changes);
    return Seq{seq++};
  }
  Seq event(election::Event what) { return fact(std::move(what)); }
  Seq mark(std::size_t number) { return fact(AttendanceFact{voter(number), PlaceId{"tps-1"}}); }
  Seq cast(std::uint8_t by) { return fact(BallotFact{key_number(by), Hash{}}); }
  std::size_t over() const { return state.alerts.size(); }
};

}  // namespace

TEST_CASE("an attendance counts until it is corrected, and again once it is marked anew") {
  Day day;
  const Seq wrong = day.mark(1);
  day.mark(2);
  CHECK(day.state.places[0].verified == 2);
  CHECK(day.state.hours.at({Timestamp{0}, 0}).verified == 2);
  day.event(election::CorrectionRecorded{wrong, "Orang yang salah"});
  CHECK(day.state.places[0].verified == 1);
  CHECK(day.state.hours.at({Timestamp{0}, 0}).verified == 1);
  CHECK(day.state.attendance.size() == 1);
  day.event(election::CorrectionRecorded{Seq{0}, "Bukan kehadiran"});
  CHECK(day.state.places[0].verified == 1);
  const Seq again = day.mark(1);
  CHECK(day.state.places[0].verified == 2);
  day.event(election::ElectionClosed{});
  day.event(election::CorrectionRecorded{again, "Setelah tutup"});
  CHECK(day.state.places[0].verified == 2);
  CHECK(day.changes.attendance.size() == 3);
}

TEST_CASE("a voter who signs in online counts as verified where the code belongs") {
  Day day(election::VerificationPolicy::online);
  day.fact(SignInFact{key_number(2)});
  day.fact(SignInFact{key_number(99)});  // was never imported
  CHECK(day.state.places[0].verified == 1);
  CHECK(day.state.places[1].verified == 0);
  CHECK(day.state.places[0].attended == 0);
}

TEST_CASE("who came to the place is counted apart from who signed in elsewhere") {
  Day day(election::VerificationPolicy::both);
  const Seq marked = day.mark(1);
  day.fact(SignInFact{key_number(2)});
  CHECK(day.state.places[0].verified == 2);
  CHECK(day.state.places[0].attended == 1);
  day.event(election::CorrectionRecorded{marked, "Orang yang salah"});
  CHECK(day.state.places[0].verified == 1);
  CHECK(day.state.places[0].attended == 0);
}

TEST_CASE("more people than a place's roll has is told, whether they came or signed in") {
  Day day(election::VerificationPolicy::both);
  day.mark(1);
  day.mark(2);
  day.fact(SignInFact{key_number(1)});  // the same people may do both
  day.fact(SignInFact{key_number(2)});
  CHECK(day.over() == 0);
  const Seq third = day.fact(SignInFact{key_number(3)});
  const turnout::AlertKey key{turnout::AlertKind::over_roll, 0, day.now};
  REQUIRE(day.over() == 1);
  CHECK(day.state.alerts.at(key) == turnout::Alert{third, 3, 2});

  Day place;
  place.mark(1);
  place.mark(2);
  CHECK(place.over() == 0);
  const Seq wrong = place.mark(3);
  CHECK(place.over() == 1);
  place.event(election::CorrectionRecorded{wrong, "Orang yang salah"});
  CHECK(place.over() == 0);
}

TEST_CASE("more votes than attendance is told while it is so, and only where attendance is needed") {
  Day day;
  const Seq marked = day.mark(1);
  day.cast(1);
  CHECK(day.over() == 0);
  const Timestamp since{day.now.ms + 1000};
  const Seq first = day.cast(2);
  REQUIRE(day.over() == 1);
  const turnout::AlertKey key{turnout::AlertKind::over_attendance, 0, since};
  CHECK(day.state.alerts.at(key) == turnout::Alert{first, 2, 1});
  day.event(election::CorrectionRecorded{marked, "Orang yang salah"});
  CHECK(day.state.alerts.at(key) == turnout::Alert{first, 2, 0});
  day.mark(1);
  CHECK(day.over() == 1);
  day.mark(2);
  CHECK(day.over() == 0);
  CHECK(day.changes.alerts == std::set<turnout::AlertKey>{key});

  Day both(election::VerificationPolicy::both);
  both.cast(1);
  CHECK(both.over() == 0);
}

TEST_CASE("a revised draft keeps the numbers of places and what is counted there") {
  Day day;
  auto revised = Day::draft(election::VerificationPolicy::both);
  revised.places = {{PlaceId{"tps-3"}, "TPS 3"}, {PlaceId{"tps-1"}, "Aula"}};
  day.event(election::ElectionDrafted{revised});
  CHECK_FALSE(day.state.at_places);
  CHECK(day.state.places == std::vector<turnout::Place>{{PlaceId{"tps-1"}, "Aula", 1, 2, 0, 0, 0},
                                                        {PlaceId{"tps-2"}, "TPS 2", std::nullopt, 0, 0, 0, 0},
                                                        {PlaceId{"tps-3"}, "TPS 3", 0, 0, 0, 0, 0}});

  live_tally::State tally;
  live_tally::Changes changes;
  fold(tally, {Seq{0}, {}, election::Event(election::ElectionDrafted{test::rich_draft()})}, changes);
  fold(tally, {Seq{1}, {}, election::Event(election::ElectionDrafted{revised})}, changes);
  CHECK(tally.contests.size() == 1);
  CHECK(changes.redrafted);
}

TEST_CASE("the roll follows corrections, removals and codes made again") {
  Day day;
  day.event(election::VoterCorrected{voter(1), {voter(3), PlaceId{"tps-2"}}, "Pindah"});
  CHECK(day.state.places[0].voters == 1);
  CHECK(day.state.places[1].voters == 1);
  day.event(election::VoterRemoved{voter(3), "Pindah sekolah"});
  day.event(election::VoterRemoved{voter(9), "Tidak ada"});
  CHECK(day.state.places[1].voters == 0);
  CHECK(day.state.voters.size() == 1);

  day.event(election::CredentialsWithdrawn{"Dicetak ulang"});
  CHECK(day.state.credentials.empty());
  CHECK(day.changes.withdrawn);
  CHECK(day.changes.imported.empty());
  day.event(election::RollImported{PlaceId{"tps-1"}, {{key_number(5), 1}}});
  day.event(election::ReserveImported{PlaceId{"tps-1"}, {{key_number(6), 1}}});
  day.cast(6);  // was handed out in place of a lost one
  CHECK(day.state.places[0].voted == 1);
  day.event(election::ElectionSealed{});
  CHECK(day.state.voters.empty());
  CHECK(day.changes.voters.empty());
}

TEST_CASE("a burst is many times what a place usually has in a minute") {
  turnout::Pace pace;
  std::uint64_t seq = 0;
  const auto cast = [&](std::int64_t at, std::size_t count) {
    std::optional<std::pair<turnout::AlertKey, turnout::Alert>> last;
    for (std::size_t i = 0; i < count; ++i) last = count_ballot(pace, 7, Seq{seq++}, Timestamp{at * minute + 1});
    return last;
  };
  CHECK_FALSE(cast(0, 100));  // nothing is known yet of what is usual
  pace = {};
  for (std::int64_t at = 1; at <= 5; ++at) CHECK_FALSE(cast(at, 4));
  CHECK_FALSE(cast(6, 20));
  const auto burst = cast(6, 1);
  REQUIRE(burst);
  CHECK(burst->first == turnout::AlertKey{turnout::AlertKind::burst, 7, Timestamp{6 * minute}});
  CHECK(burst->second == turnout::Alert{Seq{seq - 1}, 21, 4});
  CHECK_FALSE(cast(7, 19));

  turnout::Pace slow;
  for (std::int64_t at = 1; at <= 9; ++at) count_ballot(slow, 0, Seq{0}, Timestamp{at * minute});
  for (int i = 0; i < 19; ++i) CHECK_FALSE(count_ballot(slow, 0, Seq{0}, Timestamp{20 * minute}));
  CHECK(count_ballot(slow, 0, Seq{0}, Timestamp{20 * minute}));
}

TEST_CASE("a long pause after many short ones may be the clock set forward") {
  turnout::Rhythm rhythm{Timestamp{0}};
  Timestamp now{0};
  const auto entry = [&](std::int64_t after) {
    now.ms += after;
    return count_entry(rhythm, Seq{1}, now, true);
  };
  CHECK_FALSE(entry(2 * 3'600'000));  // nobody came at first
  for (int i = 0; i < 40; ++i) CHECK_FALSE(entry(5000));
  CHECK_FALSE(entry(9 * minute));  // not long enough
  for (int i = 0; i < 40; ++i) entry(5000);
  const auto usual = rhythm.usual_pause / 1000;
  const auto gap = entry(30 * minute);
  REQUIRE(gap);
  CHECK(gap->first.kind == turnout::AlertKind::clock_gap);
  CHECK(gap->first.since == now);
  CHECK(gap->second == turnout::Alert{Seq{1}, 1800, usual});
  CHECK(rhythm.usual_pause / 1000 == usual);  // the gap is nothing usual
  CHECK_FALSE(entry(5000));
}

TEST_CASE("many entries of voters at one moment mean that the clock was set back") {
  turnout::Rhythm rhythm{Timestamp{0}};
  for (int i = 0; i < 200; ++i) CHECK_FALSE(count_entry(rhythm, Seq{0}, Timestamp{5}, false));  // one command has many
  for (std::uint64_t i = 1; i < turnout::still_entries; ++i)
    CHECK_FALSE(count_entry(rhythm, Seq{i}, Timestamp{9}, true));
  const auto still = count_entry(rhythm, Seq{64}, Timestamp{9}, true);
  REQUIRE(still);
  CHECK(still->first == turnout::AlertKey{turnout::AlertKind::clock_still, turnout::no_place, Timestamp{9}});
  CHECK(still->second.figure == turnout::still_entries);
  CHECK_FALSE(count_entry(rhythm, Seq{65}, Timestamp{10}, true));
}

TEST_CASE("the feed tells of acts, not of the masses") {
  activity::State state;
  activity::Changes changes;
  std::uint64_t seq = 0;
  const auto told = [&](decltype(Fact::what) what) {
    changes.clear();
    fold(state, {Seq{seq++}, {}, std::move(what)}, changes);
    return !changes.empty();
  };
  CHECK(told(election::Event(election::ElectionOpened{})));
  CHECK(changes[0] == activity::Told{Seq{0}, "ElectionOpened"});
  CHECK(told(election::Event(election::IncidentNoted{"Listrik padam", {}})));
  CHECK(told(election::Event(election::CredentialReplaced{})));
  CHECK_FALSE(told(election::Event(election::VotersEnrolled{})));
  CHECK_FALSE(told(election::Event(election::RollImported{})));
  CHECK_FALSE(told(election::Event(election::ReserveImported{})));
  CHECK_FALSE(told(election::Event(election::LiveTallyPublished{})));
  CHECK_FALSE(told(BallotFact{}));
  CHECK_FALSE(told(AttendanceFact{}));
  CHECK_FALSE(told(SignInFact{}));
}
