#include <fmt/format.h>

#include <map>
#include <memory>

#include "core/crypto/secret.hpp"
#include "tools/cli/answer.hpp"
#include "tools/cli/code_drawing.hpp"
#include "tools/cli/credential_table.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/form_command.hpp"
#include "tools/cli/terminal.hpp"

namespace suara::cli {
namespace {

constexpr std::size_t max_public_list = 64u << 20;
constexpr unsigned page_size = 5000;

struct Generate {
  std::string uuid;
  std::string out;
  std::string public_url;
  double reserve = 2.5;
  bool unassigned = false;
};

struct Publish {
  std::string uuid;
  std::string file;
};

struct PlainElection {
  std::string name;
  std::string verification;
  std::uint64_t voters = 0;
  std::uint64_t credentials = 0;
  std::map<std::string, std::string> places;  // id to name
};

Outcome<PlainElection> fetch_election(Api& api, const std::string& uuid) {
  auto json = api.get("/elections/" + uuid);
  if (!json) return stop(json.error());
  auto answer = Answer::parse(*json);
  if (!answer) return stop(answer.error());
  const AnswerNode root = answer->root();
  PlainElection out{root.text("name"),
                    root.object("policies").text("verification"),
                    root.number("voters"),
                    root.number("credentials"),
                    {}};
  for (const auto& place : root.list("places")) out.places[place.text("id")] = place.text("name");
  if (auto checked = answer->check(); !checked) return stop(checked.error());
  return out;
}

struct Roll {
  std::vector<VoterCard> cards;
  std::vector<bool> at_place;  // gets the code at the polling place, by the roll
};

Outcome<Roll> fetch_roll(Api& api, const std::string& uuid, const PlainElection& election) {
  Roll roll;
  Progress progress("Reading the roll", election.voters);
  std::string after;
  for (;;) {
    std::string path = fmt::format("/elections/{}/roll?limit={}", uuid, page_size);
    if (!after.empty()) path += "&after=" + percent_encode(after);
    auto json = api.get_as_staff(path);
    if (!json) return stop(json.error());
    auto answer = Answer::parse(*json);
    if (!answer) return stop(answer.error());
    const auto voters = answer->root().list("voters");
    for (const auto& voter : voters) {
      VoterCard card{voter.text("id"),
                     voter.text("name"),
                     voter.text("class"),
                     voter.text("place"),
                     {},
                     {},
                     voter.number_or("weight", 1)};
      const auto place = election.places.find(card.place);
      card.place_name = place == election.places.end() ? card.place : place->second;
      roll.cards.push_back(std::move(card));
      roll.at_place.push_back(voter.text_or_empty("delivery") == "place");
    }
    const std::string next = answer->root().text_or_empty("next");
    if (auto checked = answer->check(); !checked) return stop(checked.error());
    progress.advance(voters.size());
    if (next.empty()) return roll;
    if (next == after || voters.empty()) {
      return stop(ExitCode::refused, "malformed", "The service's pages of the roll do not advance.");
    }
    after = next;
  }
}

// The files of one kind of card, none where there are no such cards.
Outcome<void> write_kind(const NewFolder& folder, const CardSheet& sheet, const std::vector<VoterCard>& cards,
                         const std::string& table, const std::string& page) {
  if (cards.empty()) return {};
  if (auto csv = write_credentials_csv(folder.working() / table, sheet, cards); !csv) return csv;
  return write_cards_html(folder.working() / page, sheet, cards);
}

Outcome<void> write_files(const Generate& options, CardSheet sheet, const Cards& cards, const std::string& publics) {
  auto folder = NewFolder::begin(options.out);
  if (!folder) return stop(folder.error());
  if (auto kind = write_kind(*folder, sheet, cards.assigned, "credentials.csv", "cards.html"); !kind) return kind;
  if (auto kind = write_kind(*folder, sheet, cards.envelopes, "envelopes.csv", "envelopes.html"); !kind) return kind;
  sheet.title = "Kartu cadangan";
  if (auto kind = write_kind(*folder, sheet, cards.reserve, "reserve.csv", "reserve.html"); !kind) return kind;
  if (auto list = write_new_file(folder->working() / "public.json", publics, FileMode::open); !list) return list;
  return folder->finish(0700);
}

void wipe_codes(Cards& cards) {
  for (auto* list : {&cards.assigned, &cards.envelopes, &cards.reserve}) {
    for (auto& card : *list) crypto::wipe(card.code.data(), card.code.size());
  }
}

Outcome<void> generate(const Settings& settings, const Generate& options) {
  if (auto checked = check_uuid(options.uuid); !checked) return stop(checked.error());
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  auto base = parse_server_url(options.public_url.empty() ? settings.server : options.public_url, "--public-url");
  if (!base) return stop(base.error());
  // Asked before the work is done, and again when the files are written.
  if (auto possible = NewFolder::begin(options.out); !possible) return stop(possible.error());

  auto election = fetch_election(*api, options.uuid);
  if (!election) return stop(election.error());
  if (election->credentials > 0) {
    return stop(
        ExitCode::refused, "conflict",
        "This election has its public credentials already: nothing was generated, the cards handed out stay good.");
  }
  auto roll = fetch_roll(*api, options.uuid, *election);
  if (!roll) return stop(roll.error());
  if (roll->cards.empty()) {
    return stop(ExitCode::refused, "conflict",
                "The roll of this election is empty: import it first with `suara roll import`.");
  }
  // Where everybody votes at a polling place, the officer hands out every code.
  if (options.unassigned || election->verification == "polling-place") roll->at_place.assign(roll->cards.size(), true);
  if (election->verification == "online" && !options.unassigned) roll->at_place.assign(roll->cards.size(), false);
  Cards cards = lay_out_cards(std::move(roll->cards), roll->at_place, options.reserve);
  const ElectionUuid uuid{options.uuid};
  const auto assigned = draw_codes(cards.assigned, uuid, "Generating codes");
  const auto envelopes = draw_codes(cards.envelopes, uuid, "Generating codes for envelopes");
  const auto reserve = draw_codes(cards.reserve, uuid, "Generating spare codes");
  const std::string list = public_list(cards, assigned, envelopes, reserve);
  auto written =
      write_files(options, {"Kartu pemilih", election->name, base->text + "/vote/" + options.uuid}, cards, list);
  wipe_codes(cards);
  if (!written) return written;

  const std::string kept = fmt::format("The codes and cards are in {}.", options.out);
  auto answer = api->post("/elections/" + options.uuid + "/credentials", list);
  if (!answer) {
    Fault fault = answer.error();
    fault.message +=
        fmt::format(" {} Once the cause is gone, publish them with `suara credentials publish {} {}/public.json`.",
                    kept, options.uuid, options.out);
    return stop(std::move(fault));
  }
  auto recorded = describe_recorded(*answer);
  if (!recorded) return stop(recorded.error());
  print_result(
      settings, *answer,
      fmt::format("{} Keep them secret: whoever reads a code can vote with it.\n{} codes for voters by name, {} "
                  "in envelopes and {} in reserve; their public credentials are published. {}",
                  kept, assigned.size(), envelopes.size(), reserve.size(), *recorded));
  return {};
}

Outcome<void> publish(const Settings& settings, const Publish& options) {
  if (auto checked = check_uuid(options.uuid); !checked) return stop(checked.error());
  auto list = read_file(options.file, max_public_list);
  if (!list) return stop(list.error());
  if (list->empty()) return stop(ExitCode::usage, "file", options.file + " is empty: it must be a public.json.");
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  auto answer = api->post("/elections/" + options.uuid + "/credentials", std::move(*list));
  if (!answer) return stop(answer.error());
  auto recorded = describe_recorded(*answer);
  if (!recorded) return stop(recorded.error());
  print_result(settings, *answer, "The public credentials are published. " + *recorded);
  return {};
}

}  // namespace

void add_credential_commands(CLI::App& app, Program& program) {
  CLI::App* group = add_group(app, "credentials", "The voters' secret codes; they never leave this machine");

  auto* make = add_command(
      *group, "generate",
      "Draw a code for every voter of the roll, write tables of codes, cards to print and cut (by name, for "
      "envelopes, and in reserve) and public.json, and publish the public list (registrar, committee, "
      "administrator)",
      "suara --user reni credentials generate ucSijHEHGk8LHG --out kartu "
      "--public-url https://pemilu.example");
  auto options = std::make_shared<Generate>();
  make->add_option("UUID", options->uuid, "The election")->required();
  make->add_option("--out", options->out, "New folder for the files; made readable by you alone")->required();
  make->add_option("--public-url", options->public_url,
                   "Where voters reach the service, for the links (default: --server)");
  make->add_option("--reserve", options->reserve,
                   "Spare codes in percent of each polling place's voters, for lost ones")
      ->capture_default_str()
      ->check(CLI::Range(0.0, 100.0));
  make->add_flag(
      "--unassigned", options->unassigned,
      "All cards without names, to be handed out in sealed envelopes; always so where people vote at polling "
      "places only");
  make->callback(
      [&program, options] { program.command = [&program, options] { return generate(program.settings, *options); }; });

  auto* again = add_command(*group, "publish", "Publish a public.json again where `generate` could not",
                            "suara --user reni credentials publish ucSijHEHGk8LHG kartu/public.json");
  auto list = std::make_shared<Publish>();
  again->add_option("UUID", list->uuid, "The election")->required();
  again->add_option("FILE", list->file, "The public.json that `generate` wrote")->required();
  again->callback(
      [&program, list] { program.command = [&program, list] { return publish(program.settings, *list); }; });

  add_credential_replacement(*group, program);
  add_form(*group, program,
           {.name = "withdraw",
            .about = "Void all codes made so far, before the sealing: for a roll that must still change (registrar, "
                     "committee, administrator)",
            .example = "suara --user reni credentials withdraw ucSijHEHGk8LHG --reason \"Daftar pemilih diperbaiki\"",
            .path = "credentials/withdraw",
            .done = "All codes made so far are void; make new ones with `suara credentials generate`.",
            .fields = {reason_field()}});
}

}  // namespace suara::cli
