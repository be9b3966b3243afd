#include <fmt/format.h>

#include <memory>

#include "tools/cli/answer.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/program.hpp"

namespace suara::cli {
namespace {

constexpr std::size_t max_draft_file = 65536;  // the service takes no larger request here

// To `path`: a new election, or a revision of one.
Outcome<void> send_draft(const Settings& settings, const std::string& path, const std::string& file,
                         const std::string& done) {
  auto draft = read_file(file, max_draft_file);
  if (!draft) return stop(draft.error());
  if (draft->empty()) return stop(ExitCode::usage, "file", file + " is empty: it must hold the election's draft.");
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  auto answer = api->post(path, std::move(*draft));
  if (!answer) return stop(answer.error());
  auto recorded = describe_recorded(*answer);
  if (!recorded) return stop(recorded.error());
  print_result(settings, *answer, done + " " + *recorded);
  return {};
}

Outcome<void> list_elections(const Settings& settings) {
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  auto json = api->get("/elections");
  if (!json) return stop(json.error());
  auto answer = Answer::parse(*json);
  if (!answer) return stop(answer.error());
  std::string plain;
  for (const auto& election : answer->root().list("elections")) {
    plain += fmt::format("{}  {:<9}  {:>7} of {:>7} voted  {}\n", election.text("uuid"), election.text("phase"),
                         election.number("voted"), election.number("voters"), election.text("name"));
  }
  if (auto checked = answer->check(); !checked) return checked;
  if (plain.empty()) plain = "There is no election yet: `suara election draft FILE.json` makes one.";
  print_result(settings, *json, plain);
  return {};
}

// What people ask for, as lines; the rest is in --json.
std::string describe_election(const AnswerNode& election) {
  std::string plain;
  const auto line = [&plain](std::string_view label, const std::string& text) {
    if (!text.empty()) plain += fmt::format("{:<14} {}\n", label, text);
  };
  for (const auto* name : {"name", "uuid", "phase", "administrator"}) line(name, election.text(name));
  for (const auto* name : {"voters", "credentials", "voted", "ballots", "entries"}) {
    line(name, std::to_string(election.number(name)));
  }
  for (const auto& place : election.list("places")) {
    line("place", fmt::format("{} ({}): {} voters", place.text("id"), place.text("name"), place.number("voters")));
  }
  const AnswerNode trustees = election.object("trustees");
  line("trustees", fmt::format("{} of {} keys published, {} decrypted", trustees.texts("keys").size(),
                               trustees.number("expected"), trustees.numbers("decrypted").size()));
  if (election.has("threshold")) {
    const AnswerNode threshold = election.object("threshold");
    line("threshold", fmt::format("{} of {} trustees, key ceremony: {}", threshold.number("needed"),
                                  threshold.number("trustees"), threshold.text("step")));
  }
  line("ledger key", election.object("ledger").text("key"));
  line("fingerprint", election.text_or_empty("fingerprint"));
  return plain;
}

Outcome<void> show_election(const Settings& settings, const std::string& uuid) {
  if (auto checked = check_uuid(uuid); !checked) return stop(checked.error());
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  auto json = api->get("/elections/" + uuid);
  if (!json) return stop(json.error());
  auto answer = Answer::parse(*json);
  if (!answer) return stop(answer.error());
  const std::string plain = describe_election(answer->root());
  if (auto checked = answer->check(); !checked) return checked;
  print_result(settings, *json, plain);
  return {};
}

}  // namespace

void add_election_commands(CLI::App& app, Program& program) {
  CLI::App* group = add_group(app, "election", "Elections and their phases");

  auto* draft = add_command(*group, "draft", "Draft an election from a file (administrator, committee)",
                            "suara --user ani election draft pemilihan.json");
  auto file = std::make_shared<std::string>();
  draft->add_option("FILE.json", *file, "The draft; tools/sample/election.json shows its form")->required();
  draft->callback([&program, file] {
    program.command = [&program, file] {
      return send_draft(program.settings, "/elections", *file, "The election is drafted.");
    };
  });

  auto* revise = add_command(*group, "revise", "Replace the draft before the sealing (administrator, committee)",
                             "suara --user ani election revise ucSijHEHGk8LHG pemilihan.json");
  auto revised = std::make_shared<std::string>();
  revise->add_option("UUID", *revised, "The election")->required();
  revise->add_option("FILE.json", *file, "The whole draft as it should be")->required();
  revise->callback([&program, revised, file] {
    program.command = [&program, revised, file]() -> Outcome<void> {
      if (auto checked = check_uuid(*revised); !checked) return stop(checked.error());
      return send_draft(program.settings, "/elections/" + *revised + "/draft", *file, "The draft is revised.");
    };
  });

  auto* list = add_command(*group, "list", "All elections, newest first", "suara election list");
  list->callback([&program] { program.command = [&program] { return list_elections(program.settings); }; });

  auto* show = add_command(*group, "show", "One election", "suara election show ucSijHEHGk8LHG --json");
  auto uuid = std::make_shared<std::string>();
  show->add_option("UUID", *uuid, "The election")->required();
  show->callback(
      [&program, uuid] { program.command = [&program, uuid] { return show_election(program.settings, *uuid); }; });

  add_election_steps(*group, program);
}

}  // namespace suara::cli
