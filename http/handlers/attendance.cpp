#include "http/handlers/attendance.hpp"

#include "core/codec/json_reader.hpp"
#include "http/handlers/lookup.hpp"
#include "http/views_roll.hpp"

namespace suara::http {
namespace {

Result<VoterId> read_voter_id(std::string_view body) {
  const auto document = codec::JsonDocument::parse(body, "attendance");
  if (!document) return fail(document.error());
  codec::JsonFields fields(document->root(), {"voter"});
  VoterId voter{std::string(fields.text("voter"))};
  if (fields.failed()) return fail(fields.error());
  return voter;
}

}  // namespace

Handler mark_attendance(ledger::CommandHandler& commands, ledger::RollKeeper& roll, Ledgers& ledgers) {
  return at_once([&commands, &roll, &ledgers](const Call& call) -> Result<Response> {
    const auto summary = find_election(commands, call.uuid);
    if (!summary) return fail(summary.error());
    const election::Draft& draft = (*summary)->draft;
    const auto ledger = ledgers.find(call.uuid);
    if (!ledger) return fail(ledger.error());
    const auto id = read_voter_id(call.request.body);
    if (!id) return fail(id.error());
    const auto voter = roll.find(*ledger, *id);
    if (!voter) return fail(voter.error());
    if (call.role == election::Role::officer && !call.officer_at().contains(voter->place)) {
      return fail(ErrorCode::not_permitted, "This voter is on the roll of " + place_of(draft, voter->place).name +
                                                "; the officers there mark who comes.");
    }
    const auto receipt = commands.call(
        call.uuid, election::Command(election::VerifyAtPlace{voter->commitment, voter->place}), call.actor());
    if (!receipt) return fail(receipt.error());
    // Where everybody votes at the polling place, every code is handed out there.
    const bool all_here = draft.policies.verification == election::VerificationPolicy::polling_place;
    return json_response(201,
                         views::marked(*receipt, voter->place, all_here ? codec::Delivery::place : voter->delivery));
  });
}

}  // namespace suara::http
