#include "core/audit/bel_export.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "core/audit/audit.hpp"
#include "core/audit/bel_audit.hpp"
#include "tests/support/held_election.hpp"
#include "tests/support/paper_ledger.hpp"

using namespace suara;
using namespace suara::election;
using namespace suara::test;
using ballot::Counts;

namespace {

// An election of two questions, weights, blank votes, one mandatory trustee and 2 of 3, and a challenged ballot; held
// to the end with a ledger's key.
struct ExportedElection {
  PaperLedger paper{{.voters = 1}};  // signs
  HeldElection election;

  ExportedElection() {
    election.must(OpenLedger{ElectionUuid{"2bHVUYPrKYrcZ6"}, log::verifier_key_text(paper.key()), rich_draft()},
                  administrator);
    election.must(election.new_trustee_key(), trustee);
    election.run_ceremony();
    election.enrol(2);
    election.enrol(1, PlaceId{"tps-1"}, 4);
    election.seal();
    election.must(OpenElection{}, committee);
    election.must(HeldElection::challenge(election.ballot_of(0, 0)), voter);
    election.must(election.ballot_with(election.voters[0], {{0, 0, 1}, {1, 1, 0, 1}}), voter);
    election.must(election.ballot_with(election.voters[2], {{0, 1, 0}, {0, 0, 0, 0}}), voter);
    election.must(election.ballot_with(election.voters[2], {{1, 0, 0}, {0, 0, 1, 0}}), voter);
    election.finish();
  }

  // The ledger as it was just after the first event of that type.
  template <class E>
  std::vector<EntryText> until() const {
    std::vector<EntryText> entries;
    for (const auto& each : election.recorded) {
      entries.push_back(
          {each.actor, each.time, std::string(type_name(each.event)), codec::write_event_data(each.event)});
      if (std::holds_alternative<E>(each.event)) return entries;
    }
    throw std::logic_error("no such event");
  }
};

const ExportedElection& exported_election() {
  static const ExportedElection one;
  return one;
}

std::string exported(MemorySource source) {
  std::string bytes;
  const auto done = audit::export_bel(source, [&](std::string_view piece) { bytes += piece; });
  INFO((done ? std::string() : done.error().detail));
  REQUIRE(done);
  CHECK(done->root == audit::audit_bundle(source, {})->root);
  return bytes;
}

// Exports, and holds the archive's verdict against the ledger's.
audit::Report verified(const std::vector<EntryText>& entries) {
  const auto source = exported_election().paper.seal(entries);
  const std::string bytes = exported(source);
  CHECK(bytes == exported(source));
  auto report = audit::audit_bel(bytes, {});
  if (const auto fault = report.first_fault()) FAIL(audit::check_name(fault->check) << ": " << fault->what);
  auto again = source;
  const auto ledger = audit::audit_bundle(again, {}).value();
  CHECK(ledger.verified());
  CHECK(report.result == ledger.result);
  CHECK(report.ballots == ledger.ballots);
  CHECK(report.counted == ledger.counted);
  CHECK(report.weight == ledger.weight);
  CHECK(report.fingerprint == ledger.fingerprint);
  CHECK(codec::read_bel_archive(bytes)->timestamp ==
        static_cast<std::uint64_t>(exported_election().election.state.summary.sealed_at->ms / 1000));
  return report;
}

Result<audit::BelExported> refused(MemorySource source) {
  return audit::export_bel(source, [](std::string_view) {});
}

}  // namespace

TEST_CASE("the archive of a ledger verifies at every phase, with the ledger's numbers") {
  SECTION("sealed") {
    const auto report = verified(exported_election().until<ElectionSealed>());
    CHECK(report.ballots == 0);
    CHECK(!report.result);
  }
  SECTION("open") {
    const auto entries = exported_election().until<BallotCast>();
    CHECK(verified(entries).ballots == 1);
  }
  SECTION("closed, tally computed") { CHECK(verified(exported_election().until<TallyComputed>()).phase == Phase::closed); }
  SECTION("closed, one decryption") { CHECK(verified(exported_election().until<TallyDecrypted>()).phase == Phase::closed); }
  SECTION("tallied") {
    const auto report = verified(exported_election().until<ResultPublished>());
    CHECK(report.result == Counts{{4, 0, 1}, {1, 1, 4, 1}});
    CHECK(report.ballots == 3);  // the challenged one is none
    CHECK(report.weight == 5);
  }
}

TEST_CASE("a certified ledger gives the archive of the tallied one") {
  CHECK(exported(exported_election().paper.seal(exported_election().until<ResultCertified>())) ==
        exported(exported_election().paper.seal(exported_election().until<ResultPublished>())));
}

TEST_CASE("there is no archive of an election that is not sealed") {
  const auto none = refused(exported_election().paper.seal(exported_election().until<RollImported>()));
  REQUIRE(!none);
  CHECK(none.error().code == ErrorCode::wrong_phase);
}

TEST_CASE("a ledger that does not hold together gives no archive") {
  const auto code = [](MemorySource source) {
    const auto none = refused(std::move(source));
    REQUIRE(!none);
    return none.error().code;
  };
  auto entries = exported_election().until<ResultPublished>();
  SECTION("an entry that the checkpoint does not cover") {
    auto source = exported_election().paper.seal(entries);
    entries[1].time.ms += 1;
    source.files["tile/entries/000.p/" + std::to_string(entries.size())] =
        exported_election().paper.seal(entries).files["tile/entries/000.p/" + std::to_string(entries.size())];
    CHECK(code(source) == ErrorCode::integrity);
  }
  SECTION("a checkpoint of another key") {
    auto source = exported_election().paper.seal(entries);
    source.files["checkpoint"] = PaperLedger({.voters = 1}).bundle().files["checkpoint"];
    CHECK(code(source) == ErrorCode::invalid_signature);
  }
  SECTION("a credential that was not sealed") {
    std::erase_if(entries, [](const EntryText& entry) { return entry.type == "RollImported"; });
    CHECK(code(exported_election().paper.seal(entries)) == ErrorCode::integrity);
  }
  SECTION("a ballot after the closing") {
    const auto cast =
        std::find_if(entries.begin(), entries.end(), [](const auto& e) { return e.type == "BallotCast"; });
    entries.push_back(*cast);
    CHECK(code(exported_election().paper.seal(entries)) == ErrorCode::integrity);
  }
}
