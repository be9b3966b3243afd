#include "tools/cli/code_drawing.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

using namespace suara;

namespace {

cli::VoterCard voter(const std::string& id, const std::string& place, std::uint64_t weight = 1) {
  cli::VoterCard card{id, "Siswa " + id, "X-A", place, place, ""};
  card.weight = weight;
  return card;
}

}  // namespace

TEST_CASE("cards for envelopes bear no name, and each place and weight has its own reserve") {
  std::vector<cli::VoterCard> roll;
  for (int i = 0; i < 41; ++i) roll.push_back(voter(std::to_string(i), "tps-1"));
  roll.push_back(voter("41", "tps-2"));
  roll.push_back(voter("42", "tps-2", 3));
  std::vector<bool> at_place(roll.size(), false);
  at_place[0] = at_place[42] = true;

  const auto cards = cli::lay_out_cards(roll, at_place, 2.5);
  CHECK(cards.assigned.size() == 41);
  REQUIRE(cards.envelopes.size() == 2);
  for (const auto& card : cards.envelopes) CHECK((card.name.empty() && card.klass.empty()));
  CHECK(cards.envelopes[0].id == "A-tps-1-0001");
  CHECK(cards.envelopes[1].id == "A-tps-2-0001");
  CHECK(cards.envelopes[1].weight == 3);

  REQUIRE(cards.reserve.size() == 4);  // 2 of 41, 1 of 1, 1 of 1
  std::set<std::string> numbers;
  for (const auto& card : cards.reserve) numbers.insert(card.id);
  CHECK(numbers.size() == 4);
  CHECK(cards.reserve[3].place == "tps-2");
  CHECK(cards.reserve[3].weight == 3);
  CHECK(cli::lay_out_cards(roll, at_place, 0).reserve.empty());
}

TEST_CASE("the reserve of 2.5 percent is exact, and a part of a card is a whole one") {
  const auto reserve = [](std::size_t voters) {
    std::vector<cli::VoterCard> roll;
    for (std::size_t i = 0; i < voters; ++i) roll.push_back(voter(std::to_string(i), "tps-1"));
    return cli::lay_out_cards(roll, std::vector<bool>(voters, false), 2.5).reserve.size();
  };
  CHECK(reserve(1) == 1);
  CHECK(reserve(40) == 1);
  CHECK(reserve(41) == 2);
  CHECK(reserve(80) == 2);
  CHECK(reserve(1200) == 30);
  CHECK(reserve(1201) == 31);
}

TEST_CASE("what is published tells no order of the roll and keeps the reserve apart") {
  std::vector<cli::VoterCard> roll{voter("1", "tps-1"), voter("2", "tps-1")};
  auto cards = cli::lay_out_cards(roll, {false, false}, 50);
  const ElectionUuid uuid{"ucSijHEHGk8LHG"};
  const auto assigned = cli::draw_codes(cards.assigned, uuid, "codes");
  const auto reserve = cli::draw_codes(cards.reserve, uuid, "codes");
  REQUIRE(assigned.size() == 2);
  REQUIRE(reserve.size() == 1);
  std::vector<std::string> texts{assigned[0].key.to_text(), assigned[1].key.to_text()};
  std::sort(texts.begin(), texts.end());
  CHECK(cli::public_list(cards, assigned, {}, reserve) == R"({"places":[{"place":"tps-1","credentials":[")" + texts[0] +
                                                              R"(",")" + texts[1] + R"("],"reserve":[")" +
                                                              reserve[0].key.to_text() + R"("]}]})");
}
