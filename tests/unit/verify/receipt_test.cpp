#include "tools/verify/receipt.hpp"

#include <catch2/catch.hpp>

#include "core/log/cosignature.hpp"
#include "core/log/entry.hpp"
#include "core/log/tiles.hpp"
#include "core/log/tlog_proof.hpp"
#include "tests/support/paper_ledger.hpp"
#include "tests/support/refused.hpp"
#include "tools/verify/compare.hpp"

using namespace suara;
using namespace suara::verify;
using namespace suara::test;
using Catch::Contains;

namespace {

std::string entry_of(const MemorySource& source, std::uint64_t index, std::uint64_t size) {
  const auto width = static_cast<std::uint32_t>(size);
  const auto& bundle = source.files.at(log::tile_path(log::EntryBundle{0, width}));
  return std::string(log::decode_bundle(bundle, width).value().at(index));
}

// What the ballot page saves. The ledgers here fit into one bundle.
log::TlogProof proof_of(MemorySource& source, std::uint64_t index, const log::VerifierKey& key) {
  const auto log = LogReader::open(source, std::span(&key, 1)).value();
  const std::uint64_t size = log.checkpoint().size;
  log::TlogProof proof{index, {}, log.note(), entry_of(source, index, size)};
  const auto tile = source.files.at(log::tile_path(log::HashTile{0, 0, static_cast<std::uint32_t>(size)}));
  const auto nodes = log::decode_tile(tile, static_cast<std::uint32_t>(size)).value();
  proof.hashes = log::inclusion_proof(index, size, [&](const log::Node& node) -> Result<Hash> {
                   return log::root_of(std::span(nodes).subspan(node.index << node.level, 1u << node.level));
                 }).value();
  return proof;
}

struct Voted {
  PaperLedger ledger{PaperLedger::Plan{}};
  BundleKeys keys;
  std::uint64_t first = 0;  // entry of the first ballot

  Voted() {
    keys.ledger = {ledger.key()};
    first = ledger.state().size;
    ledger.cast(0, 1);
    ledger.cast(1, 2);
  }
};

crypto::SigningKey witness_secret(std::uint8_t number) { return crypto::SigningKey::from_seed(Bytes(32, number)); }

log::VerifierKey witness_key(std::uint8_t number) {
  return log::make_verifier_key("saksi.test/" + std::to_string(number), witness_secret(number).public_key(),
                                log::KeyType::witness)
      .value();
}

}  // namespace

TEST_CASE("a receipt shows its ballot by the ledger's key alone") {
  Voted v;
  auto bundle = v.ledger.bundle();
  const auto file = log::write_tlog_proof(proof_of(bundle, v.first, v.ledger.key()));
  const auto receipt = open_receipt(file, v.keys);
  REQUIRE(receipt);
  CHECK(receipt->index == v.first);
  CHECK(receipt->type == "BallotCast");
  CHECK(receipt->tracker.size() == 43);
  CHECK_THAT(receipt_text(*receipt, {}), Contains("RECORDED") && Contains(receipt->tracker) && Contains("--witness"));
  CHECK_THAT(receipt_json(*receipt, {}), Contains(R"("recorded":true)") && Contains(R"("in_bundle":null)"));
}

TEST_CASE("a receipt that was changed, or is of another ledger, does not hold") {
  Voted v;
  auto bundle = v.ledger.bundle();
  const auto good = proof_of(bundle, v.first, v.ledger.key());
  const auto refused_as = [&](const log::TlogProof& proof) {
    return refused(open_receipt(log::write_tlog_proof(proof), v.keys));
  };
  auto other_entry = good;
  other_entry.extra = entry_of(bundle, v.first + 1, v.ledger.state().size);
  CHECK(refused_as(other_entry) == ErrorCode::integrity);
  auto moved = good;
  ++moved.index;
  CHECK(refused_as(moved) == ErrorCode::integrity);
  auto bare = good;
  bare.extra.reset();
  CHECK(refused_as(bare) == ErrorCode::malformed);
  PaperLedger other{PaperLedger::Plan{}};
  BundleKeys strangers;
  strangers.ledger = {other.key()};
  CHECK(refused(open_receipt(log::write_tlog_proof(good), strangers)) == ErrorCode::invalid_signature);
}

