#include <catch2/catch.hpp>

#include "projections/activity/queries.hpp"
#include "projections/attendance/queries.hpp"
#include "projections/turnout/queries.hpp"
#include "tests/integration/projections/site.hpp"

using namespace suara;
using namespace suara::projections;
using test::HeldElection;
using test::Site;

namespace {

std::vector<std::string> types_of(const activity::Feed& feed) {
  std::vector<std::string> out;
  for (const auto& item : feed.items) out.push_back(item.type);
  return out;
}

}  // namespace

TEST_CASE("the reads of a polling day are what happened") {
  Site site(test::polling_day_draft());
  CHECK(test::must(activity::read_feed(site.pool, site.id(), std::nullopt, "", 10)).items.empty());
  test::hold_polling_day(site);
  site.stored->store_new();
  REQUIRE(site.runner()->run_once());

  SECTION("turnout, by place in the order of the last draft, without the attendance that was corrected away") {
    const auto turnout = test::must(turnout::read_turnout(site.pool, site.id()));
    CHECK(turnout.places == std::vector<turnout::PlaceTurnout>{{PlaceId{"tps-2"}, "TPS 2", 2, 1, 1, 2},
                                                               {PlaceId{"tps-1"}, "Aula", 3, 2, 2, 1}});
    CHECK(turnout.voters == 5);
    CHECK(turnout.verified == 3);
    CHECK(turnout.attended == 3);
    REQUIRE(turnout.hours.size() == 2);
    CHECK(turnout.hours[0].verified == 0);
    CHECK(turnout.hours[0].voted == 1);
    CHECK(turnout.hours[1].verified == 3);
    CHECK(turnout.hours[1].voted == 2);
  }

  SECTION("who is marked as present, and where") {
    const std::vector<Hash> asked = {HeldElection::commitment_of(0), HeldElection::commitment_of(3),
                                     HeldElection::commitment_of(4)};
    const auto found = test::must(attendance::attended(site.pool, site.id(), asked));
    REQUIRE(found.size() == 2);
    CHECK(found.at(asked[0]).place == PlaceId{"tps-1"});
    CHECK(found.at(asked[1]).place == PlaceId{"tps-2"});
    const auto& again = site.election.recorded.at(found.at(asked[0]).seq.value);
    CHECK(std::holds_alternative<election::VoterVerified>(again.event));
    CHECK(again.time == found.at(asked[0]).time);
    CHECK(test::must(attendance::attended(site.pool, site.id(), {})).empty());
  }

  SECTION("more votes than attendance at a place") {
    const auto alerts = test::must(turnout::read_alerts(site.pool, site.id()));
    REQUIRE(alerts.size() == 1);
    CHECK(alerts[0].key.kind == turnout::AlertKind::over_attendance);
    CHECK(alerts[0].place == PlaceId{"tps-2"});
    CHECK(alerts[0].alert.figure == 2);
    CHECK(alerts[0].alert.measure == 1);
  }

  SECTION("the feed has what people did, newest first, and neither ballots nor attendance") {
    const auto feed = test::must(activity::read_feed(site.pool, site.id(), std::nullopt, "", 4));
    CHECK(types_of(feed) ==
          std::vector<std::string>{"CorrectionRecorded", "ElectionClosed", "IncidentNoted", "CorrectionRecorded"});
    CHECK(feed.as_of.entries == site.election.recorded.size());
    CHECK(feed.items[2].actor == "committee:ani");
    CHECK(feed.items[2].data->find("Listrik padam") != std::string::npos);
    const auto older = test::must(activity::read_feed(site.pool, site.id(), feed.items.back().seq, "", 200));
    for (const auto& item : older.items) {
      CHECK(item.seq < feed.items.back().seq);
      CHECK(item.type != "BallotCast");
      CHECK(item.type != "VoterVerified");
      CHECK(item.type != "VotersEnrolled");
    }
    const auto drafts = test::must(activity::read_feed(site.pool, site.id(), std::nullopt, "ElectionDrafted", 50));
    CHECK(drafts.items.size() == 3);
  }

  SECTION("incidents with what they are about") {
    const auto incidents = test::must(activity::read_incidents(site.pool, site.id(), std::nullopt, 10));
    REQUIRE(incidents.size() == 1);
    CHECK(incidents[0].text == "Listrik padam");
    CHECK(incidents[0].by == "committee:ani");
    CHECK(test::must(activity::read_incidents(site.pool, site.id(), incidents[0].seq, 10)).empty());
    REQUIRE(incidents[0].entries.size() == 1);
    const auto& about = site.election.recorded.at(incidents[0].entries[0].value);
    CHECK(std::holds_alternative<election::VoterVerified>(about.event));
  }
}
