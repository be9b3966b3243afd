#include <catch2/catch.hpp>
#include <functional>
#include <thread>

#include "tests/integration/http/ceremony.hpp"
#include "tests/integration/http/eventually.hpp"
#include "tests/integration/http/site.hpp"

namespace suara::test {
namespace {

using namespace std::chrono_literals;

// Asks until the answer is as wanted; fails the test after ten seconds.
// A tracker as a part of an address.
std::string escaped(const std::string& tracker) {
  std::string out;
  for (const char c : tracker) out += c == '+' ? "%2B" : c == '/' ? "%2F" : std::string(1, c);
  return out;
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

  const std::string tracker = json_text(accepted.body, "tracker");
  eventually(10s, [&] {
    const auto found = site.get(election.path("/ballots?tracker=" + escaped(tracker)));
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
  eventually(10s, [&] {
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

TEST_CASE("a challenged ballot is on the board, never counts, and can never be cast") {
  TestSite& site = shared_site();
  const WebElection election(site, 2);
  const std::string opened = election.ballot(0, 1);
  const auto challenged = election.challenge(opened);
  REQUIRE(challenged.status == 201);
  const auto again = election.challenge(opened);
  CHECK(again.status == 200);
  CHECK(again.body == challenged.body);
  const std::string kept = election.ballot(0, 0);
  const auto accepted = election.cast(kept);
  REQUIRE(accepted.status == 201);

  const auto status_of = [&](const HttpReply& receipt) {
    const auto found = site.get(election.path("/ballots?tracker=") + escaped(json_text(receipt.body, "tracker")));
    const auto at = found.body.find("\"status\":\"");
    return at == std::string::npos ? "none" : found.body.substr(at + 10, found.body.find('"', at + 10) - at - 10);
  };
  eventually(10s, [&] { return status_of(accepted) == "counted"; });
  CHECK(status_of(challenged) == "challenged");
  const auto board = site.get(election.path("/ballots")).body;
  CHECK(board.find("challenged") < board.find("counted"));
  // The beginning of a tracker, of any length from six, finds it and nothing else.
  const std::string tracker = json_text(accepted.body, "tracker");
  for (const std::size_t length : {6, 7, 41, 42, 43}) {
    CAPTURE(length);
    const auto found = site.get(election.path("/ballots?begins=") + escaped(tracker.substr(0, length)));
    CHECK(found.status == 200);
    CHECK(found.body.find("\"tracker\":\"" + tracker + "\"") != std::string::npos);
    CHECK(found.body.find("challenged") == std::string::npos);
  }
  std::string other = tracker;
  other[5] = other[5] == 'A' ? 'B' : 'A';
  CHECK(site.get(election.path("/ballots?begins=") + escaped(other)).body.find("tracker") == std::string::npos);
  eventually(10s, [&] { return json_number(site.get(election.path("/turnout")).body, "voted") > 0; });
  const auto turnout = site.get(election.path("/turnout")).body;
  CHECK(json_number(turnout, "voted") == 1);
  CHECK(json_number(turnout, "ballots") == 1);

  election.close();
  // The receipts that got lost on the way are still given, to what each was.
  CHECK(election.challenge(opened).body == challenged.body);
  CHECK(election.cast(kept).body == accepted.body);
  CHECK(error_code(election.cast(opened)) == "wrong_phase");
  CHECK(error_code(election.challenge(kept)) == "wrong_phase");
  election.decrypt();
  election.step("/result");
  eventually(10s, [&] { return json_text(site.get(election.path("/tally")).body, "status") == "tallied"; });
  const auto tally = site.get(election.path("/tally")).body;
  CHECK(tally.find(R"("counts":[[1,0]])") != std::string::npos);
  CHECK(json_number(tally, "counted") == 1);
  CHECK(site.get("/metrics").body.find("challenged") != std::string::npos);
}

TEST_CASE("a group's key, blank votes, several questions and weights, from the ceremony to the counts") {
  TestSite& site = shared_site();
  const WebElection election(site, rich_draft(), {1, 3, 1});
  const auto shown = site.get(election.path()).body;
  CHECK(shown.find(R"("threshold":{"needed":2,"trustees":3,"step":"done"})") != std::string::npos);
  CHECK(shown.find(R"("question":"Ketua","min":1,"max":1,"blank":true)") != std::string::npos);
  CHECK(json_number(shown, "total_weight") == 5);
  CHECK(election.cast(election.ballot_with(0, {{1, 0, 0}, {0, 0, 0, 0}})).status == 201);  // blank, and no mark
  CHECK(election.cast(election.ballot_with(1, {{0, 1, 0}, {1, 1, 0, 1}})).status == 201);
  eventually(10s, [&] { return json_number(site.get(election.path("/turnout")).body, "voted") == 2; });

  election.close();
  CHECK(election.decrypt_as(2, election.ceremony().secret(1)).status == 201);
  auto work = site.get(election.path("/decryption")).body;
  CHECK(work.find(R"("submitted":[2],"needed":{"mandatory":[1],"groups":[{"absent":[3,4],"missing":1}]})") !=
        std::string::npos);
  CHECK(work.find(R"("kind":"single","actor":"trustee:trustee")") != std::string::npos);
  CHECK(work.find(R"("key":")" + ballot::trustee_public_key(election.ceremony().secret(3)).public_key.to_text() +
                  R"(","kind":"threshold","actor":"trustee:trustee"})") != std::string::npos);
  const auto missing = site.get(election.path()).body;
  CHECK(missing.find("trustee 1 (trustee:trustee) must decrypt.") != std::string::npos);
  CHECK(missing.find("1 of these must decrypt: trustee 3 (trustee:trustee), trustee 4 (trustee:trustee).") !=
        std::string::npos);
  const auto office = site.staff(election::Role::committee);
  CHECK(error_code(site.post(election.path("/result"), office)) == "conflict");
  // Another's secret is refused, and leaves everybody's work as it was.
  CHECK(error_code(election.decrypt_as(4, election.ceremony().secret(1))) == "invalid_proof");
  CHECK(election.decrypt_as(4, election.ceremony().secret(3)).status == 201);
  CHECK(error_code(election.decrypt_as(3, election.ceremony().secret(2))) == "conflict");  // two are enough
  election.decrypt();
  election.step("/result");
  eventually(10s, [&] { return json_text(site.get(election.path("/tally")).body, "status") == "tallied"; });
  const auto tally = site.get(election.path("/tally")).body;
  CHECK(tally.find(R"("counts":[[1,3,0],[3,3,0,3]])") != std::string::npos);
  CHECK(json_number(tally, "counted") == 2);
  CHECK(json_number(tally, "total_weight") == 4);
  CHECK(json_number(site.get(election.path("/turnout")).body, "voted") == 2);
  CHECK(site.get(election.path()).body.find(R"("missing":[])") != std::string::npos);
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
  eventually(10s, [&] { return site.get(log + "/checkpoint").status == 200; });
  const auto checkpoint = site.get(log + "/checkpoint");
  CHECK(checkpoint.header("content-type") == "text/plain; charset=utf-8");
  CHECK(checkpoint.header("cache-control") == "no-cache");
  CHECK(checkpoint.header("access-control-allow-origin") == "*");
  CHECK(checkpoint.body.starts_with("suara.local/"));
  CHECK(site.get(log + "/keys.json").status == 200);
  const auto origin = checkpoint.body.find('\n') + 1;
  const std::string size = checkpoint.body.substr(origin, checkpoint.body.find('\n', origin) - origin);
  const auto entries = site.get(log + "/tile/entries/000.p/" + size);
  CHECK(entries.status == 200);
  CHECK(entries.body.find("ElectionDrafted") != std::string::npos);
  CHECK(entries.header("cache-control") == "public, max-age=60");
}

}  // namespace suara::test
