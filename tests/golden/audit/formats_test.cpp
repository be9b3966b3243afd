#include <catch2/catch.hpp>

#include "core/audit/published_keys.hpp"
#include "core/audit/saved_state.hpp"
#include "core/crypto/hash.hpp"
#include "tests/support/vectors.hpp"

// What is published and kept beside the log itself; see the files of golden/log for the rule.

using namespace suara;

namespace {

std::string golden(const std::string& name) {
  return test::read_file(std::filesystem::path(SUARA_SOURCE_DIR) / "tests" / "golden" / name);
}

log::VerifierKey key(std::uint8_t seed, const std::string& name, log::KeyType type = log::KeyType::ledger) {
  return log::make_verifier_key(name, crypto::SigningKey::from_seed(Bytes(32, seed)).public_key(), type).value();
}

}  // namespace

TEST_CASE("keys.json") {
  const std::string origin = "suara.example/2026/ucSijHEHGk8LHG";
  const std::vector<log::VerifierKey> ledger{key(1, origin), key(2, origin)};
  const election::WitnessPolicy policy{
      1,
      {log::verifier_key_text(key(3, "saksi.example/1", log::KeyType::witness)),
       log::verifier_key_text(key(4, "saksi.example/2", log::KeyType::witness))}};
  const std::string file = golden("audit/keys.json");
  CHECK(audit::write_published_keys(ledger, policy) == file);
  const auto read = audit::read_published_keys(file);
  REQUIRE(read);
  CHECK(read->ledger == ledger);
  CHECK(read->witnesses == policy.keys);
  CHECK(read->witnesses_needed == 1);
}

TEST_CASE("the file that suara-verify leaves behind") {
  const auto hash = [](const char* of) { return crypto::sha256(std::string_view(of)); };
  audit::SavedPosition position;
  position.origin = "suara.example/2026/ucSijHEHGk8LHG";
  position.first_key = log::verifier_key_text(key(1, position.origin));
  position.size = 3;
  position.root = hash("root");
  position.note = golden("log/checkpoint");
  position.from = 0;
  position.last_leaf = hash("leaf");
  position.last_time = {1'790'000'000'000};
  position.edge = {hash("a"), hash("b")};
  position.level = {hash("c")};
  const std::string file = golden("audit/verify.state");
  CHECK(audit::write_saved_state(position, "") == file);
  const auto read = audit::read_saved_state(file);
  REQUIRE(read);
  CHECK(read->position.note == position.note);
  CHECK(read->position.edge == position.edge);
  CHECK(read->position.last_time == position.last_time);
}
