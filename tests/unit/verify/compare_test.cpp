#include "tools/verify/compare.hpp"

#include <catch2/catch.hpp>

#include "core/log/entry.hpp"
#include "tests/support/paper_ledger.hpp"
#include "tests/support/refused.hpp"

using namespace suara;
using namespace suara::verify;
using namespace suara::test;

namespace {

// Long enough that the root of all entries is read without the first tile.
struct Notes {
  LedgerSigner signer;
  HeldElection held;

  explicit Notes(int count = 300) {
    held.must(signer.open_ledger(small_draft()), administrator);
    note(count);
  }
  void note(int count) {
    for (int i = 0; i < count; ++i) held.must(election::NoteIncident{"Antre", {}}, supervisor);
  }
  std::vector<EntryText> first(std::size_t size) const {
    auto texts = texts_of(held.recorded);
    texts.resize(size);
    return texts;
  }
};

std::vector<EntryText> changed(std::vector<EntryText> texts, std::size_t at) {
  texts[at].data = R"({"entries":[],"text":"Sepi"})";
  return texts;
}

}  // namespace

TEST_CASE("a fork is placed at the first entry that differs, wherever it is") {
  const Notes n;
  auto honest = n.signer.seal(n.first(301));
  for (const std::size_t at :
       {std::size_t{1}, std::size_t{128}, std::size_t{255}, std::size_t{256}, std::size_t{270}}) {
    CAPTURE(at);
    for (const std::size_t size : {std::size_t{271}, std::size_t{301}}) {
      auto other = n.signer.seal(changed(n.first(size), at));
      const auto fork = compare(honest, other);
      REQUIRE(fork);
      CHECK(fork->is == Comparison::Is::fork);
      CHECK(fork->differs_at == at);
    }
  }
}

TEST_CASE("a damaged tile is no fork") {
  const Notes n;
  auto early = n.signer.seal(n.first(200));
  auto later = n.signer.seal(n.first(301));
  CHECK(compare(early, later)->is == Comparison::Is::first_is_older);
  later.files.at("tile/0/000")[40] ^= 1;
  CHECK(refused(compare(early, later)) == ErrorCode::integrity);
}

TEST_CASE("a key that the ledger never handed over to signs no evidence") {
  Notes n(20);
  auto honest = n.signer.seal(n.first(21));
  // Everything from entry 11 on is a stranger's, who lists the own key beside the ledger's.
  n.signer.rotate(Seq{10}, crypto::SigningKey::from_seed(Bytes(32, 7)));
  auto forged = n.signer.seal(changed(n.first(21), 15));
  CHECK(refused(compare(honest, forged)) == ErrorCode::integrity);
}

TEST_CASE("a ledger whose key was handed over continues what it was") {
  Notes n(10);
  auto early = n.signer.seal(n.first(11));
  const auto next = crypto::SigningKey::from_seed(Bytes(32, 7));
  const Seq at{n.held.state.size};
  n.held.must(n.held.rotation(next), committee);
  n.note(5);
  n.signer.rotate(at, crypto::SigningKey::from_seed(Bytes(32, 7)));
  auto later = n.signer.seal(n.first(17));
  const auto comparison = compare(early, later);
  REQUIRE(comparison);
  CHECK(comparison->is == Comparison::Is::first_is_older);
}
