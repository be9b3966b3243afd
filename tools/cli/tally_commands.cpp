#include <memory>

#include "tools/cli/program.hpp"

namespace suara::cli {
namespace {

void add_step(CLI::App& app, Program& program, const std::string& group_name, const std::string& name,
              const std::string& about, const std::string& step, const std::string& done) {
  CLI::App* group = add_group(app, group_name, about);
  auto* command = add_command(*group, name, about + " (committee, administrator)",
                              "suara --user ani " + group_name + " " + name + " ucSijHEHGk8LHG");
  auto uuid = std::make_shared<std::string>();
  command->add_option("UUID", *uuid, "The election")->required();
  command->callback([&program, uuid, step, done] {
    program.command = [&program, uuid, step, done] { return record_step(program.settings, *uuid, step, done); };
  });
}

}  // namespace

void add_tally_commands(CLI::App& app, Program& program) {
  add_step(app, program, "tally", "publish", "Publish the result once every trustee has decrypted", "result",
           "The result is published.");
  add_step(app, program, "result", "certify", "Certify the published result", "certification",
           "The result is certified.");
}

}  // namespace suara::cli
