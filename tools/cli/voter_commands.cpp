#include <memory>

#include "core/codec/json_writer.hpp"
#include "tools/cli/answer.hpp"
#include "tools/cli/program.hpp"
#include "tools/cli/server_url.hpp"

namespace suara::cli {
namespace {

struct Erasure {
  std::string uuid;
  std::string voter;
  std::string reason;
  bool all = false;
};

Outcome<void> erase(const Settings& settings, const Erasure& erasure) {
  if (auto checked = check_uuid(erasure.uuid); !checked) return stop(checked.error());
  if (erasure.all == !erasure.voter.empty())
    return stop(ExitCode::usage, "usage", "Give the voter's number on the roll, or --all for the whole roll.");
  if (!codec::is_valid_utf8(erasure.voter) || !codec::is_valid_utf8(erasure.reason))
    return stop(ExitCode::usage, "usage", "The voter's number and the reason must be UTF-8 text.");
  codec::JsonWriter body(codec::JsonWriter::Order::as_written);
  body.begin_object();
  if (!erasure.reason.empty()) body.text("reason", erasure.reason);
  body.end_object();
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  const std::string whose = erasure.all ? "/voters/data" : "/voters/" + percent_encode(erasure.voter) + "/data";
  auto reply = api->remove("/elections/" + erasure.uuid + whose, body.take());
  if (!reply) return stop(reply.error());
  auto answer = Answer::parse(*reply);
  if (!answer) return stop(answer.error());
  const auto erased = answer->root().number("erased");
  if (auto checked = answer->check(); !checked) return stop(checked.error());
  print_result(settings, *reply,
               "Erased the data of " + std::to_string(erased) + (erased == 1 ? " voter" : " voters") +
                   " from the service's database. Lists and cards that were made from the roll are yours to destroy.");
  return {};
}

}  // namespace

void add_voter_commands(CLI::App& app, Program& program) {
  CLI::App* group = add_group(app, "voter", "What is kept of voters");
  auto* command =
      add_command(*group, "erase",
                  "Erase what is kept of a voter outside the ledger, name, class and salt, for good; once the "
                  "election is closed or cancelled (registrar, committee, administrator)",
                  "suara --user reni voter erase ucSijHEHGk8LHG 121");
  auto erasure = std::make_shared<Erasure>();
  command->add_option("UUID", erasure->uuid, "The election")->required();
  command->add_option("VOTER", erasure->voter, "The voter's number on the roll");
  command->add_flag("--all", erasure->all, "The whole roll");
  command->add_option("--reason", erasure->reason, "Why; kept by the service, so it names nobody");
  command->callback(
      [&program, erasure] { program.command = [&program, erasure] { return erase(program.settings, *erasure); }; });
}

}  // namespace suara::cli
