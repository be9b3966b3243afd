#include <fmt/format.h>

#include <memory>

#include "core/codec/json_writer.hpp"
#include "tools/cli/answer.hpp"
#include "tools/cli/program.hpp"

// How far a key ceremony is, and beginning it again.
namespace suara::cli {
namespace {

// What the member has still to do at this step; empty where nothing.
std::string missing_of(const AnswerNode& member, std::string_view step) {
  if (step == "coefexps" && member.text_or_empty("coefexps").empty()) return "has not shared yet";
  if (step == "confirmations" && !member.boolean("confirmed")) return "has not confirmed yet";
  return {};
}

std::string next_step(std::string_view step) {
  if (step == "certificates") return "joining (`suara trustee join`)";
  if (step == "coefexps") return "sharing (`suara trustee share`)";
  if (step == "confirmations") return "confirming (`suara trustee confirm`)";
  return "done: the key is complete";
}

Outcome<void> status(const Settings& settings, const std::string& uuid) {
  if (auto checked = check_uuid(uuid); !checked) return stop(checked.error());
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  auto json = api->get("/elections/" + uuid + "/ceremony");
  if (!json) return stop(json.error());
  auto answer = Answer::parse(*json);
  if (!answer) return stop(answer.error());
  const AnswerNode root = answer->root();
  const std::string step = root.text("step");
  const auto trustees = root.number("trustees");
  const auto members = root.list("members");
  std::string plain = fmt::format("{} of {} threshold trustees decrypt together.\nStep: {}\n", root.number("needed"),
                                  trustees, next_step(step));
  std::string missing;
  for (const auto& member : members) {
    const auto number = member.number("trustee");
    const auto actor = member.text("actor");
    const bool shared = !member.text_or_empty("coefexps").empty();
    plain += fmt::format("  {:>2}  {:<24} joined{}{}\n", number, actor, shared ? ", shared" : "",
                         member.boolean("confirmed") ? ", confirmed" : "");
    if (const auto what = missing_of(member, step); !what.empty()) {
      missing += fmt::format("Missing: trustee {} ({}) {}.\n", number, actor, what);
    }
  }
  if (auto checked = answer->check(); !checked) return checked;
  if (members.size() < trustees) missing += fmt::format("Missing: {} more must join.\n", trustees - members.size());
  print_result(settings, *json, plain + missing);
  return {};
}

struct RestartOptions {
  std::string uuid;
  std::string reason;
};

Outcome<void> restart(const Settings& settings, const RestartOptions& options) {
  if (auto checked = check_uuid(options.uuid); !checked) return stop(checked.error());
  if (!codec::is_valid_utf8(options.reason)) return stop(ExitCode::usage, "usage", "The reason must be UTF-8 text.");
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  codec::JsonWriter body(codec::JsonWriter::Order::as_written);
  body.begin_object().text("reason", options.reason).end_object();
  auto json = api->post("/elections/" + options.uuid + "/ceremony/restart", body.take());
  if (!json) return stop(json.error());
  auto recorded = describe_recorded(*json);
  if (!recorded) return stop(recorded.error());
  print_result(settings, *json,
               "The key ceremony begins again: all trustees join anew, each with a new key file. " + *recorded);
  return {};
}

}  // namespace

void add_ceremony_overview(CLI::App& group, Program& program) {
  auto* show = add_command(group, "status", "How far the key ceremony is, and who is missing",
                           "suara trustee status ucSijHEHGk8LHG");
  auto uuid = std::make_shared<std::string>();
  show->add_option("UUID", *uuid, "The election")->required();
  show->callback([&program, uuid] { program.command = [&program, uuid] { return status(program.settings, *uuid); }; });

  auto* again = add_command(group, "restart",
                            "Begin the key ceremony again: what was published is void (committee, administrator)",
                            "suara --user ani trustee restart ucSijHEHGk8LHG --reason \"Kunci saksi 2 hilang\"");
  auto options = std::make_shared<RestartOptions>();
  again->add_option("UUID", options->uuid, "The election")->required();
  again->add_option("--reason", options->reason, "Why; it is public")->required();
  again->callback(
      [&program, options] { program.command = [&program, options] { return restart(program.settings, *options); }; });
}

}  // namespace suara::cli
