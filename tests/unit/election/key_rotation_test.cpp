#include <catch2/catch.hpp>

#include "core/election/evolve.hpp"
#include "tests/support/held_election.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;

TEST_CASE("a ledger's key is changed by whoever runs the election, in any phase, and the old one is remembered") {
  HeldElection held;
  held.draft(small_draft());
  const std::string first = held.state.summary.key;
  const auto second = held.rotation(crypto::SigningKey::generate());
  held.must(second, administrator);
  CHECK(held.state.summary.key == second.key);
  CHECK(held.state.summary.former_keys == std::vector<std::string>{first});
  const auto third = held.rotation(crypto::SigningKey::generate());
  held.must(third, committee);
  CHECK(held.state.summary.former_keys == std::vector<std::string>{first, second.key});

  held.must(CancelElection{"Banjir"}, committee);
  held.must(held.rotation(crypto::SigningKey::generate()), committee);
  for (const Actor& other : {registrar, trustee, voter, service, supervisor}) {
    CHECK(refused(held.give(held.rotation(crypto::SigningKey::generate()), other)) == ErrorCode::not_permitted);
  }
}

TEST_CASE("a ledger has as many keys as a keys.json may list, and no more") {
  HeldElection held;
  held.draft(small_draft());
  while (held.state.summary.former_keys.size() + 1 < max_ledger_keys) {
    held.must(held.rotation(crypto::SigningKey::generate()), committee);
  }
  CHECK(refused(held.give(held.rotation(crypto::SigningKey::generate()), committee)) == ErrorCode::conflict);
}

TEST_CASE("a new key must have signed its taking over, be new and bear the ledger's name") {
  HeldElection held;
  held.draft(small_draft());
  const auto good = held.rotation(crypto::SigningKey::generate());

  auto unsigned_one = good;
  unsigned_one.proof.bytes[5] ^= 1;
  CHECK(refused(held.give(unsigned_one, committee)) == ErrorCode::invalid_signature);
  auto of_another = good;
  of_another.public_key = crypto::SigningKey::generate().public_key();
  CHECK(refused(held.give(of_another, committee)) == ErrorCode::invalid_signature);
  auto renamed = good;
  renamed.key = "other.example/x" + good.key.substr(good.key.find('+'));
  CHECK(refused(held.give(renamed, committee)) == ErrorCode::conflict);
  CHECK(held.state.summary.former_keys.empty());

  held.must(good, committee);
  CHECK(refused(held.give(good, committee)) == ErrorCode::conflict);
  // What was signed for one predecessor is no proof for another.
  const auto next = held.rotation(crypto::SigningKey::generate());
  held.must(held.rotation(crypto::SigningKey::generate()), committee);
  CHECK(refused(held.give(next, committee)) == ErrorCode::invalid_signature);
}

TEST_CASE("a policy of witnesses asks for at least one and at most all, and counts none twice") {
  const std::string a = "a.example+00000001+BAA", b = "b.example+00000002+BAB";
  const auto judge = [](WitnessPolicy policy) {
    Draft draft = small_draft();
    draft.policies.witnesses = std::move(policy);
    const auto checked = check_draft(draft);
    return checked ? std::string() : checked.error().items.at(0);
  };
  CHECK(judge({1, {a}}).empty());
  CHECK(judge({2, {a, b}}).empty());
  CHECK(judge({0, {a}}).find("needed") != std::string::npos);
  CHECK(judge({3, {a, b}}).find("needed") != std::string::npos);
  CHECK(judge({1, {}}).find("1 to 16") != std::string::npos);
  CHECK(judge({1, std::vector<std::string>(17, a)}).find("1 to 16") != std::string::npos);
  CHECK(judge({1, {a, "a.example+00000003+BAC"}}).find("name of another") != std::string::npos);
  CHECK(judge({1, {a, "c.example+00000003+BAA"}}).find("public key of another") != std::string::npos);
}
