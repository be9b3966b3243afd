#include "core/log/checkpoint.hpp"

#include <catch2/catch.hpp>

#include "core/crypto/encoding.hpp"
#include "core/log/merkle.hpp"

using namespace suara;

namespace {

const std::string origin = "suara.test/2026/a";

struct Signer {
  crypto::SigningKey key;
  log::VerifierKey name;
};

Signer signer(std::uint8_t seed, std::string_view name = origin) {
  auto key = crypto::SigningKey::from_seed(Bytes(32, seed));
  auto verifier = log::make_verifier_key(name, key.public_key()).value();
  return {std::move(key), std::move(verifier)};
}

log::Checkpoint sample() { return {Origin{origin}, 42, log::hash_leaf(as_bytes("x"))}; }

std::string signature_line(const Signer& by, const std::string& text) {
  const auto signature = by.key.sign(as_bytes(text));
  Bytes value(by.name.key_hash.begin(), by.name.key_hash.end());
  value.insert(value.end(), signature.bytes.begin(), signature.bytes.end());
  return "\xE2\x80\x94 " + by.name.name + " " + crypto::to_base64(value) + "\n";
}

ErrorCode refusal(const std::string& note, const log::VerifierKey& key) {
  const auto opened = log::open_checkpoint(note, key);
  REQUIRE_FALSE(opened);
  return opened.error().code;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != text.npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a signed checkpoint opens with its key") {
  const Signer ours = signer(1);
  const std::string note = log::sign_checkpoint(sample(), ours.key, ours.name);
  CHECK(log::open_checkpoint(note, ours.name).value() == sample());
  CHECK(log::parse_note(note)->text == log::checkpoint_text(sample()));
}

TEST_CASE("lines of unknown signers are ignored, ours must be there and verify") {
  const Signer ours = signer(1), stranger = signer(2, "witness.example");
  const std::string text = log::checkpoint_text(sample());
  const std::string our_line = signature_line(ours, text), strange_line = signature_line(stranger, text + "not this");

  CHECK(log::open_checkpoint(text + "\n" + strange_line + our_line, ours.name));
  CHECK(log::open_checkpoint(text + "\n" + our_line + strange_line, ours.name));
  CHECK(refusal(text + "\n" + strange_line, ours.name) == ErrorCode::invalid_signature);

  const std::vector<log::VerifierKey> both{ours.name, stranger.name};
  CHECK(log::open_checkpoint(text + "\n" + our_line + signature_line(stranger, text), both));
  // A known signer's line must hold, and a signer that is not the origin does not vouch for the ledger alone.
  CHECK(log::open_checkpoint(text + "\n" + our_line + strange_line, both).error().code == ErrorCode::invalid_signature);
  CHECK(log::open_checkpoint(text + "\n" + signature_line(stranger, text), both).error().code ==
        ErrorCode::invalid_signature);
}

TEST_CASE("a second, wrong line of our own key refuses the note") {
  const Signer ours = signer(1);
  const std::string text = log::checkpoint_text(sample());
  const std::string note = text + "\n" + signature_line(ours, text) + signature_line(ours, text + "x");
  CHECK(refusal(note, ours.name) == ErrorCode::invalid_signature);
}

TEST_CASE("a checkpoint whose text was changed is refused") {
  const Signer ours = signer(1);
  const std::string note = log::sign_checkpoint(sample(), ours.key, ours.name);
  CHECK(refusal(replaced(note, "\n42\n", "\n43\n"), ours.name) == ErrorCode::invalid_signature);
  CHECK(refusal(note, signer(3).name) == ErrorCode::invalid_signature);
  CHECK(refusal(note, signer(1, "suara.test/2026/b").name) == ErrorCode::invalid_signature);
}

TEST_CASE("a checkpoint not in its one form is refused") {
  const Signer ours = signer(1);
  const std::string root = crypto::to_base64(sample().root.view());
  const auto with_text = [&](const std::string& text) { return text + "\n" + signature_line(ours, text); };
  for (const std::string size : {"042", "-1", "+42", " 42", "", "4x", "99999999999999999999"}) {
    CHECK(refusal(with_text(origin + "\n" + size + "\n" + root + "\n"), ours.name) == ErrorCode::malformed);
  }
  CHECK(refusal(with_text(origin + "\n42\n" + root.substr(1) + "\n"), ours.name) == ErrorCode::malformed);
  CHECK(refusal(with_text(origin + "\n42\n"), ours.name) == ErrorCode::malformed);
  CHECK(refusal(with_text("\n42\n" + root + "\n"), ours.name) == ErrorCode::malformed);
  CHECK(refusal(with_text(origin + "\n42\n" + root + "\nmore\n"), ours.name) == ErrorCode::unsupported);
}

TEST_CASE("a note not in its one form, or too large, is refused") {
  const Signer ours = signer(1);
  const std::string note = log::sign_checkpoint(sample(), ours.key, ours.name);
  const std::string text = log::checkpoint_text(sample());
  CHECK(refusal("", ours.name) == ErrorCode::malformed);
  CHECK(refusal(text, ours.name) == ErrorCode::malformed);
  CHECK(refusal(text + "\n", ours.name) == ErrorCode::malformed);
  CHECK(refusal(note.substr(0, note.size() - 1), ours.name) == ErrorCode::malformed);
  CHECK(refusal(note + "x\n", ours.name) == ErrorCode::malformed);
  CHECK(refusal(replaced(note, "\xE2\x80\x94 ", "- "), ours.name) == ErrorCode::malformed);
  CHECK(refusal(note + "\xE2\x80\x94 witness AAAA\n", ours.name) == ErrorCode::malformed);
  CHECK(refusal(std::string(log::max_note_size + 1, 'x'), ours.name) == ErrorCode::too_large);
  std::string crowded = text + "\n";
  for (std::size_t i = 0; i <= log::max_note_signatures; ++i) crowded += signature_line(ours, text);
  CHECK(refusal(crowded, ours.name) == ErrorCode::too_large);
}

TEST_CASE("a checkpoint is signed only under its origin's name") {
  const Signer ours = signer(1), other = signer(2);
  CHECK_THROWS_AS(log::sign_checkpoint(sample(), ours.key, other.name), std::invalid_argument);
  log::Checkpoint foreign = sample();
  foreign.origin = Origin{"suara.test/2026/b"};
  CHECK_THROWS_AS(log::sign_checkpoint(foreign, ours.key, ours.name), std::invalid_argument);
}
