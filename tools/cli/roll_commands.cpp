#include <fmt/format.h>

#include <memory>

#include "tools/cli/answer.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/program.hpp"

namespace suara::cli {
namespace {

constexpr std::size_t max_roll_file = 64u << 20;

struct RollImport {
  std::string uuid;
  std::string file;
  bool dry_run = false;
};

Outcome<std::string> describe_report(std::string_view json) {
  auto answer = Answer::parse(json);
  if (!answer) return stop(answer.error());
  const AnswerNode report = answer->root();
  std::string plain = std::to_string(report.number("voters"));
  plain += report.boolean("imported") ? " voters are imported.\n" : " voters; no fault. Nothing was imported.\n";
  for (const auto& place : report.list("places")) {
    plain += fmt::format("  {:<32} {:>7}\n", place.text("id"), place.number("voters"));
  }
  if (auto checked = answer->check(); !checked) return stop(checked.error());
  return plain;
}

Outcome<void> import_roll(const Settings& settings, const RollImport& import) {
  if (auto checked = check_uuid(import.uuid); !checked) return stop(checked.error());
  auto roll = read_file(import.file, max_roll_file);
  if (!roll) return stop(roll.error());
  if (roll->empty()) return stop(ExitCode::usage, "file", import.file + " is empty: it must hold the roll.");
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  const std::string path = "/elections/" + import.uuid + "/roll" + (import.dry_run ? "?dry_run=true" : "");
  auto answer = api->post(path, std::move(*roll), "text/csv");
  if (!answer) return stop(answer.error());
  auto plain = describe_report(*answer);
  if (!plain) return stop(plain.error());
  print_result(settings, *answer, *plain);
  return {};
}

}  // namespace

void add_roll_commands(CLI::App& app, Program& program) {
  CLI::App* group = add_group(app, "roll", "The roll of voters");
  auto* command =
      add_command(*group, "import",
                  "Import the roll: all of it or, where it has a fault, nothing; faults are told by line and "
                  "column (registrar, committee, administrator)",
                  "suara --user ani roll import ucSijHEHGk8LHG pemilih.csv --dry-run");
  auto import = std::make_shared<RollImport>();
  command->add_option("UUID", import->uuid, "The election")->required();
  command
      ->add_option("FILE.csv", import->file,
                   "Columns id, name, class, place and, where it applies, weight and delivery (post or place); UTF-8; "
                   "separated by , or ;")
      ->required();
  command->add_flag("--dry-run", import->dry_run, "Only check");
  command->callback(
      [&program, import] { program.command = [&program, import] { return import_roll(program.settings, *import); }; });
  add_roll_changes(*group, program);
}

}  // namespace suara::cli
