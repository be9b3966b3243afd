#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <thread>

#include "core/ballot/credential.hpp"
#include "core/codec/event.hpp"
#include "core/codec/json_writer.hpp"
#include "core/crypto/secret.hpp"
#include "tools/cli/answer.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/program.hpp"
#include "tools/cli/terminal.hpp"
#include "tools/cli/voter_card.hpp"

namespace suara::cli {
namespace {

constexpr std::size_t max_public_list = 64u << 20;
constexpr unsigned page_size = 5000;

struct Generate {
  std::string uuid;
  std::string out;
  std::string public_url;
};

struct Publish {
  std::string uuid;
  std::string file;
};

struct PlainElection {
  std::string name;
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
  PlainElection out{root.text("name"), root.number("voters"), root.number("credentials"), {}};
  for (const auto& place : root.list("places")) out.places[place.text("id")] = place.text("name");
  if (auto checked = answer->check(); !checked) return stop(checked.error());
  return out;
}

Outcome<std::vector<VoterCard>> fetch_roll(Api& api, const std::string& uuid, const PlainElection& election) {
  std::vector<VoterCard> cards;
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
      cards.push_back(std::move(card));
    }
    const std::string next = answer->root().text_or_empty("next");
    if (auto checked = answer->check(); !checked) return stop(checked.error());
    progress.advance(voters.size());
    if (next.empty()) return cards;
    if (next == after || voters.empty()) {
      return stop(ExitCode::refused, "malformed", "The service's pages of the roll do not advance.");
    }
    after = next;
  }
}

// A fresh code for each card; gives the public credentials in the same order. A thousand rounds of PBKDF2 a
// credential is what takes the time, so all cores share it.
std::vector<ballot::PublicCredential> draw_codes(std::vector<VoterCard>& cards, const ElectionUuid& uuid) {
  std::vector<ballot::PublicCredential> publics(cards.size());
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> done{0};
  const auto work = [&](Progress* progress) {
    std::size_t told = 0;
    for (std::size_t i; (i = next.fetch_add(1)) < cards.size();) {
      cards[i].code = ballot::generate_code();
      auto normalized = ballot::normalize_code(cards[i].code);
      publics[i] = {ballot::public_credential(ballot::credential_secret(*normalized, uuid)), cards[i].weight};
      crypto::wipe(normalized->data(), normalized->size());
      const std::size_t now = done.fetch_add(1) + 1;
      if (!progress) continue;
      progress->advance(now - told);
      told = now;
    }
  };
  Progress progress("Generating codes", cards.size());
  std::vector<std::jthread> helpers;
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  for (unsigned i = 1; i < cores; ++i) helpers.emplace_back(work, nullptr);
  work(&progress);
  helpers.clear();
  return publics;
}

// Each with its weight; sorted within a place, so that the order tells nothing of who holds which.
std::string public_list(const std::vector<VoterCard>& cards, const std::vector<ballot::PublicCredential>& publics) {
  std::map<std::string, std::vector<std::string>> places;
  for (std::size_t i = 0; i < cards.size(); ++i) {
    places[cards[i].place].push_back(codec::write_roll_credential(publics[i]));
  }
  codec::JsonWriter out(codec::JsonWriter::Order::as_written);
  out.begin_object().key("places").begin_array();
  for (auto& [place, list] : places) {
    std::sort(list.begin(), list.end());
    out.begin_object().text("place", place).key("credentials").begin_array();
    for (const auto& credential : list) out.text(credential);
    out.end_array().end_object();
  }
  return out.end_array().end_object().take();
}

Outcome<void> write_files(const Generate& options, const CardSheet& sheet, const std::vector<VoterCard>& cards,
                          const std::string& publics) {
  auto folder = NewFolder::begin(options.out);
  if (!folder) return stop(folder.error());
  if (auto csv = write_credentials_csv(folder->working() / "credentials.csv", sheet, cards); !csv) return csv;
  if (auto html = write_cards_html(folder->working() / "cards.html", sheet, cards); !html) return html;
  if (auto list = write_new_file(folder->working() / "public.json", publics, FileMode::open); !list) return list;
  return folder->finish(0700);
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
  auto cards = fetch_roll(*api, options.uuid, *election);
  if (!cards) return stop(cards.error());
  if (cards->empty()) {
    return stop(ExitCode::refused, "conflict",
                "The roll of this election is empty: import it first with `suara roll import`.");
  }
  const CardSheet sheet{election->name, base->text + "/vote/" + options.uuid};
  const std::string list = public_list(*cards, draw_codes(*cards, ElectionUuid{options.uuid}));
  auto written = write_files(options, sheet, *cards, list);
  for (auto& card : *cards) crypto::wipe(card.code.data(), card.code.size());
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
  print_result(settings, *answer,
               fmt::format("{} Keep them secret: whoever reads a code can vote with it.\n{} public credentials are "
                           "published. {}",
                           kept, cards->size(), *recorded));
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

  auto* make =
      add_command(*group, "generate",
                  "Draw a code for every voter of the roll, write credentials.csv, cards.html (to print and cut) "
                  "and public.json, and publish the public list (registrar, committee, administrator)",
                  "suara --user reni credentials generate ucSijHEHGk8LHG --out kartu "
                  "--public-url https://pemilu.example");
  auto options = std::make_shared<Generate>();
  make->add_option("UUID", options->uuid, "The election")->required();
  make->add_option("--out", options->out, "New folder for the files; made readable by you alone")->required();
  make->add_option("--public-url", options->public_url,
                   "Where voters reach the service, for the links (default: --server)");
  make->callback(
      [&program, options] { program.command = [&program, options] { return generate(program.settings, *options); }; });

  auto* again = add_command(*group, "publish", "Publish a public.json again where `generate` could not",
                            "suara --user reni credentials publish ucSijHEHGk8LHG kartu/public.json");
  auto list = std::make_shared<Publish>();
  again->add_option("UUID", list->uuid, "The election")->required();
  again->add_option("FILE", list->file, "The public.json that `generate` wrote")->required();
  again->callback(
      [&program, list] { program.command = [&program, list] { return publish(program.settings, *list); }; });
}

}  // namespace suara::cli
