#include "http/handlers/polling_day.hpp"

#include "core/codec/json_reader.hpp"
#include "http/handlers/lookup.hpp"
#include "http/views.hpp"

namespace suara::http {
namespace {

Result<election::Command> read_extension(std::string_view body) {
  const auto document = codec::JsonDocument::parse(body, "extension");
  if (!document) return fail(document.error());
  codec::JsonFields fields(document->root(), {"closes_at", "reason"});
  election::ExtendVoting command;
  command.closes_at = fields.parsed("closes_at", parse_time);
  command.reason = fields.text("reason");
  if (fields.failed()) return fail(fields.error());
  return command;
}

Result<election::Command> read_incident(std::string_view body) {
  const auto document = codec::JsonDocument::parse(body, "incident");
  if (!document) return fail(document.error());
  codec::JsonFields fields(document->root(), {"text"}, {"entries"});
  election::NoteIncident command;
  command.text = fields.text("text");
  if (fields.has("entries")) {
    for (const auto& node : fields.array("entries", 0, election::max_incident_entries)) {
      const auto seq = node.uint();
      if (!seq) return fail(seq.error());
      command.entries.push_back(Seq{*seq});
    }
  }
  if (fields.failed()) return fail(fields.error());
  return command;
}

using Read = Result<election::Command> (*)(std::string_view body);

Handler giving(Read read, unsigned status, ledger::CommandHandler& commands) {
  return at_once([read, status, &commands](const Call& call) -> Result<Response> {
    if (const auto summary = find_election(commands, call.uuid); !summary) return fail(summary.error());
    auto command = read(call.request.body);
    if (!command) return fail(std::move(command.error()));
    const auto receipt = commands.call(call.uuid, std::move(*command), call.actor());
    if (!receipt) return fail(receipt.error());
    return json_response(status, views::recorded(*receipt));
  });
}

}  // namespace

Handler extend_voting(ledger::CommandHandler& commands) { return giving(read_extension, 200, commands); }
Handler note_incident(ledger::CommandHandler& commands) { return giving(read_incident, 201, commands); }

}  // namespace suara::http
