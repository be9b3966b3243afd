#include <catch2/catch.hpp>
#include <functional>
#include <thread>

#include "tests/integration/http/site.hpp"

namespace suara::test {
namespace {

using namespace std::chrono_literals;

// Asks until the answer is as wanted; fails the test after ten seconds.
void eventually(const std::function<bool()>& wanted) {
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  while (!wanted()) {
    if (std::chrono::steady_clock::now() > deadline) FAIL("waited ten seconds in vain");
    std::this_thread::yield();
  }
}

}  // namespace

TEST_CASE("an election is held over HTTP from the draft to the certified result") {
  TestSite& site = shared_site();
  const WebElection election(site, 3);
  const auto signed_in = site.post_json(election.path("/sign-in"), election.sign_in_body(election.voter(0)));
  REQUIRE(signed_in.status == 200);
  CHECK(signed_in.body == R"({"place":{"id":"tps-1","name":"TPS 1"},"has_voted":false})");

  const std::string ballot = election.ballot(0, 0);
  const auto accepted = election.cast(ballot);
  REQUIRE(accepted.status == 201);
  const auto again = election.cast(ballot);
  CHECK(again.status == 200);
  CHECK(again.body == accepted.body);
  CHECK(election.cast(election.ballot(1, 1)).status == 201);
  CHECK(election.cast(election.ballot(0, 1)).status == 201);  // changed their mind: the last one counts

  const auto later = site.post_json(election.path("/sign-in"), election.sign_in_body(election.voter(0)));
  CHECK(later.body == R"({"place":{"id":"tps-1","name":"TPS 1"},"has_voted":true})");

  std::string tracker = json_text(accepted.body, "tracker");
  eventually([&] {
    std::string escaped;
    for (const char c : tracker) escaped += c == '+' ? "%2B" : c == '/' ? "%2F" : std::string(1, c);
    const auto found = site.get(election.path("/ballots?tracker=" + escaped));
    return found.status == 200 && found.body.find("\"status\":\"replaced\"") != std::string::npos;
  });

  election.close();
  CHECK(error_code(election.cast(election.ballot(2, 0))) == "wrong_phase");
  // A voter whose receipt was lost on the way still gets it.
  const auto late = election.cast(ballot);
  CHECK(late.status == 200);
  CHECK(late.body == accepted.body);

  election.decrypt();
  election.step("/result");
  election.step("/certification");
  eventually([&] {
    const auto tally = site.get(election.path("/tally"));
    return tally.status == 200 && json_text(tally.body, "status") == "certified";
  });
  const auto tally = site.get(election.path("/tally"));
  CHECK(tally.body.find(R"("counted":2)") != std::string::npos);
  CHECK(tally.body.find(R"("count":0})") != std::string::npos);
  CHECK(tally.body.find(R"("count":2})") != std::string::npos);
  CHECK(json_text(site.get(election.path()).body, "phase") == "certified");
  CHECK(site.get("/api/v1/elections").body.find(election.uuid()) != std::string::npos);
}

TEST_CASE("an accepted ballot shows on the live stream within a second") {
  TestSite& site = shared_site();
  const WebElection election(site, 2);
  auto stream = site.client();
  stream.write("GET " + election.path("/stream") + " HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string head = stream.read_until("\r\n\r\n");
  CHECK(head.find("200") != std::string::npos);
  CHECK(head.find("text/event-stream") != std::string::npos);
  for (const char* event : {"event: election\n", "event: ledger\n", "event: tally\n", "event: turnout\n"}) {
    CAPTURE(event);
    stream.read_until(event);
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string body = election.ballot(i, 0);
    const auto sent = std::chrono::steady_clock::now();
    REQUIRE(election.cast(body).status == 201);
    const std::string places =
        R"("voted":)" + std::to_string(i + 1) + R"(,"ballots":)" + std::to_string(i + 1) + R"(,"places")";
    stream.read_until(places);
    const auto took = std::chrono::steady_clock::now() - sent;
    CHECK(took < 1s);
  }
}

TEST_CASE("live counts come over the stream when a batch has filled") {
  TestSite& site = shared_site();
  const WebElection election(site, 2, WebElection::Until::open, election::TallyPolicy::live);
  auto stream = site.client();
  stream.write("GET " + election.path("/stream") + " HTTP/1.1\r\nHost: x\r\n\r\n");
  REQUIRE(election.cast(election.ballot(0, 1)).status == 201);
  REQUIRE(election.cast(election.ballot(1, 1)).status == 201);
  const std::string told = stream.read_until(R"("status":"preliminary")");
  CHECK(stream.read_until(R"("name":"Citra & Dimas","count":2})").find("\"through\":") != std::string::npos);
}

TEST_CASE("the public log is served with its caching, to pages of any site") {
  TestSite& site = shared_site();
  const WebElection election(site, 1, WebElection::Until::drafted);
  const std::string log = "/log/" + election.uuid();
  eventually([&] { return site.get(log + "/checkpoint").status == 200; });
  const auto checkpoint = site.get(log + "/checkpoint");
  CHECK(checkpoint.header("content-type") == "text/plain; charset=utf-8");
  CHECK(checkpoint.header("cache-control") == "no-cache");
  CHECK(checkpoint.header("access-control-allow-origin") == "*");
  CHECK(checkpoint.body.starts_with("suara.local/"));
  CHECK(site.get(log + "/keys.json").status == 200);
  const auto entries = site.get(log + "/tile/entries/000.p/2");
  CHECK(entries.status == 200);
  CHECK(entries.body.find("ElectionDrafted") != std::string::npos);
  CHECK(entries.header("cache-control") == "public, max-age=60");
}

}  // namespace suara::test
