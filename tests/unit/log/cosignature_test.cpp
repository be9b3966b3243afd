#include "core/log/cosignature.hpp"

#include <catch2/catch.hpp>

#include "core/crypto/encoding.hpp"
#include "core/log/merkle.hpp"

using namespace suara;

namespace {

crypto::SigningKey key_of(std::uint8_t number) { return crypto::SigningKey::from_seed(Bytes(32, number)); }

log::VerifierKey witness_of(std::uint8_t number) {
  const std::string name = "saksi.test/" + std::to_string(number);
  return log::make_verifier_key(name, key_of(number).public_key(), log::KeyType::witness).value();
}

const std::string text = log::checkpoint_text({Origin{"suara.test/a"}, 0, log::empty_root()});

}  // namespace

TEST_CASE("a witness's key reads and writes as the same text and is no ledger's key") {
  const auto key = witness_of(1);
  const std::string written = log::verifier_key_text(key);
  CHECK(log::parse_witness_key(written).value() == key);
  CHECK(log::parse_verifier_key(written).error().code == ErrorCode::unsupported);
  const auto ledger = log::make_verifier_key(key.name, key.key).value();
  CHECK(ledger.key_hash != key.key_hash);
  CHECK(log::parse_witness_key(log::verifier_key_text(ledger)).error().code == ErrorCode::unsupported);
}

TEST_CASE("a cosignature signs the header, the time and the note's text") {
  const auto line = log::cosign(text, key_of(1), witness_of(1), 1'679'315'147);
  REQUIRE(line.signature.size() == 72);
  CHECK(crypto::to_hex(ByteView(line.signature).first(8)) == "00000000641850cb");
  crypto::Signature signature;
  std::copy(line.signature.begin() + 8, line.signature.end(), signature.bytes.begin());
  CHECK(crypto::verify(key_of(1).public_key(), as_bytes("cosignature/v1\ntime 1679315147\n" + text), signature));
  CHECK(log::verify_cosignature(text, line, witness_of(1)).value() == 1'679'315'147);
}

TEST_CASE("a cosignature holds for no other text, time, key or form") {
  const auto line = log::cosign(text, key_of(1), witness_of(1), 100);
  const auto refused = [](const std::string& of, const log::NoteSignature& given, const log::VerifierKey& key) {
    return log::verify_cosignature(of, given, key).error().code == ErrorCode::invalid_signature;
  };
  CHECK(refused(text + "x", line, witness_of(1)));
  CHECK(refused(text, line, witness_of(2)));
  auto later = line;
  later.signature[7] = 101;
  CHECK(refused(text, later, witness_of(1)));
  auto shorter = line;
  shorter.signature.pop_back();
  CHECK(refused(text, shorter, witness_of(1)));
  auto named = witness_of(1);
  named.name = "saksi.test/x";
  CHECK(refused(text, line, named));
  CHECK_THROWS_AS(log::cosign(text, key_of(1), witness_of(2), 100), std::invalid_argument);
}

TEST_CASE("who has seen a note is told by the listed witnesses' lines alone, each counted once") {
  const auto ledger = log::make_verifier_key("suara.test/a", key_of(9).public_key()).value();
  auto note =
      log::parse_note(log::sign_checkpoint({Origin{"suara.test/a"}, 0, log::empty_root()}, key_of(9), ledger)).value();
  const std::vector witnesses{witness_of(1), witness_of(2), witness_of(3)};
  CHECK(log::seen_by(note, witnesses).value().empty());
  note.signatures.push_back(log::cosign(text, key_of(3), witness_of(3), 300));
  note.signatures.push_back(log::cosign(text, key_of(1), witness_of(1), 100));
  note.signatures.push_back(log::cosign(text, key_of(1), witness_of(1), 150));
  note.signatures.push_back(log::cosign(text, key_of(4), witness_of(4), 400));
  const std::string written = log::write_note(note);
  CHECK(log::write_note(log::parse_note(written).value()) == written);
  CHECK(log::seen_by(note, witnesses).value() == std::vector<log::Seen>{{0, 150}, {2, 300}});
  note.signatures[1].signature[20] ^= 1;
  CHECK(log::seen_by(note, witnesses).error().code == ErrorCode::invalid_signature);
  CHECK(log::seen_by(note, std::vector{witness_of(2)}).value().empty());
}

TEST_CASE("a line is put into a note once for each signer, as far as there is room") {
  log::SignedNote note{text, {}};
  CHECK(log::add_cosignature(note, log::cosign(text, key_of(1), witness_of(1), 100)));
  CHECK(log::add_cosignature(note, log::cosign(text, key_of(2), witness_of(2), 200)));
  CHECK(log::add_cosignature(note, log::cosign(text, key_of(1), witness_of(1), 300)));
  CHECK(log::seen_by(note, std::vector{witness_of(1), witness_of(2)}).value() ==
        std::vector<log::Seen>{{0, 300}, {1, 200}});
  for (std::uint8_t i = 3; note.signatures.size() < log::max_note_signatures; ++i) {
    CHECK(log::add_cosignature(note, log::cosign(text, key_of(i), witness_of(i), 100)));
  }
  CHECK_FALSE(log::add_cosignature(note, log::cosign(text, key_of(99), witness_of(99), 100)));
  CHECK(log::add_cosignature(note, log::cosign(text, key_of(2), witness_of(2), 400)));
  CHECK(log::parse_note(log::write_note(note)));
}
