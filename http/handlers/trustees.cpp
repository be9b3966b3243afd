#include "http/handlers/trustees.hpp"

#include <algorithm>

#include "core/codec/belenios.hpp"
#include "core/codec/event.hpp"
#include "core/codec/json_reader.hpp"
#include "http/handlers/lookup.hpp"
#include "http/views.hpp"

namespace suara::http {

Handler publish_trustee_key(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    if (const auto summary = find_election(commands, call.uuid); !summary) return fail(summary.error());
    const auto document = codec::JsonDocument::parse(call.request.body, "request");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"public_key"});
    election::PublishTrusteeKey command;
    command.public_key = fields.text("public_key");
    command.key = fields.parsed("public_key", codec::read_trustee_public_key);
    if (fields.failed()) return fail(fields.error());
    // Its number is its place among the keys, which only the sequencer knows for sure.
    auto before = std::make_shared<std::vector<std::string>>();
    auto source = [before, command](const election::State& state) -> Result<election::Command> {
      before->clear();
      for (const auto& trustee : state.summary.trustees) before->push_back(trustee.public_key);
      return election::Command(command);
    };
    const auto receipt = commands.call(call.uuid, std::move(source), call.actor());
    if (!receipt) return fail(receipt.error());
    const auto known = std::find(before->begin(), before->end(), command.public_key);
    const auto number = static_cast<std::size_t>(known - before->begin()) + 1;
    return json_response(201, views::trustee_recorded(*receipt, number));
  });
}

Handler show_decryption(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    const auto summary = find_election(commands, call.uuid);
    if (!summary) return fail(summary.error());
    if (!(*summary)->sealed || !(*summary)->tally) {
      return fail(ErrorCode::wrong_phase,
                  "There is nothing to decrypt yet: the tally is computed when the election has been closed.");
    }
    return json_response(200, views::decryption(**summary));
  });
}

Handler submit_decryption(ledger::CommandHandler& commands) {
  return at_once([&commands](const Call& call) -> Result<Response> {
    if (const auto summary = find_election(commands, call.uuid); !summary) return fail(summary.error());
    const auto document = codec::JsonDocument::parse(call.request.body, "request");
    if (!document) return fail(document.error());
    codec::JsonFields fields(document->root(), {"owner", "partial_decryption", "strong_proofs"});
    const auto owner = fields.integer("owner", 1, election::max_trustees);
    const auto partial = fields.text("partial_decryption");
    const auto strong = fields.text("strong_proofs");
    if (fields.failed()) return fail(fields.error());
    auto share = codec::read_share(static_cast<std::uint32_t>(owner), partial, strong);
    if (!share) return fail(std::move(share.error()));
    const auto receipt =
        commands.call(call.uuid, election::Command(election::SubmitDecryption{std::move(*share)}), call.actor());
    if (!receipt) return fail(receipt.error());
    return json_response(201, views::recorded(*receipt));
  });
}

}  // namespace suara::http
