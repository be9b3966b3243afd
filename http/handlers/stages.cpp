#include "http/handlers/stages.hpp"

#include "core/codec/draft.hpp"
#include "core/codec/event.hpp"
#include "http/handlers/lookup.hpp"
#include "http/views.hpp"

namespace suara::http {
namespace {

Handler stage(ledger::CommandHandler& commands, ledger::CommandSource command) {
  return at_once([&commands, command = std::move(command)](const Call& call) -> Result<Response> {
    if (const auto summary = find_election(commands, call.uuid); !summary) return fail(summary.error());
    const auto receipt = commands.call(call.uuid, command, call.actor());
    if (!receipt) return fail(receipt.error());
    return json_response(200, views::recorded(*receipt));
  });
}

using Make = std::function<Result<election::Command>(const election::State&)>;

// Where the phase is wrong the texts cannot be made; the phase is then the better reason, and decide() gives it for
// a command without texts.
template <class Command>
Make from_state(Result<Command> (*make)(const election::State&), election::Phase phase) {
  return [make, phase](const election::State& state) -> Result<election::Command> {
    if (state.summary.phase != phase) return election::Command(Command{});
    auto command = make(state);
    if (!command) return fail(std::move(command.error()));
    return election::Command(std::move(*command));
  };
}

}  // namespace

Handler show_draft(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    const auto summary = find_election(commands, call.uuid);
    if (!summary) return fail(summary.error());
    codec::JsonWriter json(codec::JsonWriter::Order::canonical);
    codec::append_draft(json, (*summary)->draft);
    return json_response(200, json.take());
  });
}

Handler revise_draft(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    const auto base = seq_parameter(call.request, "base", 1);
    if (!base) return fail(base.error());
    auto draft = codec::read_draft(call.request.body);
    if (!draft) return fail(draft.error());
    const auto receipt =
        commands.call(call.uuid, election::Command(election::ReviseDraft{std::move(*draft), *base}), call.actor());
    if (!receipt) return fail(receipt.error());
    return json_response(201, views::recorded(*receipt));
  });
}

Handler seal_election(ledger::CommandHandler& commands) {
  return stage(commands, from_state(&codec::seal_command, election::Phase::draft));
}

Handler open_election(ledger::CommandHandler& commands) {
  return stage(commands, election::Command(election::OpenElection{}));
}

Handler close_election(ledger::CommandHandler& commands) {
  return stage(commands, election::Command(election::CloseElection{}));
}

Handler publish_result(ledger::CommandHandler& commands) {
  return stage(commands, from_state(&codec::result_command, election::Phase::closed));
}

Handler certify_result(ledger::CommandHandler& commands) {
  return stage(commands, election::Command(election::CertifyResult{}));
}

Handler rotate_key(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    if (const auto summary = find_election(commands, call.uuid); !summary) return fail(summary.error());
    const auto rotation = commands.rotate_key(call.uuid, call.actor());
    if (!rotation) return fail(rotation.error());
    codec::JsonWriter json(codec::JsonWriter::Order::canonical);
    json.begin_object().text("key", rotation->key).number("seq", rotation->receipt.last.value).end_object();
    return json_response(201, json.take());
  });
}

}  // namespace suara::http
