#include <catch2/catch.hpp>

#include "core/codec/entry_body.hpp"
#include "core/log/checkpoint.hpp"
#include "core/log/cosignature.hpp"
#include "core/log/entry.hpp"
#include "core/log/merkle.hpp"
#include "core/log/tiles.hpp"
#include "core/log/tlog_proof.hpp"
#include "core/log/witness.hpp"
#include "tests/support/vectors.hpp"

// The files beside were made by an independent program (see README.md) and are never changed: ledgers with these
// bytes exist. A test that fails here means that the format has changed, and needs a new version, not new files.

using namespace suara;

namespace {

const Origin origin{"suara.example/2026/ucSijHEHGk8LHG"};

std::string golden(const std::string& name) {
  return test::read_file(std::filesystem::path(SUARA_SOURCE_DIR) / "tests" / "golden" / "log" / name);
}

const crypto::SigningKey& key() {
  static const crypto::SigningKey one = [] {
    Bytes seed(32);
    for (std::size_t i = 0; i < seed.size(); ++i) seed[i] = static_cast<std::uint8_t>(i);
    return crypto::SigningKey::from_seed(seed);
  }();
  return one;
}

log::VerifierKey name() { return log::make_verifier_key(origin.str(), key().public_key()).value(); }

std::vector<std::string> entries() {
  const std::vector<std::pair<std::string, std::string>> events{
      {"service", R"({"key":"kunci \"utama\"","uuid":"ucSijHEHGk8LHG"})"},
      {"committee:ani", "{\"note\":\"baris\\nbaru \xE2\x82\xAC \xF0\x9F\x98\x80\"}"},
      {"voter", R"({"ballot":"{\"a\":1}"})"}};
  std::vector<std::string> out;
  codec::EntryBody body;
  body.ledger = origin;
  for (std::size_t i = 0; i < events.size(); ++i) {
    body.actor = events[i].first;
    body.data = events[i].second;
    body.seq = Seq{i};
    body.time = Timestamp{1795417035123 + 1000 * static_cast<std::int64_t>(i)};
    body.type = i == 0 ? "LedgerOpened" : i == 1 ? "IncidentNoted" : "BallotCast";
    out.push_back(log::seal_entry(codec::encode_entry_body(body), key(), name()).value());
    body.prev = log::leaf_hash(out.back());
  }
  return out;
}

}  // namespace

TEST_CASE("the verifier key's text is frozen") {
  CHECK(log::verifier_key_text(name()) + "\n" == golden("ledger.vkey"));
}

TEST_CASE("the bytes of entries are frozen") {
  const auto made = entries();
  for (std::size_t i = 0; i < made.size(); ++i) CHECK(made[i] == golden(std::to_string(i) + ".entry"));
  CHECK(log::encode_bundle(made) == golden("000.p_3.bundle"));
}

TEST_CASE("the bytes of checkpoint and receipt are frozen") {
  std::vector<Hash> leaves;
  for (const auto& entry : entries()) leaves.push_back(log::leaf_hash(entry));
  CHECK(log::encode_tile(leaves) == golden("000.p_3.tile"));
  const std::string note = log::sign_checkpoint({origin, 3, log::root_of(leaves)}, key(), name());
  CHECK(note == golden("checkpoint"));
  log::TlogProof receipt{1, {leaves[0], leaves[2]}, note};
  CHECK(log::verify_tlog_proof(receipt, leaves[1], std::vector{name()}));
  CHECK(log::write_tlog_proof(receipt) == golden("1.tlog-proof"));
}

TEST_CASE("the bytes of a cosigned checkpoint, a request to a witness and a receipt with its entry are frozen") {
  const auto secret = crypto::SigningKey::from_seed(Bytes(32, 42));
  const auto witness = log::make_verifier_key("saksi.example/1", secret.public_key(), log::KeyType::witness).value();
  CHECK(log::verifier_key_text(witness) + "\n" == golden("witness.vkey"));
  auto note = log::parse_note(golden("checkpoint")).value();
  note.signatures.push_back(log::cosign(note.text, secret, witness, 1'795'417'040));
  CHECK(log::write_note(note) == golden("checkpoint.cosigned"));

  const auto leaves = log::decode_tile(golden("000.p_3.tile"), 3).value();
  const log::AddCheckpoint request{2, {leaves[2]}, golden("checkpoint")};
  CHECK(log::write_add_checkpoint(request) == golden("add-checkpoint"));
  log::Known known{{name()}, log::Checkpoint{origin, 2, log::root_of(std::span(leaves).first(2))}};
  CHECK(std::holds_alternative<log::Accepted>(log::judge(request, known)));

  auto receipt = log::parse_tlog_proof(golden("1.tlog-proof")).value();
  receipt.extra = golden("1.entry");
  CHECK(log::write_tlog_proof(receipt) == golden("1.with-entry.tlog-proof"));
}
