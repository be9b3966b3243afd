#include <fmt/format.h>

#include <memory>

#include "core/codec/json_writer.hpp"
#include "tools/cli/answer.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/program.hpp"
#include "tools/cli/service_key.hpp"

// `suara key`: the service's key files (core/crypto/sealed_text.hpp), on the machine where they lie; only `rotate` asks
// the service.
namespace suara::cli {
namespace fs = std::filesystem;
namespace {

struct KeyOptions {
  std::vector<std::string> files;
  std::string origin;
  SealOptions seal;
};

// What is printed is UTF-8, the names of files among it.
Outcome<void> check_names(const std::vector<std::string>& files) {
  for (const std::string& file : files) {
    if (!codec::is_valid_utf8(file)) return stop(ExitCode::usage, "usage", "The names of key files must be UTF-8.");
  }
  return {};
}

Outcome<void> make(const Settings& settings, const std::string& file) {
  if (auto names = check_names({file}); !names) return names;
  const auto key = crypto::SealingKey::generate();
  const auto text = key.text();
  if (auto written = write_new_file(file, as_text(text.view()), FileMode::secret); !written) return written;
  const std::string id = crypto::key_id_text(std::get<crypto::KeyLock>(key.lock()));
  codec::JsonWriter json(codec::JsonWriter::Order::as_written);
  json.begin_object().text("file", file).text("kind", "sealing-key").text("key_id", id).end_object();
  print_result(settings, json.take(),
               fmt::format("{} holds the sealing key {}. What it seals is lost with it: keep a copy elsewhere.", file, id));
  return {};
}

Outcome<void> show(const Settings& settings, const KeyOptions& options) {
  if (auto names = check_names(options.files); !names) return names;
  const std::string& file = options.files.front();
  const auto shown = describe_service_key(file, options.seal, options.origin);
  if (!shown) return stop(shown.error());
  codec::JsonWriter json(codec::JsonWriter::Order::as_written);
  json.begin_object().text("file", file).text("kind", shown->kind);
  if (!shown->name.empty()) json.text(shown->name, shown->value);
  print_result(settings, json.end_object().take(), shown->sentence);
  return {};
}

// Every file is looked at before the first is replaced: a wrong name or passphrase changes nothing.
Outcome<void> change_all(const Settings& settings, const KeyOptions& options, bool seal) {
  if (auto names = check_names(options.files); !names) return names;
  auto sealer = read_sealer(options.seal);
  if (!sealer) return stop(sealer.error());
  std::vector<crypto::SecretBytes> contents;
  for (const std::string& file : options.files) {
    auto content = seal ? sealed_service_key(file, *sealer) : opened_service_key(file, *sealer);
    if (!content) return stop(content.error());
    contents.push_back(std::move(*content));
  }
  codec::JsonWriter json(codec::JsonWriter::Order::as_written);
  json.begin_object().key(seal ? "sealed" : "opened").begin_array();
  std::string plain;
  for (std::size_t i = 0; i < contents.size(); ++i) {
    const std::string& file = options.files[i];
    if (auto put = replace_secret_file(file, as_text(contents[i].view())); !put) return put;
    json.text(file);
    plain += fmt::format("{} is {}.\n", file, seal ? "sealed" : "plain again");
  }
  print_result(settings, json.end_array().end_object().take(), plain);
  return {};
}

Outcome<void> rotate(const Settings& settings, const std::string& uuid) {
  if (auto checked = check_uuid(uuid); !checked) return stop(checked.error());
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  auto json = api->post("/elections/" + uuid + "/key/rotate");
  if (!json) return stop(json.error());
  auto answer = Answer::parse(*json);
  if (!answer) return stop(answer.error());
  const auto key = answer->root().text("key");
  const auto seq = answer->root().number("seq");
  if (auto checked = answer->check(); !checked) return checked;
  print_result(settings, *json,
               fmt::format("Recorded as entry {}. From now on the ledger is signed with\n{}\n"
                           "Back up the service's key folder now: the new key is in it.",
                           seq, key));
  return {};
}

void add_seal_options(CLI::App& command, KeyOptions& options) {
  auto* passphrase =
      command.add_option("--passphrase-file", options.seal.passphrase_file, "File with the passphrase on its first line");
  command.add_option("--seal", options.seal.seal_file, "Sealing key, made by `suara key new`")->excludes(passphrase);
}

}  // namespace

void add_key_commands(CLI::App& app, Program& program) {
  CLI::App* group = add_group(app, "key", "The service's key files, and a ledger's change of key");

  auto* fresh = add_command(*group, "new", "Make a sealing key", "suara key new /root/suara.seal");
  auto file = std::make_shared<std::string>();
  fresh->add_option("FILE", *file, "File to make; refused where it exists")->required();
  fresh->callback([&program, file] { program.command = [&program, file] { return make(program.settings, *file); }; });

  auto* look = add_command(*group, "show", "What a key file holds: the public half of a key, or how it is sealed",
                           "suara key show ledger.key --origin suara.example/2026/ucSijHEHGk8LHG");
  auto shown = std::make_shared<KeyOptions>();
  look->add_option("FILE", shown->files, "The key file")->required()->expected(1);
  look->add_option("--origin", shown->origin, "The ledger's name, for a ledger's key");
  add_seal_options(*look, *shown);
  look->callback([&program, shown] { program.command = [&program, shown] { return show(program.settings, *shown); }; });

  const auto add_change = [&](bool seal, const char* name, const char* about, const char* example) {
    auto* command = add_command(*group, name, about, example);
    auto options = std::make_shared<KeyOptions>();
    command->add_option("FILE", options->files, "Key files; none is changed where one cannot be")->required();
    add_seal_options(*command, *options);
    command->callback([&program, options, seal] {
      program.command = [&program, options, seal] { return change_all(program.settings, *options, seal); };
    });
  };
  add_change(true, "seal", "Seal key files with a passphrase or a sealing key, each in its place",
             "suara key seal keys/*.key keys/*/*.key --seal /root/suara.seal");
  add_change(false, "open", "Make sealed key files plain again", "suara key open keys/*/*.key --seal /root/suara.seal");

  auto* change = add_command(*group, "rotate", "Give a ledger a new signing key, made by the service (administrator, committee)",
                             "suara --user ani key rotate ucSijHEHGk8LHG");
  auto uuid = std::make_shared<std::string>();
  change->add_option("UUID", *uuid, "The election")->required();
  change->callback(
      [&program, uuid] { program.command = [&program, uuid] { return rotate(program.settings, *uuid); }; });
}

}  // namespace suara::cli
