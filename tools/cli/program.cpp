#include "tools/cli/program.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "tools/cli/answer.hpp"

namespace suara::cli {

void print_result(const Settings& settings, std::string_view json, std::string_view plain) {
  const std::string_view shown = settings.json ? json : plain;
  fmt::print("{}{}", shown, shown.empty() || shown.back() != '\n' ? "\n" : "");
}

Outcome<std::string> describe_recorded(std::string_view json) {
  auto answer = Answer::parse(json);
  if (!answer) return stop(answer.error());
  const AnswerNode root = answer->root();
  const auto uuid = root.text("uuid");
  const auto first = root.number("first");
  const auto last = root.number("last");
  const auto time = root.text("time");
  if (auto checked = answer->check(); !checked) return stop(checked.error());
  const std::string entries =
      first == last ? fmt::format("entry {}", first) : fmt::format("entries {} to {}", first, last);
  return fmt::format("Recorded as {} of election {} at {}.", entries, uuid, time);
}

CLI::App* add_group(CLI::App& app, const std::string& name, const std::string& about) {
  CLI::App* group = app.add_subcommand(name, about);
  group->footer("");
  return group;
}

CLI::App* add_command(CLI::App& group, const std::string& name, const std::string& about, const std::string& example) {
  CLI::App* command = group.add_subcommand(name, about);
  command->footer("Example:\n  " + example);
  return command;
}

}  // namespace suara::cli
