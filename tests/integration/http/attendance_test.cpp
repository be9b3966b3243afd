#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "tests/integration/http/all_rows.hpp"
#include "tests/integration/http/polling.hpp"

namespace suara::test {
namespace {

using election::RevotePolicy;
using election::Role;
using election::VerificationPolicy;
using Until = WebElection::Until;

WebElection held_at_places(const TestSite& site, std::size_t voters,
                           VerificationPolicy verification = VerificationPolicy::polling_place,
                           RevotePolicy revote = RevotePolicy::last_counts) {
  return WebElection(site, polling_draft(verification, revote), std::vector<std::uint64_t>(voters, 1));
}

bool says(const HttpReply& reply, const std::string& text) { return reply.body.find(text) != std::string::npos; }

// Once the projection has the mark.
HttpReply roll_with(const TestSite& site, const WebElection& election, const StaffAccess& reader,
                    const std::string& text) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  for (;;) {
    auto reply = site.get(election.path("/roll"), reader.read());
    if (says(reply, text) || std::chrono::steady_clock::now() > deadline) return reply;
    std::this_thread::yield();
  }
}

}  // namespace

TEST_CASE("an officer marks the voters of the own place, each once, and the entry names nobody") {
  TestSite& site = shared_site();
  const WebElection election = held_at_places(site, 4);
  const auto officer = officer_at(site, election, "tps-1");
  const auto before = election.size();
  const auto marked = mark(site, election, officer, "1");
  REQUIRE(marked.status == 201);
  CHECK(json_text(marked.body, "place") == "tps-1");
  CHECK(json_text(marked.body, "delivery") == "place");  // all codes are handed out at the polling place
  CHECK(json_number(marked.body, "seq") == before);
  const auto again = mark(site, election, officer, "1");
  CHECK(again.status == 409);
  CHECK(error_code(again) == "already_verified");
  CHECK(error_code(mark(site, election, site.staff(Role::committee), "1")) == "already_verified");

  const auto elsewhere = mark(site, election, officer, "2");
  CHECK(error_code(elsewhere) == "not_permitted");
  CHECK(says(elsewhere, "TPS 2"));
  CHECK(error_code(mark(site, election, officer, "99")) == "not_found");
  CHECK(error_code(mark(site, election, site.staff(Role::registrar), "3")) == "not_permitted");
  CHECK(error_code(site.post(election.path("/attendance"), officer, R"({"voter":7})")) == "malformed");
  CHECK(election.size() == before + 1);

  CHECK(says(roll_with(site, election, officer, "attended"), R"("seq":)" + std::to_string(before)));
  CHECK(mark(site, election, site.staff(Role::committee), "2").status == 201);
  CHECK_FALSE(says(site.get(election.path("/entries/0")), "Siswa"));
}

TEST_CASE("an officer sees the roll of the own place alone") {
  TestSite& site = shared_site();
  const WebElection election = held_at_places(site, 4);
  const auto officer = officer_at(site, election, "tps-1");
  const auto roll = site.get(election.path("/roll"), officer.read());
  REQUIRE(roll.status == 200);
  CHECK(json_number(roll.body, "total") == 2);
  CHECK(says(roll, "Siswa 1"));
  CHECK(says(roll, "Siswa 3"));
  CHECK_FALSE(says(roll, "Siswa 2"));
  CHECK(json_number(site.get(election.path("/roll?q=siswa+2"), officer.read()).body, "total") == 0);
  CHECK(error_code(site.get(election.path("/roll?place=tps-2"), officer.read())) == "not_permitted");
  CHECK(error_code(site.get(election.path("/roll"), site.staff(Role::supervisor).read())) == "not_permitted");
  const auto counts = site.get(election.path("/roll/summary"), site.staff(Role::supervisor).read());
  REQUIRE(counts.status == 200);
  CHECK_FALSE(says(counts, "Siswa"));
  CHECK(says(counts, R"({"place":"tps-2","voters":2,"credentials":2,"reserve":0})"));
}

TEST_CASE("a mark that was wrong is corrected, and the voter marked again") {
  TestSite& site = shared_site();
  const WebElection election = held_at_places(site, 2);
  const auto officer = officer_at(site, election, "tps-1");
  const auto seq = json_number(mark(site, election, officer, "1").body, "seq");
  const auto corrected = site.post(election.path("/corrections"), site.staff(Role::committee),
                                   R"({"entry":)" + std::to_string(seq) + R"(,"reason":"salah orang"})");
  CHECK(corrected.status < 300);
  CHECK(mark(site, election, officer, "1").status == 201);
}

