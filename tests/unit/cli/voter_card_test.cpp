#include "tools/cli/voter_card.hpp"

#include <catch2/catch.hpp>

#include "tests/support/temp_folder.hpp"
#include "tests/support/vectors.hpp"
#include "tools/cli/credential_table.hpp"
#include "tools/cli/files.hpp"

using namespace suara;
using Catch::Matchers::Contains;

namespace {

const cli::CardSheet sheet{"Kartu pemilih", "Pemilihan <Ketua> & Wakil", "https://pemilu.example/vote/ucSijHEHGk8LHG"};

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("cards stand eight on a page, by place, class and name, with nothing from outside") {
  const test::TempFolder folder;
  std::vector<cli::VoterCard> cards;
  for (int i = 0; i < 17; ++i) {
    const auto n = std::to_string(10 + i);
    cards.push_back({n, "Siswa " + n, i % 2 ? "X-A" : "X-B", "tps-1", "TPS 1", "0123-4567-89AB-CDEF-GH" + n});
  }
  REQUIRE(cli::write_cards_html(folder.path() / "cards.html", sheet, cards));
  const auto html = test::read_file(folder.path() / "cards.html");
  CHECK(count(html, "class=\"sheet\"") == 3);
  CHECK(count(html, "class=\"card\"") == 17);
  CHECK(count(html, "<svg") == 17);
  CHECK_THAT(html, Contains("Pemilihan &lt;Ketua&gt; &amp; Wakil") && !Contains("<Ketua>"));
  CHECK_THAT(html, !Contains("src=") && !Contains("href=") && !Contains("url("));
  CHECK(html.find("Siswa 11") < html.find("Siswa 10"));  // X-A before X-B
}

TEST_CASE("a card tells the weight of a vote where it is not one") {
  const test::TempFolder folder;
  cli::VoterCard card{"1", "Budi", "X-A", "tps-1", "TPS 1", "0123-4567-89AB-CDEF-GHJT"};
  REQUIRE(cli::write_cards_html(folder.path() / "one.html", sheet, {card}));
  card.weight = 3;
  REQUIRE(cli::write_cards_html(folder.path() / "three.html", sheet, {card}));
  CHECK_THAT(test::read_file(folder.path() / "one.html"), !Contains("Bobot"));
  CHECK_THAT(test::read_file(folder.path() / "three.html"), Contains("Bobot suara 3"));
}

TEST_CASE("the table of codes quotes what would break a cell") {
  const test::TempFolder folder;
  const std::vector<cli::VoterCard> cards{
      {"1", "Budi, \"Jr\"", "X-A", "tps-1", "TPS 1", "0123-4567-89AB-CDEF-GHJT", 1, "5f00"}};
  REQUIRE(cli::write_credentials_csv(folder.path() / "c.csv", sheet, cards));
  CHECK(test::read_file(folder.path() / "c.csv") ==
        "voter,name,class,place,code,link,weight,public_key\n"
        "1,\"Budi, \"\"Jr\"\"\",X-A,tps-1,0123-4567-89AB-CDEF-GHJT,"
        "https://pemilu.example/vote/ucSijHEHGk8LHG#0123-4567-89AB-CDEF-GHJT,1,5f00\n");
  const auto again = cli::read_credentials_csv(folder.path() / "c.csv");
  REQUIRE(again);
  REQUIRE(again->size() == 1);
  CHECK(again->front().name == cards.front().name);
  CHECK(again->front().code == cards.front().code);
  CHECK(again->front().public_key == "5f00");
  CHECK(!cli::read_credentials_csv(folder.path() / "none.csv"));
  REQUIRE(cli::write_new_file(folder.path() / "other.csv", "voter,code\n1,2\n", cli::FileMode::secret));
  CHECK(!cli::read_credentials_csv(folder.path() / "other.csv"));
}

TEST_CASE("a card in an envelope bears its number and nobody's name") {
  const test::TempFolder folder;
  cli::VoterCard card;
  card.id = "A-tps-1-0001";
  card.place_name = "TPS 1";
  card.code = "0123-4567-89AB-CDEF-GHJT";
  REQUIRE(cli::write_cards_html(folder.path() / "one.html", sheet, {card}));
  const auto html = test::read_file(folder.path() / "one.html");
  CHECK_THAT(html, Contains("Kartu tanpa nama") && Contains("No. A-tps-1-0001") && Contains("TPS 1"));
}

TEST_CASE("a new folder appears whole or not at all, and replaces nothing") {
  const test::TempFolder folder;
  const auto target = folder.path() / "cards";
  {
    auto begun = cli::NewFolder::begin(target);
    REQUIRE(begun);
    REQUIRE(cli::write_new_file(begun->working() / "a", "x", cli::FileMode::secret));
    CHECK(!std::filesystem::exists(target));
  }
  CHECK(std::filesystem::is_empty(folder.path()));
  auto begun = cli::NewFolder::begin(target);
  REQUIRE(begun);
  REQUIRE(cli::write_new_file(begun->working() / "a", "x", cli::FileMode::secret));
  REQUIRE(begun->finish(0700));
  CHECK(test::read_file(target / "a") == "x");
  const auto second = cli::NewFolder::begin(target);
  REQUIRE(!second);
  CHECK(second.error().exit == cli::ExitCode::usage);
  const auto replaced = cli::write_new_file(target / "a", "y", cli::FileMode::secret);
  REQUIRE(!replaced);
  CHECK(test::read_file(target / "a") == "x");
}
