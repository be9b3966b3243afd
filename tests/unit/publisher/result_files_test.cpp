#include "ledger/result_files.hpp"

#include <catch2/catch.hpp>

#include "tests/support/held_election.hpp"

using namespace suara;

TEST_CASE("a result's table holds hashes as they are, and no formula of anybody's making") {
  test::HeldElection held;
  auto draft = test::small_draft();
  draft.name = "=1+1";
  draft.contests[0].candidates[0].name = draft.contests[0].question.answers.at(0) = "@SUM(A1)";
  held.set_up(draft, 1);
  held.seal();
  ledger::BundleContent content{{Origin{"suara.test/a"}, 3, Hash{}}, held.state.summary, 0};
  content.checkpoint.root.bytes[0] = 0xF8;  // its base64 begins with '+'
  content.summary.result.emplace().counts = {{1, 0}};
  const std::string csv = ledger::result_csv(content);
  CAPTURE(csv);
  CHECK(csv.find(",3,\"+AAAA") != std::string::npos);
  CHECK(csv.find(",\"'=1+1\",") != std::string::npos);
  CHECK(csv.find(",\"'@SUM(A1)\",1\r\n") != std::string::npos);
}