TEST_CASE("of two officers who mark one voter at once exactly one does") {
  TestSite& site = shared_site();
  const WebElection election = held_at_places(site, 8);
  const auto officer = officer_at(site, election, "tps-1");
  const auto committee = site.staff(Role::committee);
  for (const std::string voter : {"1", "3", "5", "7"}) {
    const auto before = election.size();
    auto one = std::async(std::launch::async, [&] { return mark(site, election, officer, voter); });
    auto other = std::async(std::launch::async, [&] { return mark(site, election, committee, voter); });
    const auto first = one.get(), second = other.get();
    CHECK(first.status + second.status == 201 + 409);
    CHECK(error_code(first.status == 409 ? first : second) == "already_verified");
    CHECK(election.size() == before + 1);
  }
}

TEST_CASE("where voting is at the polling place, a code is of use on a device of its place alone") {
  TestSite& site = shared_site();
  const WebElection election = held_at_places(site, 4);
  const Kiosk here(site, election, "tps-1"), elsewhere(site, election, "tps-2");
  const WebElection another = held_at_places(site, 2);
  const Kiosk foreign(Kiosk(site, another, "tps-1"), election);
  const std::string ballot = election.ballot(0, 0);
  const auto before = election.size();
  const auto alone = site.post_json(election.path("/sign-in"), election.sign_in_body(election.voter(0)));
  CHECK(error_code(alone) == "not_permitted");
  CHECK(says(alone, "TPS 1"));
  CHECK(error_code(election.cast(ballot)) == "not_permitted");
  CHECK(error_code(election.challenge(ballot)) == "not_permitted");
  for (const Kiosk* wrong : {&elsewhere, &foreign}) {
    CHECK(error_code(wrong->sign_in(0)) == "not_permitted");
    const auto refused = wrong->cast(ballot);
    CHECK(error_code(refused) == "not_permitted");
    CHECK(says(refused, "TPS 1"));
  }
  const auto signed_in = here.sign_in(0);
  CHECK(signed_in.status == 200);
  CHECK(says(signed_in, R"("has_voted":false)"));
  CHECK(election.size() == before);  // nothing of all this is recorded
  CHECK(error_code(here.post("/sign-in", election.sign_in_body(crypto::SecretScalar::random()))) ==
        "unknown_credential");
  const auto accepted = here.cast(ballot);
  REQUIRE(accepted.status == 201);
  const auto again = here.cast(ballot);
  CHECK(again.status == 200);
  CHECK(again.body == accepted.body);
  CHECK(says(here.sign_in(0), R"("has_voted":true)"));
  CHECK(election.size() == before + 1);
  election.close();
  CHECK(here.cast(ballot).body == accepted.body);
  CHECK(error_code(here.sign_in(0)) == "wrong_phase");
}

TEST_CASE("under both, a code is of use anywhere, and on a device only at its place") {
  TestSite& site = shared_site();
  const WebElection election = held_at_places(site, 4, VerificationPolicy::both);
  const Kiosk here(site, election, "tps-1"), elsewhere(site, election, "tps-2");
  const auto before = election.size();
  CHECK(here.sign_in(0).status == 200);
  CHECK(election.size() == before);
  CHECK(site.post_json(election.path("/sign-in"), election.sign_in_body(election.voter(2))).status == 200);
  CHECK(election.size() == before + 1);  // online the sign-in is the verification
  const auto refused = elsewhere.cast(election.ballot(0, 0));
  CHECK(error_code(refused) == "not_permitted");
  CHECK(says(refused, "a device of your own"));
  CHECK(here.cast(election.ballot(0, 0)).status == 201);
  CHECK(election.cast(election.ballot(1, 0)).status == 201);
  const auto officer = officer_at(site, election, "tps-1");
  CHECK(json_text(mark(site, election, officer, "1").body, "delivery") == "post");
}