TEST_CASE("a receipt tells which witnesses saw it, and must have enough of those asked for") {
  Voted v;
  auto bundle = v.ledger.bundle();
  auto proof = proof_of(bundle, v.first, v.ledger.key());
  auto note = log::parse_note(proof.checkpoint).value();
  note.signatures.push_back(log::cosign(note.text, witness_secret(1), witness_key(1), 1'790'000'000));
  proof.checkpoint = log::write_note(note);
  const auto file = log::write_tlog_proof(proof);
  v.keys.witnesses = {witness_key(1), witness_key(2)};
  v.keys.needed = 1;
  const auto receipt = open_receipt(file, v.keys);
  REQUIRE(receipt);
  CHECK(receipt->seen == std::vector<std::string>{"saksi.test/1"});
  CHECK(receipt->witnessed());
  CHECK_THAT(receipt_text(*receipt, {}), Contains("RECORDED"));
  v.keys.needed = 2;
  const auto early = open_receipt(file, v.keys);
  REQUIRE(early);
  CHECK_FALSE(early->witnessed());
  CHECK_THAT(receipt_text(*early, {}), Contains("NOT YET WITNESSED: ") && Contains("1 of the 2") && !Contains("RECORDED"));
  CHECK_THAT(receipt_json(*early, {}), Contains(R"("enough":false)"));
  auto forged = log::parse_note(proof.checkpoint).value();
  forged.signatures.back().signature.back() ^= 1;
  proof.checkpoint = log::write_note(forged);
  CHECK(refused(open_receipt(log::write_tlog_proof(proof), v.keys)) == ErrorCode::invalid_signature);
}

TEST_CASE("what became of a ballot is told from a bundle") {
  Voted v;
  auto early = v.ledger.bundle();
  const auto receipt = open_receipt(log::write_tlog_proof(proof_of(early, v.first, v.ledger.key())), v.keys).value();
  CHECK(standing_in(early, receipt, v.keys)->is == Standing::Is::counted);

  v.ledger.cast(0, 2);
  auto later = v.ledger.bundle();
  const auto standing = standing_in(later, receipt, v.keys);
  REQUIRE(standing);
  CHECK(standing->is == Standing::Is::replaced);
  CHECK(standing->by == v.first + 2);
  CHECK_THAT(receipt_text(receipt, *standing), Contains("later ballot, entry " + std::to_string(v.first + 2)));

  const auto second = open_receipt(log::write_tlog_proof(proof_of(later, v.first + 2, v.ledger.key())), v.keys).value();
  CHECK(standing_in(early, second, v.keys)->is == Standing::Is::older);
}

TEST_CASE("a receipt of before a change of keys is found by the key of then, where the entries hand over") {
  LedgerSigner signer;
  HeldElection held;
  held.must(signer.open_ledger(small_draft()), administrator);
  held.must(election::NoteIncident{"Antre", {}}, supervisor);
  BundleKeys first;
  first.ledger = {signer.key()};
  auto early = signer.seal(texts_of(held.recorded));
  const auto receipt = open_receipt(log::write_tlog_proof(proof_of(early, 1, signer.key())), first).value();
  const auto next = crypto::SigningKey::from_seed(Bytes(32, 7));
  const Seq at{held.state.size};
  held.must(held.rotation(next), committee);
  held.must(election::NoteIncident{"Sepi", {}}, supervisor);
  signer.rotate(at, crypto::SigningKey::from_seed(Bytes(32, 7)));
  auto later = signer.seal(texts_of(held.recorded));
  CHECK(standing_in(later, receipt, first)->is == Standing::Is::recorded);
  BundleKeys strangers;
  strangers.ledger = {log::make_verifier_key(signer.key().name, witness_secret(9).public_key()).value()};
  CHECK_FALSE(standing_in(later, receipt, strangers));
  // A further key that is only listed.
  signer.rotate(Seq{at.value + 1}, crypto::SigningKey::from_seed(Bytes(32, 8)));
  auto forged = signer.seal(texts_of(held.recorded));
  CHECK_FALSE(standing_in(forged, receipt, first));
}

TEST_CASE("a ballot that was taken out of a ledger signed anew is missed by its receipt and by comparison") {
  Voted v;
  auto honest = v.ledger.bundle();
  const auto receipt = open_receipt(log::write_tlog_proof(proof_of(honest, v.first, v.ledger.key())), v.keys).value();
  auto entries = v.ledger.entries();
  entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(v.first));
  auto shorter = v.ledger.seal(entries);
  CHECK(standing_in(shorter, receipt, v.keys)->is == Standing::Is::missing);
  entries.push_back(entries.back());
  auto doctored = v.ledger.seal(entries);
  const auto standing = standing_in(doctored, receipt, v.keys);
  CHECK(standing->is == Standing::Is::missing);
  CHECK_THAT(receipt_text(receipt, *standing), Contains("two histories") && !Contains("RECORDED"));

  const auto fork = compare(honest, doctored);
  REQUIRE(fork);
  CHECK(fork->is == Comparison::Is::fork);
  CHECK(fork->differs_at == v.first);
  CHECK_THAT(comparison_text(*fork), Contains("FORK") && Contains(fork->first_note) && Contains(fork->second_note));
}

TEST_CASE("two bundles of one history are the same, or one continues the other") {
  Voted v;
  auto early = v.ledger.bundle();
  v.ledger.cast(2, 0);
  auto later = v.ledger.bundle();
  CHECK(compare(early, early)->is == Comparison::Is::same);
  CHECK(compare(early, later)->is == Comparison::Is::first_is_older);
  CHECK(compare(later, early)->is == Comparison::Is::second_is_older);
  CHECK_THAT(comparison_text(*compare(early, later)), Contains("1 more entries"));
  PaperLedger other{PaperLedger::Plan{}};
  auto elsewhere = other.bundle();
  CHECK(refused(compare(early, elsewhere)) == ErrorCode::wrong_election);
  auto tampered = later;
  auto& tile =
      tampered.files.at(log::tile_path(log::HashTile{0, 0, static_cast<std::uint32_t>(v.ledger.state().size)}));
  tile[0] = static_cast<char>(tile[0] ^ 1);
  CHECK(refused(compare(early, tampered)) == ErrorCode::integrity);
}
