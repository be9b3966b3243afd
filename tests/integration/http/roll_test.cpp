#include <catch2/catch.hpp>

#include "core/crypto/hash.hpp"
#include "tests/integration/http/polling.hpp"

namespace suara::test {
namespace {

using election::Role;
using election::VerificationPolicy;
using Until = WebElection::Until;

bool says(const HttpReply& reply, const std::string& text) { return reply.body.find(text) != std::string::npos; }

// An election before its sealing, with a keeper of the roll.
struct Drafted {
  TestSite& site = shared_site();
  WebElection election;
  StaffAccess registrar;

  explicit Drafted(std::size_t voters = 4)
      : election(site, polling_draft(VerificationPolicy::both), std::vector<std::uint64_t>(voters, 1), Until::enrolled),
        registrar(site.staff(Role::registrar)) {}
  HttpReply post(const std::string& path, const std::string& body) {
    return site.post(election.path(path), registrar, body);
  }
  HttpReply roll(const std::string& query = {}) { return site.get(election.path("/roll" + query), registrar.read()); }
  // Voters can change only while there are no credentials.
  void withdraw() {
    const auto withdrawn = post("/credentials/withdraw", R"({"reason":"daftar dibetulkan"})");
    REQUIRE(withdrawn.status == 200);
  }
};

}  // namespace

TEST_CASE("the roll is searched by name, id, class and place, and read in pages") {
  Drafted drafted(12);
  const auto all = drafted.roll("?limit=5");
  REQUIRE(all.status == 200);
  CHECK(json_number(all.body, "total") == 12);
  const std::string next = json_text(all.body, "next");
  const auto second = drafted.roll("?limit=5&after=" + next);
  CHECK(json_number(second.body, "total") == 12);
  CHECK_FALSE(says(second, "\"id\":\"" + next + "\""));
  CHECK(json_number(drafted.roll("?q=SISWA+1").body, "total") == 4);  // 1, 10, 11, 12
  CHECK(json_number(drafted.roll("?q=12").body, "total") == 1);
  CHECK(json_number(drafted.roll("?q=7a").body, "total") == 12);
  CHECK(json_number(drafted.roll("?place=tps-2").body, "total") == 6);
  CHECK(json_number(drafted.roll("?class=7A&place=tps-1&q=siswa").body, "total") == 6);
  CHECK(json_number(drafted.roll("?class=7B").body, "total") == 0);
  CHECK(json_number(drafted.roll("?q=%25").body, "total") == 0);
  for (const char* wrong : {"?limit=0", "?limit=5001", "?q=%0A", "?q=%FF", "?limit=x"}) {
    CAPTURE(wrong);
    CHECK(error_code(drafted.roll(wrong)) == "malformed");
  }
  const auto counts = drafted.site.get(drafted.election.path("/roll/summary"), drafted.registrar.read());
  CHECK(json_number(counts.body, "voters") == 12);
  CHECK(says(counts, R"({"class":"7A","voters":12})"));
  CHECK(says(counts, R"({"place":"tps-1","voters":6,"credentials":6,"reserve":0})"));
}

TEST_CASE("one voter is added, corrected, moved and removed, and no other is touched") {
  Drafted drafted;
  drafted.withdraw();
  const auto before = drafted.roll().body;
  const auto size = drafted.election.size();
  CHECK(drafted.post("/voters", R"({"id":"9","name":"Dewi","class":"8B","place":"tps-1","delivery":"place"})").status ==
        201);
  CHECK(says(drafted.roll(), R"({"id":"9","name":"Dewi","class":"8B","place":"tps-1","delivery":"place"})"));
  CHECK(error_code(drafted.post("/voters", R"({"id":"9","name":"Eka","class":"8B","place":"tps-1"})")) == "conflict");
  CHECK(
      drafted
          .post("/voters/correct", R"({"id":"9","name":"Dewi Sri","place":"tps-2","weight":3,"reason":"salah tulis"})")
          .status == 200);
  CHECK(says(drafted.roll("?q=9"),
             R"({"id":"9","name":"Dewi Sri","class":"8B","place":"tps-2","weight":3,"delivery":"place"})"));
  CHECK(drafted.election.size() == size + 2);
  CHECK_FALSE(says(drafted.site.get(drafted.election.path("/entries/0")), "Dewi"));
  CHECK(drafted.post("/voters/remove", R"({"id":"9","reason":"pindah sekolah"})").status == 200);
  CHECK(drafted.roll().body == before);
  CHECK(error_code(drafted.post("/voters/remove", R"({"id":"9","reason":"pindah sekolah"})")) == "not_found");
}

TEST_CASE("a change of the roll that is wrong changes nothing") {
  Drafted drafted;
  drafted.withdraw();
  const auto before = drafted.roll().body;
  const auto size = drafted.election.size();
  for (const char* wrong :
       {R"({"id":"9","name":"","class":"8B","place":"tps-1"})",
        R"({"id":"9","name":"=1+1","class":"8B","place":"tps-1"})",
        R"({"id":"9","name":"Eka","class":"8B","place":"tps-9"})", R"({"id":"9","name":"Eka","class":"8B"})",
        R"({"id":"9","name":"Eka","class":"8B","place":"tps-1","weight":0})",
        R"({"id":"9","name":"Eka","class":"8B","place":"tps-1","weight":1000001})",
        R"({"id":"9","name":"Eka\nPutri","class":"8B","place":"tps-1"})",
        R"({"id":" 9","name":"Eka","class":"8B","place":"tps-1"})",
        R"({"id":"9","name":"Eka","class":"8B","place":"tps-1","delivery":"kurir"})"}) {
    CAPTURE(wrong);
    CHECK(error_code(drafted.post("/voters", wrong)) == "malformed");
  }
  const std::string change = R"({"id":"1","name":"Eka")";
  CHECK(error_code(drafted.post("/voters/correct", change + "}")) == "malformed");
  CHECK(drafted.post("/voters/correct", change + R"(,"reason":""})").status >= 400);
  CHECK(error_code(drafted.post("/voters/correct", R"({"id":"1","reason":"tidak ada"})")) == "malformed");
  CHECK(error_code(drafted.post("/voters/correct", R"({"id":"99","name":"Eka","reason":"salah"})")) == "not_found");
  CHECK(error_code(drafted.post("/voters/correct", R"({"id":"1","place":"tps-9","reason":"salah"})")) == "malformed");
  CHECK(drafted.post("/voters/remove", R"({"id":"1","reason":""})").status >= 400);
  const auto officer = officer_at(drafted.site, drafted.election, "tps-1");
  CHECK(error_code(drafted.site.post(drafted.election.path("/voters/remove"), officer,
                                     R"({"id":"1","reason":"salah"})")) == "not_permitted");
  CHECK(drafted.roll().body == before);
  CHECK(drafted.election.size() == size + 1);  // the officer's appointment
}

TEST_CASE("after the sealing the roll stays as it is") {
  TestSite& site = shared_site();
  const WebElection election(site, 2);
  const auto registrar = site.staff(Role::registrar);
  const auto before = site.get(election.path("/roll"), registrar.read()).body;
  const auto post = [&](const std::string& path, const std::string& body) {
    return error_code(site.post(election.path(path), registrar, body));
  };
  CHECK(post("/voters", R"({"id":"9","name":"Eka","class":"8B","place":"tps-1"})") == "wrong_phase");
  CHECK(post("/voters/correct", R"({"id":"1","name":"Eka","reason":"salah tulis"})") == "wrong_phase");
  CHECK(post("/voters/remove", R"({"id":"1","reason":"pindah"})") == "wrong_phase");
  CHECK(post("/credentials/withdraw", R"({"reason":"lagi"})") == "wrong_phase");
  CHECK(site.get(election.path("/roll"), registrar.read()).body == before);
}

TEST_CASE("a lost code gives way to one of the reserve, and is refused from then on") {
  TestSite& site = shared_site();
  const WebElection election(site, polling_draft(VerificationPolicy::both), {1, 1, 1, 1}, Until::open, 1);
  const auto registrar = site.staff(Role::registrar);
  const auto credential = [](const crypto::SecretScalar& secret) {
    return ballot::public_credential(secret).to_text();
  };
  const auto status = [&](const crypto::SecretScalar& secret) {
    return site.get(election.path("/credentials/status?credential=" + credential(secret)), registrar.read());
  };
  const auto replace = [&](const crypto::SecretScalar& lost, const crypto::SecretScalar& issued) {
    return site.post(
        election.path("/credentials/replace"), registrar,
        R"({"lost":")" + credential(lost) + R"(","issued":")" + credential(issued) + R"(","reason":"amplop hilang"})");
  };
  const auto& spare = election.spare("tps-1", 0);
  CHECK(status(spare).body == R"({"state":"reserve","place":"tps-1","voted":false})");
  CHECK(status(election.voter(0)).body == R"({"state":"active","place":"tps-1","voted":false})");
  CHECK(status(crypto::SecretScalar::random()).body == R"({"state":"unknown","place":null,"voted":false})");
  CHECK(error_code(site.get(election.path("/credentials/status"), registrar.read())) == "malformed");
  CHECK(error_code(election.cast(election.ballot_by(spare, 0))) == "unknown_credential");  // not before it is issued

  const auto size = election.size();
  CHECK(replace(election.voter(1), spare).status >= 400);  // of another place
  CHECK(replace(election.voter(0), election.voter(2)).status >= 400);
  REQUIRE(election.cast(election.ballot(2, 0)).status == 201);
  CHECK(error_code(replace(election.voter(2), spare)) == "conflict");  // has voted
  CHECK(election.size() == size + 1);
  REQUIRE(replace(election.voter(0), spare).status == 200);
  CHECK(status(spare).body == R"({"state":"active","place":"tps-1","voted":false})");
  CHECK(status(election.voter(0)).body == R"({"state":"replaced","place":"tps-1","voted":false})");
  const auto lost = election.cast(election.ballot(0, 0));
  CHECK(error_code(lost) == "unknown_credential");
  CHECK(says(lost, "replaced"));
  CHECK(error_code(site.post_json(election.path("/sign-in"), election.sign_in_body(election.voter(0)))) ==
        "unknown_credential");
  CHECK(election.cast(election.ballot_by(spare, 1)).status == 201);
  CHECK(says(status(spare), R"("voted":true)"));
}

TEST_CASE("codes are withdrawn and made again; a reserve that is too large takes the other codes with it") {
  Drafted drafted;
  drafted.withdraw();
  const auto codes = [](std::size_t count) {
    std::string list;
    for (std::size_t i = 0; i < count; ++i) {
      list += (i ? ",\"" : "\"") + ballot::public_credential(crypto::SecretScalar::random()).to_text() + "\"";
    }
    return "[" + list + "]";
  };
  const auto size = drafted.election.size();
  const auto too_many = drafted.post(
      "/credentials", R"({"places":[{"place":"tps-1","credentials":)" + codes(2) + R"(,"reserve":)" + codes(3) + "}]}");
  CHECK(too_many.status >= 400);
  CHECK(drafted.election.size() == size);
  CHECK(error_code(drafted.post("/credentials", R"({"places":[{"place":"tps-1"}]})")) == "malformed");
  CHECK(drafted
            .post("/credentials", R"({"places":[{"place":"tps-1","credentials":)" + codes(2) + R"(,"reserve":)" +
                                      codes(1) + R"(},{"place":"tps-2","credentials":)" + codes(2) + "}]}")
            .status == 201);
  CHECK(drafted.post("/credentials", R"({"places":[{"place":"tps-2","reserve":)" + codes(1) + "}]}").status == 201);
  const auto counts = drafted.site.get(drafted.election.path("/roll/summary"), drafted.registrar.read());
  CHECK(says(counts, R"({"place":"tps-2","voters":2,"credentials":2,"reserve":1})"));
}

TEST_CASE("pictures of candidates are kept by their hash and served as what they are") {
  TestSite& site = shared_site();
  const auto committee = site.staff(Role::committee);
  const std::string picture = "\x89PNG\r\n\x1A\n" + std::string(1000, '\0') + "picture";
  const auto added = site.post("/api/v1/photos", committee, picture, "image/png");
  REQUIRE(added.status == 201);
  const std::string hash = json_text(added.body, "photo");
  CHECK(hash == crypto::to_hex(crypto::sha256(picture).view()));
  CHECK(site.post("/api/v1/photos", committee, picture, "image/png").body == added.body);
  const auto shown = site.client().send("GET", "/api/v1/photos/" + hash);
  CHECK(shown.status == 200);
  CHECK(shown.body == picture);
  CHECK(shown.header("content-type") == "image/png");
  CHECK(shown.header("x-content-type-options") == "nosniff");
  CHECK(says({0, {}, shown.header("cache-control")}, "immutable"));
  CHECK(error_code(site.get("/api/v1/photos/" + std::string(64, 'a'))) == "not_found");
  CHECK(error_code(site.get("/api/v1/photos/..%2f..%2fkeys")) == "not_found");

  CHECK(error_code(site.post("/api/v1/photos", committee, "<svg onload='alert(1)'/>", "image/png")) ==
        "unsupported_media");
  CHECK(error_code(site.post("/api/v1/photos", committee, picture, "image/svg+xml")) == "unsupported_media");
  CHECK(error_code(site.post("/api/v1/photos", committee, picture + std::string(400 * 1024, 'x'), "image/png")) ==
        "too_large");
  CHECK(error_code(site.post("/api/v1/photos", site.staff(Role::supervisor), picture, "image/png")) == "not_permitted");
}

TEST_CASE("the end is put off with a reason, and before the beginning nobody opens") {
  TestSite& site = shared_site();
  const auto now =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  constexpr std::int64_t hour = 3'600'000;
  auto draft = small_draft();
  draft.schedule = election::Schedule{{now + hour}, {now + 2 * hour}};
  const WebElection election(site, draft, {1}, Until::sealed);
  const auto committee = site.staff(Role::committee);
  const auto extend = [&](std::int64_t to, const std::string& reason, Role role = Role::committee) {
    return site.post(election.path("/extension"), site.staff(role),
                     R"({"closes_at":")" + format_time({to}) + R"(","reason":")" + reason + "\"}");
  };
  const auto size = election.size();
  CHECK(error_code(site.post(election.path("/open"), committee)) == "wrong_phase");
  CHECK(extend(now + hour, "listrik padam").status >= 400);  // earlier than the present end
  CHECK(extend(now + 32 * 24 * hour, "listrik padam").status >= 400);
  CHECK(extend(now + 3 * hour, "").status >= 400);
  CHECK(error_code(extend(now + 3 * hour, "listrik padam", Role::registrar)) == "not_permitted");
  CHECK(error_code(site.post(election.path("/extension"), committee, R"({"closes_at":"besok","reason":"x"})")) ==
        "malformed");
  CHECK(election.size() == size);
  CHECK(extend(now + 3 * hour, "listrik padam").status == 200);
  CHECK(election.size() == size + 1);
}

TEST_CASE("incidents are noted with the entries they are about") {
  TestSite& site = shared_site();
  const WebElection election(site, 1);
  const auto note = [&](Role role, const std::string& body) {
    return site.post(election.path("/incidents"), site.staff(role), body);
  };
  const auto size = election.size();
  CHECK(note(Role::supervisor, R"({"text":"Kotak suara dibuka.","entries":[0,1]})").status == 201);
  CHECK(note(Role::committee, R"({"text":"Listrik padam sepuluh menit."})").status == 201);
  CHECK(error_code(note(Role::auditor, R"({"text":"Kotak suara dibuka."})")) == "not_permitted");
  CHECK(note(Role::supervisor, R"({"text":""})").status >= 400);
  CHECK(note(Role::supervisor, R"({"text":"Entri","entries":[9999]})").status >= 400);
  CHECK(error_code(note(Role::supervisor, R"({"text":"Entri","entries":["0"]})")) == "malformed");
  CHECK(election.size() == size + 2);
}

}  // namespace suara::test
