#include "core/audit/audit.hpp"

#include <catch2/catch.hpp>

#include "core/codec/belenios.hpp"
#include "core/codec/canonical_json.hpp"
#include "core/crypto/hash.hpp"
#include "core/log/tiles.hpp"
#include "tests/support/paper_ledger.hpp"
#include "tests/unit/audit/report.hpp"

using namespace suara;
using audit::Check;
using test::check;
using test::require_clean;
using test::EntryText;
using test::MemorySource;
using test::PaperLedger;

namespace {

audit::Report audit_of(MemorySource source, std::optional<std::string> pinned = std::nullopt) {
  audit::Options options;
  options.pinned_key = std::move(pinned);
  auto report = audit::audit_bundle(source, options);
  REQUIRE(report);
  return std::move(*report);
}

// Built once: proofs take their time.
const PaperLedger& finished() {
  static const PaperLedger ledger = [] {
    PaperLedger made({election::TallyPolicy::sealed, 2, 5, 3});
    made.cast(0, 0);
    made.cast(1, 1);
    made.cast(2, 1);
    made.cast(0, 2);
    made.close_and_certify();
    return made;
  }();
  return ledger;
}

std::size_t index_of(const std::vector<EntryText>& entries, std::string_view type, std::size_t nth = 0) {
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].type == type && nth-- == 0) return i;
  }
  FAIL("no " << type);
  return 0;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

// The ledger with changed entries, chained and signed anew with the real key: only the check that looks at the
// meaning can find it.
void require_found(const std::vector<EntryText>& entries, Check expected, std::size_t at) {
  const auto report = audit_of(finished().seal(entries));
  REQUIRE_FALSE(report.verified());
  CHECK(check(report, Check::signatures).faults == 0);
  CHECK(check(report, Check::chain).faults == 0);
  CHECK(check(report, Check::tree).faults == 0);
  const auto fault = report.first_fault();
  CHECK(audit::check_name(fault->check) == audit::check_name(expected));
  REQUIRE(fault->entry);
  CHECK(fault->entry->value == at);
}

}  // namespace

TEST_CASE("a finished sealed election verifies, with its result") {
  const auto report = audit_of(finished().bundle());
  require_clean(report);
  CHECK(report.result == ballot::Counts{{0, 2, 1}});
  CHECK(report.ballots == 4);
  CHECK(report.counted == 3);
  CHECK(report.phase == election::Phase::certified);
  CHECK(check(report, Check::entries).count == finished().entries().size());
  CHECK(check(report, Check::ballots).count == 4);
  CHECK(check(report, Check::decryption).count == 2);
  CHECK(check(report, Check::result).count == 1);
}

TEST_CASE("a live election verifies at every stage") {
  PaperLedger ledger({election::TallyPolicy::live, 1, 6, 3});
  require_clean(audit_of(ledger.bundle()));
  for (std::size_t voter = 0; voter < 3; ++voter) ledger.cast(voter, voter);
  ledger.publish_live();
  ledger.cast(0, 2);
  ledger.cast(3, 2);
  ledger.cast(4, 0);
  ledger.publish_live();
  const auto open = audit_of(ledger.bundle());
  require_clean(open);
  CHECK(check(open, Check::live_tallies).count == 2);
  CHECK_FALSE(open.result);
  ledger.close_and_certify();
  const auto closed = audit_of(ledger.bundle());
  require_clean(closed);
  CHECK(closed.result == ballot::Counts{{1, 1, 3}});
}

TEST_CASE("a live tally that names other ballots is found") {
  PaperLedger ledger({election::TallyPolicy::live, 1, 6, 2});
  ledger.cast(0, 0);
  ledger.cast(1, 1);
  ledger.publish_live();
  auto entries = ledger.entries();
  const auto at = index_of(entries, "LiveTallyPublished");
  std::swap(entries[at], entries[at - 1]);
  std::swap(entries[at].time, entries[at - 1].time);
  const auto report = audit_of(ledger.seal(entries));
  REQUIRE_FALSE(report.verified());
  CHECK(report.first_fault()->check == Check::live_tallies);
  CHECK(report.first_fault()->entry->value == at - 1);
}

TEST_CASE("a ledger over several tiles verifies") {
  PaperLedger ledger({election::TallyPolicy::sealed, 1, 600, 3});
  std::vector<ballot::Element> credentials;
  for (const auto& [credential, place] : ledger.state().credentials) credentials.push_back(credential);
  for (const auto& credential : credentials) {
    ledger.must(election::VerifyVoter{credential}, {election::Role::voter, ""});
  }
  const auto source = ledger.bundle();
  require_clean(audit_of(source));
  auto broken = source;
  broken.files.at("tile/1/000.p/2")[40] ^= 1;
  const auto report = audit_of(broken);
  CHECK(report.first_fault()->check == Check::tree);
  CHECK(report.first_fault()->entry->value == 256);
}

TEST_CASE("a ballot that stands in the ledger twice is one receipt for two") {
  auto entries = finished().entries();
  const auto first = index_of(entries, "BallotCast");
  entries.insert(entries.begin() + static_cast<std::ptrdiff_t>(first) + 1, entries[first]);
  const auto report = audit_of(finished().seal(entries));
  REQUIRE(check(report, Check::trackers).faults == 1);
  CHECK(check(report, Check::trackers).fault->entry == Seq{first + 1});
}

TEST_CASE("the pinned key must be the bundle's") {
  require_clean(audit_of(finished().bundle(), log::verifier_key_text(finished().key())));
  const PaperLedger other({});
  const auto report = audit_of(finished().bundle(), log::verifier_key_text(other.key()));
  CHECK(check(report, Check::keys).faults == 2);  // keys.json and LedgerOpened
  CHECK(check(report, Check::checkpoint).faults == 1);
}

