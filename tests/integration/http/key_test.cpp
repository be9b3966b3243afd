#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <functional>
#include <thread>

#include "core/audit/published_keys.hpp"
#include "core/crypto/sealed_text.hpp"
#include "core/log/checkpoint.hpp"
#include "tests/integration/http/eventually.hpp"
#include "tests/integration/http/site.hpp"
#include "tests/support/vectors.hpp"

// The service's keys: changed while an election runs, and sealed in their folder.
namespace suara::test {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

// The newest published head of that size, opened with this key.
bool published(const TestSite& site, const WebElection& election, std::uint64_t size, const std::string& key) {
  const auto note = site.get("/log/" + election.uuid() + "/checkpoint");
  if (note.status != 200) return false;
  const auto checkpoint = log::open_checkpoint(note.body, log::parse_verifier_key(key).value());
  return checkpoint && checkpoint->size >= size;
}

void write_private(const fs::path& file, std::string_view text) {
  std::ofstream(file, std::ios::binary) << text;
  ::chmod(file.c_str(), 0600);
}

}  // namespace

TEST_CASE("a ledger's key is changed while votes are cast; every reader is told") {
  TestSite& site = shared_site();
  const WebElection election(site, 3);
  const auto office = site.staff(election::Role::committee);
  const std::string first = json_text(site.get(election.path()).body, "ledger.key");
  REQUIRE(election.cast(election.ballot(0, 0)).status == 201);
  const auto size = election.size();

  const auto rotated = site.post(election.path("/key/rotate"), office);
  REQUIRE(rotated.status == 201);
  const std::string second = json_text(rotated.body, "key");
  CHECK(second != first);
  CHECK(json_number(rotated.body, "seq") == size);
  CHECK(json_text(site.get(election.path()).body, "ledger.key") == second);
  REQUIRE(election.cast(election.ballot(1, 1)).status == 201);

  eventually(30s, [&] { return published(site, election, size + 2, second); });
  const auto keys = audit::read_published_keys(site.get("/log/" + election.uuid() + "/keys.json").body);
  REQUIRE(keys);
  CHECK(keys->ledger == std::vector{log::parse_verifier_key(first).value(), log::parse_verifier_key(second).value()});
  CHECK(error_code(site.post(election.path("/key/rotate"), site.staff(election::Role::supervisor))) == "not_permitted");
  CHECK(error_code(site.post("/api/v1/elections/11111111111111/key/rotate", office)) == "not_found");
}

TEST_CASE("sealed keys open at the next start with what sealed them, and the service does not start without it") {
  MariadbServer database;
  TempFolder folder;
  const fs::path keys = folder.path() / "keys", words = folder.path() / "words", seal = folder.path() / "seal";
  write_private(words, "empat kata yang panjang\n");
  const auto key = crypto::SealingKey::generate();
  write_private(seal, as_text(key.text().view()));
  const bool by_key = GENERATE(false, true);
  const std::vector<std::string> sealed = {"--keys", keys.string(), by_key ? "--key-seal" : "--key-passphrase-file",
                                           (by_key ? seal : words).string()};
  std::string path;
  {
    TestSite site(database, sealed);
    const WebElection election(site, small_draft(election::TallyPolicy::live), {1, 1});
    path = election.path();
    REQUIRE(site.post(path + "/key/rotate", site.staff(election::Role::committee)).status == 201);
  }
  std::size_t count = 0;
  for (const auto& each : fs::recursive_directory_iterator(keys)) {
    if (each.path().extension() != ".key") continue;
    CAPTURE(each.path());
    CHECK(test::read_file(each.path()).starts_with("suara-sealed v1\n"));
    ++count;
  }
  CHECK(count == 4);  // sign-in, ledger, the ledger's second, trustee
  {
    TestSite site(database, sealed);
    eventually(30s, [&] { return site.get(path).status == 200; });
    CHECK(site.get(path).body.find("\"fault\":null") != std::string::npos);
    CHECK(site.post(path + "/close", site.staff(election::Role::committee)).status == 200);
  }
  CHECK_THROWS_WITH(TestSite(database, {"--keys", keys.string()}),
                    Catch::Contains("is sealed: start the service with --key-passphrase-file or --key-seal"));
  write_private(words, "lima kata yang lain lagi\n");
  const auto another = crypto::SealingKey::generate();
  write_private(seal, as_text(another.text().view()));
  CHECK_THROWS_WITH(TestSite(database, sealed), Catch::Contains(keys.string()) && !Catch::Contains("lima kata"));
}

}  // namespace suara::test
