#include <catch2/catch.hpp>

#include "core/audit/audit.hpp"
#include "core/codec/event.hpp"
#include "tests/support/paper_ledger.hpp"

using namespace suara;
using audit::Check;
using namespace suara::test;

namespace {

// A drafted election whose ledger's key is handed over once, with an entry before and one after.
struct Rotated {
  LedgerSigner signer;
  HeldElection held;
  Seq at;
  crypto::SigningKey next = crypto::SigningKey::from_seed(Bytes(32, 7));

  Rotated() {
    held.must(signer.open_ledger(small_draft()), administrator);
    held.must(election::NoteIncident{"Antre", {}}, supervisor);
    at = Seq{held.state.size};
    held.must(held.rotation(next), committee);
    held.must(election::NoteIncident{"Sepi", {}}, supervisor);
  }
  std::vector<EntryText> texts() const { return texts_of(held.recorded); }
};

audit::Report judged(MemorySource source, std::optional<std::string> pinned = {}) {
  audit::Options options;
  options.pinned_key = std::move(pinned);
  return audit::audit_bundle(source, options).value();
}

std::optional<audit::Fault> fault(const audit::Report& report, Check check) {
  return report.checks[static_cast<std::size_t>(check)].fault;
}

crypto::SigningKey copy_of(const crypto::SigningKey& key) { return crypto::SigningKey::from_seed(key.seed()); }

}  // namespace

TEST_CASE("a ledger whose key was handed over verifies, by either key") {
  Rotated r;
  r.signer.rotate(r.at, copy_of(r.next));
  const auto source = r.signer.seal(r.texts());
  const auto report = judged(source);
  CHECK(report.verified());
  CHECK(report.checks[static_cast<std::size_t>(Check::keys)].count == 2);
  CHECK(report.key == log::verifier_key_text(r.signer.key()));
  CHECK(judged(source, log::verifier_key_text(r.signer.key())).verified());
  CHECK(judged(source, r.held.state.summary.key).verified());
  const auto stranger = log::make_verifier_key(r.signer.key().name, crypto::SigningKey::generate().public_key());
  CHECK(fault(judged(source, log::verifier_key_text(*stranger)), Check::keys));
}

TEST_CASE("the old key signs nothing after the handing over, and not the checkpoint") {
  Rotated r;
  const auto old = judged(r.signer.seal(r.texts()));
  REQUIRE(fault(old, Check::signatures));
  CHECK(fault(old, Check::signatures)->entry == Seq{r.at.value + 1});
  CHECK(fault(old, Check::checkpoint));
  CHECK(fault(old, Check::keys));  // keys.json has one
}

TEST_CASE("the new key signs nothing before") {
  Rotated r;
  r.signer.rotate(Seq{r.at.value - 1}, copy_of(r.next));
  const auto report = judged(r.signer.seal(r.texts()));
  REQUIRE(fault(report, Check::signatures));
  CHECK(fault(report, Check::signatures)->entry == r.at);
}

TEST_CASE("a key that did not sign its taking over is no key of the ledger") {
  Rotated r;
  r.signer.rotate(r.at, copy_of(r.next));
  auto texts = r.texts();
  auto forged = std::get<election::KeyRotated>(r.held.recorded[r.at.value].event);
  forged.proof = r.next.sign(as_bytes("another text"));
  texts[r.at.value].data = codec::write_event_data(forged);
  const auto report = judged(r.signer.seal(texts));
  REQUIRE(report.first_fault());
  CHECK(report.first_fault()->check == Check::keys);
  CHECK(report.first_fault()->entry == r.at);
}

TEST_CASE("keys.json lists the keys that the entries hand over, no others") {
  Rotated r;
  r.signer.rotate(r.at, copy_of(r.next));
  auto source = r.signer.seal(r.texts());
  std::string& keys = source.files["keys.json"];
  const std::string second = ",\"" + r.held.state.summary.key + "\"";
  keys.erase(keys.find(second), second.size());
  const auto report = judged(source);
  REQUIRE(report.first_fault());
  CHECK_FALSE(report.verified());
}