TEST_CASE("any changed byte of any file is found, and in the entries it is placed") {
  const auto clean = finished().bundle();
  std::size_t step = 97;
  for (const auto& [path, bytes] : clean.files) {
    const bool bundle = path.starts_with("tile/entries/");
    for (std::size_t at = 3; at < bytes.size(); at += bundle ? 211 : step) {
      auto changed = clean;
      changed.files[path][at] ^= 0x04;
      const auto report = audit_of(changed);
      INFO(path << " byte " << at);
      REQUIRE_FALSE(report.verified());
      if (!bundle) continue;
      const auto entries = log::decode_bundle(bytes, static_cast<std::uint32_t>(finished().entries().size()));
      std::size_t entry = 0;
      for (std::size_t end = 2 + (*entries)[0].size(); end <= at; end += 2 + (*entries)[entry].size()) ++entry;
      REQUIRE(report.first_fault()->entry);
      CHECK(report.first_fault()->entry->value == entry);
    }
  }
}

TEST_CASE("missing files are told, not passed over") {
  auto source = finished().bundle();
  source.files.erase("checkpoint");
  audit::Options options;
  REQUIRE(audit::audit_bundle(source, options).error().code == ErrorCode::not_found);

  auto without_tile = finished().bundle();
  for (auto it = without_tile.files.begin(); it != without_tile.files.end(); ++it) {
    if (it->first.starts_with("tile/0/")) {
      without_tile.files.erase(it);
      break;
    }
  }
  CHECK(check(audit_of(without_tile), Check::tree).faults == 1);
}

TEST_CASE("a service that drops a ballot is found by the count") {
  auto entries = finished().entries();
  entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(index_of(entries, "BallotCast", 1)));
  require_found(entries, Check::tally, index_of(entries, "TallyComputed"));
}

TEST_CASE("a ballot recorded twice is found") {
  auto entries = finished().entries();
  const auto at = index_of(entries, "BallotCast", 1);
  entries.insert(entries.begin() + static_cast<std::ptrdiff_t>(at), entries[at]);
  require_found(entries, Check::ballots, at + 1);
}

TEST_CASE("re-votes in another order are found by the count") {
  auto entries = finished().entries();
  const auto first = index_of(entries, "BallotCast", 0);
  const auto last = index_of(entries, "BallotCast", 3);
  std::swap(entries[first].data, entries[last].data);
  require_found(entries, Check::tally, index_of(entries, "TallyComputed"));
}

TEST_CASE("a ballot after the close is found") {
  auto entries = finished().entries();
  const auto from = index_of(entries, "BallotCast", 3);
  const auto ballot = entries[from];
  const auto close = index_of(entries, "ElectionClosed");
  entries.insert(entries.begin() + static_cast<std::ptrdiff_t>(close) + 1, ballot);
  entries[close + 1].time = entries[close].time;
  entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(from));
  require_found(entries, Check::legality, close);
}

TEST_CASE("a changed proof is found") {
  auto entries = finished().entries();
  const auto at = index_of(entries, "BallotCast", 2);
  const auto digit = entries[at].data.find(R"(\"response\":\")") + 15;
  entries[at].data[digit] = entries[at].data[digit] == '1' ? '2' : '1';
  require_found(entries, Check::ballots, at);
}

TEST_CASE("another result is found") {
  auto entries = finished().entries();
  const auto at = index_of(entries, "ResultPublished");
  entries[at].data = replaced(entries[at].data, "[[0,2,1]]", "[[2,0,1]]");
  require_found(entries, Check::result, at);
}

TEST_CASE("a decryption under another's name is found") {
  auto entries = finished().entries();
  const auto first = index_of(entries, "TallyDecrypted", 0);
  const auto second = index_of(entries, "TallyDecrypted", 1);
  std::swap(entries[first].data, entries[second].data);
  entries[first].data = replaced(entries[first].data, R"("owner":2)", R"("owner":1)");
  entries[second].data = replaced(entries[second].data, R"("owner":1)", R"("owner":2)");
  require_found(entries, Check::decryption, first);
}

TEST_CASE("a roll with one credential more is found") {
  auto entries = finished().entries();
  const auto at = index_of(entries, "RollSealed");
  entries[at].data = replaced(entries[at].data, R"("credentials":5)", R"("credentials":6)");
  require_found(entries, Check::roll, at);
}

TEST_CASE("a trustee's key without its proof is found") {
  auto entries = finished().entries();
  const auto at = index_of(entries, "TrusteeKeyPublished", 1);
  const auto digit = entries[at].data.find(R"(\"response\":\")") + 15;
  entries[at].data[digit] = entries[at].data[digit] == '1' ? '2' : '1';
  require_found(entries, Check::trustees, at);
}

TEST_CASE("an election's key that is not its trustees' is found") {
  auto entries = finished().entries();
  const auto at = index_of(entries, "ElectionSealed");
  const std::string member = R"(\"public_key\":\")";
  const auto key = entries[at].data.find(member) + member.size();
  entries[at].data.replace(key, 64, ballot::Element::generator().to_text());
  require_found(entries, Check::trustees, at);
}

TEST_CASE("a command by somebody who may not is found") {
  auto entries = finished().entries();
  const auto at = index_of(entries, "ElectionOpened");
  entries[at].actor = {election::Role::supervisor, "budi"};
  require_found(entries, Check::legality, at);
}

TEST_CASE("an unknown event type is found") {
  auto entries = finished().entries();
  const auto at = index_of(entries, "ElectionOpened");
  entries[at].type = "ElectionOpenedTwice";
  require_found(entries, Check::legality, at);
}
