#include "tests/support/polling_day.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>

#include "core/audit/audit.hpp"
#include "core/audit/bel_audit.hpp"
#include "core/audit/bel_export.hpp"
#include "tests/support/paper_ledger.hpp"
#include "tests/unit/audit/report.hpp"

// A polling day's ledger, honest and as a dishonest service would write it.
using namespace suara;
using namespace suara::election;
using namespace suara::test;
using audit::Check;

namespace {

const LedgerSigner& signer() {
  static const LedgerSigner one;
  return one;
}

PollingDay day_until_voting() {
  PollingDay day;
  day.set_up_day(signer().open_ledger({}));
  day.seal_day();
  day.vote_day();
  return day;
}

const PollingDay& certified() {
  static const PollingDay one = [] {
    auto day = day_until_voting();
    day.certify_day();
    return day;
  }();
  return one;
}

audit::Report audit_of(const std::vector<Recorded>& recorded) {
  auto source = signer().seal(texts_of(recorded));
  return audit::audit_bundle(source, {}).value();
}

template <class E>
Recorded& entry_of(std::vector<Recorded>& recorded) {
  for (auto& each : recorded) {
    if (std::holds_alternative<E>(each.event)) return each;
  }
  throw std::logic_error("no such event");
}

// The first fault after a change of the first event of that type.
template <class E>
audit::Fault fault_after(const std::function<void(Recorded&)>& change) {
  auto recorded = certified().recorded;
  auto& entry = entry_of<E>(recorded);
  change(entry);
  const auto report = audit_of(recorded);
  REQUIRE(!report.verified());
  CHECK(report.first_fault()->entry);
  return *report.first_fault();
}

}  // namespace

TEST_CASE("a polling day's ledger verifies, certified and cancelled") {
  const auto report = audit_of(certified().recorded);
  require_clean(report);
  CHECK(report.phase == Phase::certified);
  CHECK(report.result == ballot::Counts{{1, 1}});
  auto cancelled = day_until_voting();
  cancelled.cancel_day();
  const auto other = audit_of(cancelled.recorded);
  require_clean(other);
  CHECK(other.phase == Phase::cancelled);
  CHECK(other.ballots == 2);
}

TEST_CASE("the archive of a polling day holds the credentials as sealed, the reserve too") {
  auto cancelled = day_until_voting();
  cancelled.cancel_day();
  const std::array<const std::vector<Recorded>*, 2> held{&certified().recorded, &cancelled.recorded};
  for (const auto* recorded : held) {
    auto source = signer().seal(texts_of(*recorded));
    std::string bytes;
    REQUIRE(audit::export_bel(source, [&](std::string_view piece) { bytes += piece; }));
    const auto report = audit::audit_bel(bytes, {});
    require_clean(report);
    CHECK(report.ballots == 2);
  }
}

TEST_CASE("a step that nobody else proposed is found") {
  const auto fault = fault_after<ElectionClosed>([](Recorded& entry) { entry.actor = committee; });
  CHECK(fault.check == Check::legality);
}

TEST_CASE("an act of somebody who was not appointed is found") {
  CHECK(fault_after<RollImported>([](Recorded& entry) { entry.actor.id = "orang"; }).check == Check::legality);
  CHECK(fault_after<DeviceEnrolled>([](Recorded& entry) {
          std::get<DeviceEnrolled>(entry.event).place = PlaceId{"tps-2"};
        }).check == Check::legality);
}

TEST_CASE("a ballot after the scheduled end is found") {
  auto recorded = certified().recorded;
  bool after = false;
  for (auto& each : recorded) {
    after = after || std::holds_alternative<BallotCast>(each.event);
    if (after) each.time.ms += 24 * PollingDay::hour;
  }
  const auto fault = audit_of(recorded).first_fault();
  REQUIRE(fault);
  CHECK(fault->check == Check::legality);
  CHECK(std::holds_alternative<BallotCast>(recorded.at(fault->entry->value).event));
}

TEST_CASE("a second attendance without a correction is found") {
  auto recorded = certified().recorded;
  auto& correction = std::get<CorrectionRecorded>(entry_of<CorrectionRecorded>(recorded).event);
  auto& proposal = std::get<StepProposed>(std::find_if(recorded.begin(), recorded.end(), [](const Recorded& each) {
                                            const auto* found = std::get_if<StepProposed>(&each.event);
                                            return found && found->step == Step::correct;
                                          })->event);
  proposal.entry = correction.entry = Seq{1};
  const auto fault = audit_of(recorded).first_fault();
  REQUIRE(fault);
  CHECK(fault->check == Check::legality);
  CHECK(std::holds_alternative<VoterVerified>(recorded.at(fault->entry->value).event));
}

TEST_CASE("a code handed out that was not sealed as a reserve is found, so is a lost one that still votes") {
  CHECK(fault_after<CredentialReplaced>([](Recorded& entry) {
          std::get<CredentialReplaced>(entry.event).issued = ballot::public_credential(certified().voters[0]);
        }).check == Check::roll);
  CHECK(fault_after<CredentialReplaced>([](Recorded& entry) {
          std::get<CredentialReplaced>(entry.event).lost = ballot::public_credential(certified().voters[0]);
        }).check == Check::ballots);
}

TEST_CASE("a reserve that is not the sealed one is found") {
  // The first reserve was withdrawn with its codes; the last one is what was sealed.
  auto recorded = certified().recorded;
  const auto last = std::find_if(recorded.rbegin(), recorded.rend(), [](const Recorded& each) {
    return std::holds_alternative<ReserveImported>(each.event);
  });
  REQUIRE(last != recorded.rend());
  std::get<ReserveImported>(last->event).credentials.pop_back();
  const auto report = audit_of(recorded);
  REQUIRE(!report.verified());
  CHECK(report.first_fault()->check == Check::roll);
}
