#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "core/ballot/credential.hpp"
#include "core/codec/json_writer.hpp"
#include "core/crypto/secret.hpp"
#include "tools/cli/answer.hpp"
#include "tools/cli/credential_table.hpp"
#include "tools/cli/program.hpp"

namespace suara::cli {
namespace {

struct Replacement {
  std::string uuid;
  std::string cards;  // the folder that `credentials generate` wrote
  std::string voter;
  std::string reason;
};

std::string public_credential_of(VoterCard& card, const std::string& uuid) {
  auto code = ballot::normalize_code(card.code);
  const auto credential = ballot::public_credential(ballot::credential_secret(*code, ElectionUuid{uuid}));
  crypto::wipe(code->data(), code->size());
  return credential.to_text();
}

// By voter's number in the table of names, else by card number in that of envelopes.
Outcome<VoterCard> find_card(const std::filesystem::path& folder, const std::string& number) {
  for (const auto* name : {"credentials.csv", "envelopes.csv", "reserve.csv"}) {
    if (!std::filesystem::exists(folder / name)) continue;
    auto cards = read_credentials_csv(folder / name);
    if (!cards) return stop(cards.error());
    const auto found = std::find_if(cards->begin(), cards->end(), [&](const auto& card) { return card.id == number; });
    if (found != cards->end()) return std::move(*found);
  }
  return stop(ExitCode::usage, "file",
              fmt::format("No card of {} has the number given: name the voter's number or the number on the card.",
                          folder.string()));
}

Outcome<std::string> state_of(Api& api, const std::string& uuid, const std::string& credential) {
  auto json = api.get_as_staff(fmt::format("/elections/{}/credentials/status?credential={}", uuid, credential));
  if (!json) return stop(json.error());
  auto answer = Answer::parse(*json);
  if (!answer) return stop(answer.error());
  auto state = answer->root().text("state");
  if (auto checked = answer->check(); !checked) return stop(checked.error());
  return state;
}

// The first spare card for this place and weight that was not handed out yet.
Outcome<VoterCard> find_spare(Api& api, const Replacement& options, const VoterCard& lost) {
  const auto table = std::filesystem::path(options.cards) / "reserve.csv";
  auto spares = read_credentials_csv(table);
  if (!spares) return stop(spares.error());
  for (auto& spare : *spares) {
    if (spare.place != lost.place || spare.weight != lost.weight) continue;
    auto state = state_of(api, options.uuid, public_credential_of(spare, options.uuid));
    if (!state) return stop(state.error());
    if (*state == "reserve") return std::move(spare);
  }
  return stop(ExitCode::refused, "conflict",
              fmt::format("No spare card is left for the place {} and this weight.", lost.place));
}

Outcome<void> replace(const Settings& settings, const Replacement& options) {
  if (auto checked = check_uuid(options.uuid); !checked) return stop(checked.error());
  if (!codec::is_valid_utf8(options.reason)) return stop(ExitCode::usage, "usage", "The reason must be UTF-8 text.");
  auto lost = find_card(options.cards, options.voter);
  if (!lost) return stop(lost.error());
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  auto spare = find_spare(*api, options, *lost);
  if (!spare) return stop(spare.error());
  codec::JsonWriter body(codec::JsonWriter::Order::as_written);
  body.begin_object().text("lost", public_credential_of(*lost, options.uuid));
  body.text("issued", public_credential_of(*spare, options.uuid)).text("reason", options.reason).end_object();
  auto answer = api->post("/elections/" + options.uuid + "/credentials/replace", body.take());
  if (!answer) return stop(answer.error());
  auto recorded = describe_recorded(*answer);
  if (!recorded) return stop(recorded.error());
  print_result(
      settings, *answer,
      fmt::format("The lost code is void. Hand out the spare card {} of {}. {}", spare->id, spare->place, *recorded));
  return {};
}

}  // namespace

void add_credential_replacement(CLI::App& group, Program& program) {
  auto* command = add_command(
      group, "replace",
      "Void a lost code and put a spare one in its place; refused once the lost one has voted (registrar, committee)",
      "suara --user reni credentials replace ucSijHEHGk8LHG --cards kartu --voter 17 --reason \"Kartu hilang\"");
  auto options = std::make_shared<Replacement>();
  command->add_option("UUID", options->uuid, "The election")->required();
  command->add_option("--cards", options->cards, "The folder that `credentials generate` wrote")->required();
  command->add_option("--voter", options->voter, "The voter's number, or the number printed on a card without a name")
      ->required();
  command->add_option("--reason", options->reason, "Why; public in the ledger, so no personal data")->required();
  command->callback(
      [&program, options] { program.command = [&program, options] { return replace(program.settings, *options); }; });
}

}  // namespace suara::cli