TEST_CASE("of two kiosks that send one code's ballots at once exactly one is recorded where votes are final") {
  TestSite& site = shared_site();
  const WebElection election = held_at_places(site, 6, VerificationPolicy::polling_place, RevotePolicy::refused);
  const Kiosk one(site, election, "tps-1"), other(site, election, "tps-1");
  for (const std::size_t voter : {0, 2, 4}) {
    const std::string first = election.ballot(voter, 0), second = election.ballot(voter, 1);
    const auto before = election.size();
    auto left = std::async(std::launch::async, [&] { return one.cast(first); });
    auto right = std::async(std::launch::async, [&] { return other.cast(second); });
    const auto a = left.get(), b = right.get();
    CHECK(a.status + b.status == 201 + 409);
    CHECK(error_code(a.status == 409 ? a : b) == "already_voted");
    CHECK(election.size() == before + 1);
  }
}

namespace {

using Markers = std::vector<std::vector<std::string>>;  // texts that mean a voter, or a code; by voter

std::string hex_of(const Hash& hash) { return crypto::to_hex(hash.view()); }

// Which of them a row means.
std::set<std::size_t> meant(const std::vector<std::string>& cells, const Markers& markers) {
  std::set<std::size_t> out;
  for (std::size_t i = 0; i < markers.size(); ++i) {
    for (const auto& marker : markers[i]) {
      for (const auto& cell : cells) {
        if (cell.find(marker) != std::string::npos) out.insert(i);
      }
    }
  }
  return out;
}

}  // namespace

TEST_CASE("after an election with attendance nothing that is stored joins a voter and a code or ballot") {
  MariadbServer database;
  TestSite site(database);
  const WebElection election(site, polling_draft(VerificationPolicy::both), std::vector<std::uint64_t>(6, 1));
  const auto officer = officer_at(site, election, "tps-1");
  const Kiosk kiosk(site, election, "tps-1");
  Markers voters(6), codes(6);
  auto connection = ledger::mariadb::Connection::open(database.root());
  REQUIRE(connection);
  for (const auto row : all_of(**connection, "SELECT id, LOWER(HEX(commitment)), LOWER(HEX(salt)), name FROM voters")) {
    const auto voter = std::stoul(std::string(row.text(0))) - 1;
    for (const std::size_t column : {1, 2, 3}) voters[voter].emplace_back(row.text(column));
  }
  for (std::size_t i = 0; i < 6; ++i) {
    codes[i].push_back(ballot::public_credential(election.voter(i)).to_text());
    if (i % 2 == 0) {
      REQUIRE(mark(site, election, officer, std::to_string(i + 1)).status == 201);
      REQUIRE(kiosk.sign_in(i).status == 200);
    } else {
      REQUIRE(site.post_json(election.path("/sign-in"), election.sign_in_body(election.voter(i))).status == 200);
    }
    const std::string ballot = election.ballot(i, i % 2);
    const auto accepted = i % 2 == 0 ? kiosk.cast(ballot) : election.cast(ballot);
    REQUIRE(accepted.status == 201);
    codes[i].push_back(json_text(accepted.body, "tracker"));
    codes[i].push_back(hex_of(crypto::sha256(ballot)));
  }
  election.close();
  roll_with(site, election, officer, "attended");

  const auto rows = everything(**connection);
  std::size_t voters_seen = 0, codes_seen = 0;
  // Who is meant by each value that stands beside a single voter, or a single code.
  std::map<std::string, std::set<std::size_t>> beside_voter, beside_code;
  for (const auto& cells : rows) {
    const auto of_voters = meant(cells, voters), of_codes = meant(cells, codes);
    CAPTURE(cells);
    CHECK((of_voters.empty() || of_codes.empty()));
    voters_seen += !of_voters.empty();
    codes_seen += !of_codes.empty();
    for (const auto& cell : cells) {
      if (of_voters.size() == 1) beside_voter[cell].insert(*of_voters.begin());
      if (of_codes.size() == 1) beside_code[cell].insert(*of_codes.begin());
    }
  }
  REQUIRE(voters_seen >= 6 + 3);  // the roll and the marks
  REQUIRE(codes_seen >= 6);
  for (const auto& [value, who] : beside_voter) {
    const auto code = beside_code.find(value);
    if (value.size() < 6 || who.size() > 1 || code == beside_code.end()) continue;
    CAPTURE(value);
    CHECK(code->second.size() > 1);  // a value that one voter shares with one code would join them
  }
  const std::string log = site.service().log();
  for (const auto* markers : {&voters, &codes}) {
    for (const auto& texts : *markers) {
      for (const auto& text : texts) CHECK(log.find(text) == std::string::npos);
    }
  }
}

}  // namespace suara::test
