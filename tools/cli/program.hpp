#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "tools/cli/api.hpp"
#include "tools/cli/outcome.hpp"

namespace suara::cli {

// What parsing the command line leads to: the options and the one command to run.
struct Program {
  Settings settings;
  std::function<Outcome<void>()> command;
};

// A file of this folder each.
void add_user_commands(CLI::App& app, Program& program);
void add_election_commands(CLI::App& app, Program& program);
void add_election_steps(CLI::App& election_group, Program& program);
void add_official_commands(CLI::App& app, Program& program);
void add_device_commands(CLI::App& app, Program& program);
void add_incident_commands(CLI::App& app, Program& program);
void add_roll_commands(CLI::App& app, Program& program);
void add_roll_changes(CLI::App& roll_group, Program& program);
void add_credential_commands(CLI::App& app, Program& program);
void add_credential_replacement(CLI::App& credentials_group, Program& program);
void add_trustee_commands(CLI::App& app, Program& program);
void add_ceremony_commands(CLI::App& trustee_group, Program& program);
void add_ceremony_overview(CLI::App& trustee_group, Program& program);
void add_tally_commands(CLI::App& app, Program& program);
void add_export_command(CLI::App& app, Program& program);
void add_key_commands(CLI::App& app, Program& program);

// The result on stdout: with --json the one JSON object, else the sentences.
void print_result(const Settings& settings, std::string_view json, std::string_view plain);

// "Recorded as entry 7 of election U at T." of a Recorded answer.
Outcome<std::string> describe_recorded(std::string_view json);

// A group such as `election`, of which one subcommand must be given.
CLI::App* add_group(CLI::App& app, const std::string& name, const std::string& about);
CLI::App* add_command(CLI::App& group, const std::string& name, const std::string& about, const std::string& example);

}  // namespace suara::cli
