#include "http/handlers/credentials.hpp"

#include "core/codec/event.hpp"
#include "core/codec/json_reader.hpp"
#include "core/codec/roll_csv.hpp"
#include "http/handlers/lookup.hpp"
#include "http/json_parts.hpp"
#include "http/views.hpp"

namespace suara::http {
namespace {

using Part = election::ImportCredentials::PlaceCredentials;

Result<Part> read_part(const codec::JsonNode& node, codec::JsonFields& fields, std::string_view name,
                       const PlaceId& place) {
  Part part{place, {}};
  for (const std::string_view text : fields.texts(name, 1, codec::max_roll_rows)) {
    auto credential = codec::read_roll_credential(text, codec::Trust::full);
    if (!credential) {
      return fail(
          node.error(credential.error().code, "holds a credential that is wrong: " + credential.error().detail));
    }
    part.credentials.push_back(*credential);
  }
  if (fields.failed()) return fail(fields.error());
  return part;
}

// Each place has credentials, a reserve, or both.
Result<election::ImportCredentials> read_credentials(std::string_view body) {
  const auto document = codec::JsonDocument::parse(body, "credentials");
  if (!document) return fail(document.error());
  codec::JsonFields fields(document->root(), {"places"});
  election::ImportCredentials command;
  for (const auto& node : fields.array("places", 1, election::max_places)) {
    codec::JsonFields place(node, {"place"}, {"credentials", "reserve"});
    const PlaceId id{std::string(place.text("place"))};
    if (place.failed()) return fail(place.error());
    if (!place.has("credentials") && !place.has("reserve")) {
      return fail(node.error(ErrorCode::malformed, "has neither credentials nor a reserve."));
    }
    for (const std::string_view name : {"credentials", "reserve"}) {
      if (!place.has(name)) continue;
      auto part = read_part(node, place, name, id);
      if (!part) return fail(std::move(part.error()));
      (name == "reserve" ? command.reserve : command.places).push_back(std::move(*part));
    }
  }
  if (fields.failed()) return fail(fields.error());
  return command;
}

Result<Response> carry_out(ledger::CommandHandler& commands, const Call& call, Result<election::Command> command,
                           unsigned status) {
  if (const auto summary = find_election(commands, call.uuid); !summary) return fail(summary.error());
  if (!command) return fail(std::move(command.error()));
  const auto receipt = commands.call(call.uuid, std::move(*command), call.actor());
  if (!receipt) return fail(receipt.error());
  return json_response(status, views::recorded(*receipt));
}

Result<election::Command> read_import(std::string_view body) {
  auto command = read_credentials(body);
  if (!command) return fail(std::move(command.error()));
  if (command->places.empty()) return election::ImportReserve{std::move(command->reserve)};
  return std::move(*command);
}

Result<election::Command> read_withdrawal(std::string_view body) {
  const auto document = codec::JsonDocument::parse(body, "withdrawal");
  if (!document) return fail(document.error());
  codec::JsonFields fields(document->root(), {"reason"});
  election::WithdrawCredentials command{std::string(fields.text("reason"))};
  if (fields.failed()) return fail(fields.error());
  return command;
}

Result<election::Command> read_replacement(std::string_view body) {
  const auto document = codec::JsonDocument::parse(body, "replacement");
  if (!document) return fail(document.error());
  codec::JsonFields fields(document->root(), {"lost", "issued", "reason"});
  election::ReplaceCredential command;
  command.lost = fields.parsed("lost", ballot::Element::from_text);
  command.issued = fields.parsed("issued", ballot::Element::from_text);
  command.reason = fields.text("reason");
  if (fields.failed()) return fail(fields.error());
  return command;
}

struct Shown {
  std::string_view state = "unknown";
  std::optional<PlaceId> place;
  bool voted = false;
};

Shown standing_of(const election::State& state, const ballot::Element& credential) {
  const auto found = state.credentials.find(credential);
  if (found == state.credentials.end()) return {};
  using Standing = election::State::Standing;
  const Standing standing = found->second.standing;
  return {standing == Standing::in_use    ? "active"
          : standing == Standing::reserve ? "reserve"
                                          : "replaced",
          found->second.place, state.last_ballot.contains(credential)};
}

std::string shown_json(const Shown& shown) {
  auto json = views::writer();
  json.begin_object();
  json.text("state", shown.state);
  views::text_or_null(json, "place", shown.place ? &shown.place->value : nullptr);
  json.boolean("voted", shown.voted);
  json.end_object();
  return json.take();
}

}  // namespace

Handler import_credentials(ledger::CommandHandler& commands) {
  return at_once(
      [&commands](const Call& call) { return carry_out(commands, call, read_import(call.request.body), 201); });
}

Handler withdraw_credentials(ledger::CommandHandler& commands) {
  return at_once(
      [&commands](const Call& call) { return carry_out(commands, call, read_withdrawal(call.request.body), 200); });
}

Handler replace_credential(ledger::CommandHandler& commands) {
  return at_once(
      [&commands](const Call& call) { return carry_out(commands, call, read_replacement(call.request.body), 200); });
}

Handler show_credential(ledger::CommandHandler& commands) {
  return [&commands](const Call& call, const Done& done) {
    if (const auto summary = find_election(commands, call.uuid); !summary) return done(fail(summary.error()));
    const auto credential = ballot::Element::from_text(call.request.parameter("credential").value_or(""));
    if (!credential) {
      return done(fail(ErrorCode::malformed, "The parameter credential must be a public credential of 64 hex digits."));
    }
    auto shown = std::make_shared<Shown>();
    look_at(
        commands, call,
        [shown, credential = *credential](const election::State& state) -> Result<void> {
          *shown = standing_of(state, credential);
          return {};
        },
        [shown, done](const Result<void>& seen) {
          if (!seen) return done(fail(seen.error()));
          done(json_response(200, shown_json(*shown)));
        });
  };
}

}  // namespace suara::http
