#include "core/log/tlog_proof.hpp"

#include <catch2/catch.hpp>

#include "core/log/merkle.hpp"

using namespace suara;

namespace {

struct Sample {
  crypto::SigningKey key = crypto::SigningKey::from_seed(Bytes(32, 5));
  std::vector<log::VerifierKey> keys{log::make_verifier_key("suara.test/a", key.public_key()).value()};
  std::vector<Hash> leaves;
  log::TlogProof proof;

  Sample() {
    for (int i = 0; i < 11; ++i) leaves.push_back(log::hash_leaf(as_bytes(std::to_string(i))));
    proof.index = 6;
    proof.hashes = log::inclusion_proof(6, 11, [this](const log::Node& node) -> Result<Hash> {
                     return log::root_of(std::span(leaves).subspan(node.index << node.level, 1u << node.level));
                   }).value();
    proof.checkpoint = log::sign_checkpoint({Origin{"suara.test/a"}, 11, log::root_of(leaves)}, key, keys[0]);
  }
};

}  // namespace

TEST_CASE("a receipt reads back and proves its entry") {
  const Sample s;
  const std::string text = log::write_tlog_proof(s.proof);
  CHECK(text.starts_with("c2sp.org/tlog-proof@v1\nindex 6\n"));
  const auto read = log::parse_tlog_proof(text);
  REQUIRE(read);
  CHECK(log::write_tlog_proof(*read) == text);
  const auto checkpoint = log::verify_tlog_proof(*read, s.leaves[6], s.keys);
  REQUIRE(checkpoint);
  CHECK(checkpoint->size == 11);
}

TEST_CASE("a receipt may carry the entry it is about, up to the largest there is") {
  Sample s;
  for (const std::string& extra : {std::string("an entry\n"), std::string(), std::string(65'535, 'x')}) {
    s.proof.extra = extra;
    const std::string text = log::write_tlog_proof(s.proof);
    const auto read = log::parse_tlog_proof(text);
    REQUIRE(read);
    CHECK(read->extra == extra);
    CHECK(log::write_tlog_proof(*read) == text);
    CHECK(log::verify_tlog_proof(*read, s.leaves[6], s.keys));
  }
  s.proof.extra = std::string(65'536, 'x');
  CHECK(log::parse_tlog_proof(log::write_tlog_proof(s.proof)).error().code == ErrorCode::too_large);
  s.proof.extra = "abc";
  const std::string text = log::write_tlog_proof(s.proof);
  const auto refused = [&](std::string_view was, std::string_view is) {
    std::string changed = text;
    changed.replace(changed.find(was), was.size(), is);
    return log::parse_tlog_proof(changed).error().code == ErrorCode::malformed;
  };
  CHECK(refused("extra YWJj", "extra YWJ"));
  CHECK(refused("extra YWJj\n", "extra YWJj\nextra YWJj\n"));
  CHECK(refused("extra YWJj", "Extra YWJj"));
}

TEST_CASE("a receipt proves no other entry, place, tree or key") {
  const Sample s;
  CHECK(log::verify_tlog_proof(s.proof, s.leaves[5], s.keys).error().code == ErrorCode::integrity);
  auto moved = s.proof;
  moved.index = 7;
  CHECK_FALSE(log::verify_tlog_proof(moved, s.leaves[6], s.keys));
  auto shorter = s.proof;
  shorter.hashes.pop_back();
  CHECK(log::verify_tlog_proof(shorter, s.leaves[6], s.keys).error().code == ErrorCode::malformed);
  const auto other = crypto::SigningKey::from_seed(Bytes(32, 6));
  const std::vector keys{log::make_verifier_key("suara.test/a", other.public_key()).value()};
  CHECK(log::verify_tlog_proof(s.proof, s.leaves[6], keys).error().code == ErrorCode::invalid_signature);
}

TEST_CASE("a receipt of one leaf has no hashes") {
  Sample s;
  s.proof.index = 0;
  s.proof.hashes.clear();
  s.proof.checkpoint = log::sign_checkpoint({Origin{"suara.test/a"}, 1, s.leaves[0]}, s.key, s.keys[0]);
  const auto read = log::parse_tlog_proof(log::write_tlog_proof(s.proof));
  REQUIRE(read);
  CHECK(log::verify_tlog_proof(*read, s.leaves[0], s.keys));
}

TEST_CASE("a receipt not in its one form is refused") {
  const Sample s;
  const std::string text = log::write_tlog_proof(s.proof);
  const auto refused = [](const std::string& t) { return log::parse_tlog_proof(t).error().code; };
  CHECK(refused("") == ErrorCode::malformed);
  CHECK(refused(text.substr(1)) == ErrorCode::malformed);
  CHECK(refused("c2sp.org/tlog-proof@v1\nindex 06\n" + text.substr(31)) == ErrorCode::malformed);
  CHECK(refused("c2sp.org/tlog-proof@v1\nindex x\n" + text.substr(31)) == ErrorCode::malformed);
  CHECK(refused("c2sp.org/tlog-proof@v1\n" + text.substr(31)) == ErrorCode::malformed);
  CHECK(refused(text.substr(0, text.find("\n\n") + 1)) == ErrorCode::malformed);
  CHECK(refused(text.substr(0, text.find("\n\n") + 2)) == ErrorCode::malformed);
  std::string bad_hash = text;
  bad_hash[31] = '!';
  CHECK(refused(bad_hash) == ErrorCode::malformed);
  auto tall = s.proof;
  tall.hashes.assign(65, Hash{});
  CHECK(refused(log::write_tlog_proof(tall)) == ErrorCode::too_large);
}
