#include <fmt/format.h>

#include <memory>

#include "core/codec/json_writer.hpp"
#include "tools/cli/answer.hpp"
#include "tools/cli/form_command.hpp"

namespace suara::cli {
namespace {

struct NewDevice {
  std::string uuid;
  std::string name;
  std::string place;
};

Outcome<void> enrol(const Settings& settings, const NewDevice& device) {
  if (auto checked = check_uuid(device.uuid); !checked) return stop(checked.error());
  if (!codec::is_valid_utf8(device.name) || !codec::is_valid_utf8(device.place)) {
    return stop(ExitCode::usage, "usage", "The device's name and place must be UTF-8 text.");
  }
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  codec::JsonWriter body(codec::JsonWriter::Order::as_written);
  body.begin_object().text("name", device.name).text("place", device.place).end_object();
  auto json = api->post("/elections/" + device.uuid + "/devices", body.take());
  if (!json) return stop(json.error());
  auto answer = Answer::parse(*json);
  if (!answer) return stop(answer.error());
  const auto id = answer->root().text("device");
  const auto code = answer->root().text("code");
  if (auto checked = answer->check(); !checked) return checked;
  print_result(
      settings, *json,
      fmt::format("Device {} is enrolled. Open {}/kiosk on it and type the code {} within 15 minutes; the code "
                  "is shown only now.",
                  id, api->server().text, code));
  return {};
}

Outcome<void> list(const Settings& settings, const std::string& uuid) {
  if (auto checked = check_uuid(uuid); !checked) return stop(checked.error());
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  auto json = api->get_as_staff("/elections/" + uuid + "/devices");
  if (!json) return stop(json.error());
  auto answer = Answer::parse(*json);
  if (!answer) return stop(answer.error());
  std::string plain;
  for (const auto& device : answer->root().list("devices")) {
    const char* state = device.boolean("revoked")   ? "revoked"
                        : device.boolean("claimed") ? "in use"
                                                    : "waits for its code";
    plain +=
        fmt::format("{}  {:<18}  {}  {}\n", device.text("device"), state, device.text("place"), device.text("name"));
  }
  if (auto checked = answer->check(); !checked) return checked;
  print_result(settings, *json, plain.empty() ? "No device is enrolled yet." : plain);
  return {};
}

}  // namespace

void add_device_commands(CLI::App& app, Program& program) {
  CLI::App* group = add_group(app, "device", "Voting devices of polling places");
  auto* add = add_command(*group, "enrol", "Enrol a device at a polling place and get its code (committee, officer)",
                          "suara --user ani device enrol ucSijHEHGk8LHG --place tps-1 --name \"Laptop 1\"");
  auto device = std::make_shared<NewDevice>();
  add->add_option("UUID", device->uuid, "The election")->required();
  add->add_option("--place", device->place, "Its polling place")->required();
  add->add_option("--name", device->name, "What people call it")->required();
  add->callback(
      [&program, device] { program.command = [&program, device] { return enrol(program.settings, *device); }; });

  auto* all = add_command(*group, "list", "All devices of an election", "suara --user ani device list ucSijHEHGk8LHG");
  auto uuid = std::make_shared<std::string>();
  all->add_option("UUID", *uuid, "The election")->required();
  all->callback([&program, uuid] { program.command = [&program, uuid] { return list(program.settings, *uuid); }; });

  add_form(*group, program,
           {.name = "revoke",
            .about = "Let a device vote no longer, at once (committee, officer)",
            .example = "suara --user ani device revoke ucSijHEHGk8LHG a1b2c3d4 --reason Hilang",
            .path = "devices/revoke",
            .done = "The device is revoked.",
            .fields = {{"device", "DEVICE", "Its eight characters, as `device list` shows them"}, reason_field()}});
}

}  // namespace suara::cli
