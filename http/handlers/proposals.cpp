#include "http/handlers/proposals.hpp"

#include "core/codec/json_reader.hpp"
#include "http/handlers/lookup.hpp"
#include "http/views.hpp"
#include "http/views_officials.hpp"

namespace suara::http {
namespace {

Result<election::Step> read_step(std::string_view name) {
  if (const auto step = election::step_from_name(name)) return *step;
  return fail(ErrorCode::malformed, "Must be one of seal, close, certify, cancel, correct.");
}

std::string reason_in(codec::JsonFields& fields) {
  return fields.has("reason") ? std::string(fields.text("reason")) : std::string();
}

std::optional<Seq> entry_in(codec::JsonFields& fields) {
  if (!fields.has("entry")) return std::nullopt;
  return Seq{fields.uint("entry")};
}

Result<Response> recorded(ledger::CommandHandler& commands, const Call& call, election::Command command,
                          unsigned status = 201) {
  const auto receipt = commands.call(call.uuid, std::move(command), call.actor());
  if (!receipt) return fail(receipt.error());
  return json_response(status, views::recorded(*receipt));
}

}  // namespace

Handler list_proposals(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    const auto summary = find_election(commands, call.uuid);
    if (!summary) return fail(summary.error());
    return json_response(200, views::proposals(**summary));
  });
}

Handler propose_step(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    const auto document = codec::JsonDocument::parse(call.request.body, "proposal");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"step"}, {"reason", "entry"});
    election::ProposeStep command{fields.parsed("step", read_step), reason_in(fields), entry_in(fields)};
    if (fields.failed()) return fail(fields.error());
    return recorded(commands, call, std::move(command));
  });
}

Handler withdraw_proposal(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    const auto document = codec::JsonDocument::parse(call.request.body, "proposal");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"step"});
    const election::WithdrawProposal command{fields.parsed("step", read_step)};
    if (fields.failed()) return fail(fields.error());
    return recorded(commands, call, command);
  });
}

Handler cancel_election(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    const auto document = codec::JsonDocument::parse(call.request.body, "cancellation");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {}, {"reason"});
    election::CancelElection command{reason_in(fields)};
    if (fields.failed()) return fail(fields.error());
    return recorded(commands, call, std::move(command), 200);  // as every step of an election
  });
}

Handler record_correction(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    const auto document = codec::JsonDocument::parse(call.request.body, "correction");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {}, {"entry", "reason"});
    election::RecordCorrection command{entry_in(fields), reason_in(fields)};
    if (fields.failed()) return fail(fields.error());
    return recorded(commands, call, std::move(command));
  });
}

}  // namespace suara::http
