#include <fmt/format.h>

#include <memory>

#include "core/codec/json_writer.hpp"
#include "tools/cli/answer.hpp"
#include "tools/cli/audited_tally.hpp"
#include "tools/cli/decryption_request.hpp"
#include "tools/cli/program.hpp"
#include "tools/cli/trustee_key_file.hpp"

namespace suara::cli {
namespace {

struct TrusteeKeyOptions {
  std::string uuid;
  std::string file;
};

struct Published {
  std::string json;
  std::string plain;
};

Outcome<Published> publish_key(const Settings& settings, const std::string& uuid, const TrusteeKeyFile& key) {
  if (auto checked = check_uuid(uuid); !checked) return stop(checked.error());
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  codec::JsonWriter body(codec::JsonWriter::Order::as_written);
  body.begin_object().text("public_key", key.public_text).end_object();
  auto json = api->post("/elections/" + uuid + "/trustees", body.take());
  if (!json) return stop(json.error());
  auto recorded = describe_recorded(*json);
  if (!recorded) return stop(recorded.error());
  auto answer = Answer::parse(*json);
  if (!answer) return stop(answer.error());
  const auto number = answer->root().number("trustee");
  if (auto checked = answer->check(); !checked) return stop(checked.error());
  return Published{*json, fmt::format("The public key is published as that of trustee {}. {}", number, *recorded)};
}

Outcome<void> keygen(const Settings& settings, const TrusteeKeyOptions& options) {
  if (!options.uuid.empty()) {
    if (auto checked = check_uuid(options.uuid); !checked) return stop(checked.error());
  }
  auto key = create_trustee_key(options.file);
  if (!key) return stop(key.error());
  const std::string kept = fmt::format(
      "The key is in {}. Keep it safe and secret: without it the election cannot be counted.", options.file);
  if (options.uuid.empty()) {
    codec::JsonWriter out(codec::JsonWriter::Order::as_written);
    out.begin_object().text("file", options.file).text("public_key", key->public_text).end_object();
    print_result(settings, out.take(), kept + "\nPublic key: " + key->public_text);
    return {};
  }
  auto published = publish_key(settings, options.uuid, *key);
  if (!published) {
    Fault fault = published.error();
    fault.message +=
        fmt::format(" {} Publish it with `suara trustee publish {} --key {}`.", kept, options.uuid, options.file);
    return stop(std::move(fault));
  }
  print_result(settings, published->json, kept + "\n" + published->plain);
  return {};
}

Outcome<void> publish(const Settings& settings, const TrusteeKeyOptions& options) {
  auto key = read_trustee_key(options.file);
  if (!key) return stop(key.error());
  auto published = publish_key(settings, options.uuid, *key);
  if (!published) return stop(published.error());
  print_result(settings, published->json, published->plain);
  return {};
}

Outcome<void> decrypt(const Settings& settings, const TrusteeKeyOptions& options) {
  if (auto checked = check_uuid(options.uuid); !checked) return stop(checked.error());
  auto key = read_decryption_key(options.file);
  if (!key) return stop(key.error());
  if (key->election && key->election->str() != options.uuid) {
    return stop(ExitCode::usage, "usage",
                fmt::format("{} was made for the election {}.", options.file, key->election->str()));
  }
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  auto request = fetch_decryption_request(*api, options.uuid);
  if (!request) return stop(request.error());
  auto owner = check_decryption_request(*request, options.uuid, key->key);
  if (!owner) return stop(owner.error());
  auto audited = audited_tally(*api, options.uuid);
  if (!audited) return stop(audited.error());
  if (audited->encrypted_tally != request->tally_text || audited->fingerprint != request->election.fingerprint) {
    return stop(
        ExitCode::refused, "integrity",
        "The service asks to decrypt something else than the tally in its public ledger. Nothing was decrypted; "
        "tell the committee and the supervisors.");
  }

  auto json = api->post("/elections/" + options.uuid + "/decryption", decryption_body(*request, *owner, key->secret));
  if (!json) return stop(json.error());
  auto recorded = describe_recorded(*json);
  if (!recorded) return stop(recorded.error());
  print_result(settings, *json,
               fmt::format("The ledger verifies: {} entries, root {}; the tally holds the ballots of {} voters. "
                           "Trustee {} has decrypted its part. {}",
                           audited->entries, audited->root, audited->counted, *owner, *recorded));
  return {};
}

}  // namespace

void add_trustee_commands(CLI::App& app, Program& program) {
  CLI::App* group = add_group(app, "trustee", "The keys that the result is decrypted with");

  auto* make = add_command(*group, "keygen",
                           "Make the key file of a mandatory trustee; with --publish also publish its public key",
                           "suara --user sri trustee keygen --out sri.key --publish ucSijHEHGk8LHG");
  auto made = std::make_shared<TrusteeKeyOptions>();
  make->add_option("--out", made->file, "New file for the key; made readable by you alone")->required();
  make->add_option("--publish", made->uuid, "The election's UUID (trustee, committee)");
  make->callback([&program, made] { program.command = [&program, made] { return keygen(program.settings, *made); }; });

  const auto add_with_key = [&](const std::string& name, const std::string& about, const std::string& example,
                                Outcome<void> (*run)(const Settings&, const TrusteeKeyOptions&)) {
    auto* command = add_command(*group, name, about, example);
    auto options = std::make_shared<TrusteeKeyOptions>();
    command->add_option("UUID", options->uuid, "The election")->required();
    command->add_option("--key", options->file, "The key file")->required();
    command->callback([&program, options, run] {
      program.command = [&program, options, run] { return run(program.settings, *options); };
    });
  };
  add_with_key("publish", "Publish the public key of a key file (trustee, committee)",
               "suara --user sri trustee publish ucSijHEHGk8LHG --key sri.key", publish);
  add_with_key("decrypt",
               "Decrypt this trustee's part of the tally, after checking that it is the tally of the ballots in the "
               "public ledger, and submit it with its proofs (trustee, committee)",
               "suara --user sri trustee decrypt ucSijHEHGk8LHG --key sri.key", decrypt);
  add_ceremony_commands(*group, program);
  add_ceremony_overview(*group, program);
}

}  // namespace suara::cli
