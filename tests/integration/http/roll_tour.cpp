#include "tests/integration/http/roll_tour.hpp"

#include <catch2/catch.hpp>
#include <chrono>

#include "tests/integration/http/polling.hpp"

namespace suara::test {
namespace {

using election::Role;
using Until = WebElection::Until;

void change_voters(const TestSite& site) {
  const WebElection election(site, small_draft(), {1}, Until::enrolled);
  const auto keeper = site.staff(Role::registrar);
  const auto post = [&](const std::string& path, const std::string& body) {
    return site.post(election.path(path), keeper, body).status;
  };
  CHECK(post("/credentials/withdraw", R"({"reason":"The roll is mended."})") == 200);
  CHECK(post("/voters", R"({"id":"9","name":"Dewi","class":"8B","place":"tps-1"})") == 201);
  CHECK(post("/voters/correct", R"({"id":"9","name":"Dewi Sri","reason":"Misspelt."})") == 200);
  CHECK(post("/voters/remove", R"({"id":"9","reason":"Left the school."})") == 200);
  CHECK(site.get(election.path("/roll/summary"), keeper.read()).status == 200);
}

void erase_voters(const TestSite& site) {
  const WebElection election(site, small_draft(), {1, 1}, Until::enrolled);
  const auto keeper = site.staff(Role::registrar);
  CHECK(site.post(election.path("/cancellation"), site.staff(Role::committee), R"({"reason":"Called off."})").status ==
        200);
  CHECK(site.remove(election.path("/voters/1/data"), keeper, "{}").status == 200);
  CHECK(site.remove(election.path("/voters/data"), keeper, "{}").status == 200);
}

void serve_voters(const TestSite& site) {
  const WebElection election(site, polling_draft(election::VerificationPolicy::both), {1, 1}, Until::open, 1);
  const auto keeper = site.staff(Role::registrar), office = site.staff(Role::committee);
  const auto text = [](const crypto::SecretScalar& secret) { return ballot::public_credential(secret).to_text(); };
  const std::string lost = text(election.voter(0)), issued = text(election.spare("tps-1", 0));
  CHECK(site.get(election.path("/credentials/status?credential=" + lost), keeper.read()).status == 200);
  CHECK(site.post(election.path("/credentials/replace"), keeper,
                  R"({"lost":")" + lost + R"(","issued":")" + issued + R"(","reason":"The envelope is lost."})")
            .status == 200);
  CHECK(mark(site, election, office, "1").status == 201);
  CHECK(site.post(election.path("/incidents"), office, R"({"text":"The power failed."})").status == 201);
}

void put_the_end_off(const TestSite& site) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  constexpr std::int64_t hour = 3'600'000;
  auto draft = small_draft();
  draft.schedule = election::Schedule{{ms + hour}, {ms + 2 * hour}};
  const WebElection election(site, draft, {1}, Until::sealed);
  CHECK(site.post(election.path("/extension"), site.staff(Role::committee),
                  R"({"closes_at":")" + format_time({ms + 3 * hour}) + R"(","reason":"The power failed."})")
            .status == 200);
}

void keep_a_photo(const TestSite& site) {
  const std::string picture = "\x89PNG\r\n\x1A\n" + std::string(100, '\0');
  const auto kept = site.post("/api/v1/photos", site.staff(Role::committee), picture, "image/png");
  REQUIRE(kept.status == 201);
  CHECK(site.get("/api/v1/photos/" + json_text(kept.body, "photo")).status == 200);
}

}  // namespace

void use_every_roll_operation(const TestSite& site) {
  change_voters(site);
  erase_voters(site);
  serve_voters(site);
  put_the_end_off(site);
  keep_a_photo(site);
}

}  // namespace suara::test
