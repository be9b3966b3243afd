#include <fmt/format.h>

#include <memory>

#include "core/codec/json_writer.hpp"
#include "core/crypto/encoding.hpp"
#include "tools/cli/belenios_export.hpp"
#include "tools/cli/bundle_export.hpp"
#include "tools/cli/portal_export.hpp"
#include "tools/cli/program.hpp"

namespace suara::cli {
namespace {

struct ExportOptions {
  std::string uuid;
  std::string out;
  bool belenios = false;
  bool portal = false;
};

Outcome<void> export_bundle(const Settings& settings, const ExportOptions& options) {
  if (auto checked = check_uuid(options.uuid); !checked) return stop(checked.error());
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  const auto exported = write_bundle(*api, options.uuid, options.out);
  if (!exported) return stop(exported.error());
  const log::Checkpoint* checkpoint = &exported->checkpoint;
  if (exported->changed) {
    fmt::print(stderr, "suara: warning: the database's row of entry {} is not what was published.\n",
               exported->changed->value);
  }

  codec::JsonWriter out(codec::JsonWriter::Order::as_written);
  out.begin_object().text("uuid", options.uuid).text("out", options.out).text("origin", checkpoint->origin.str());
  out.number("size", checkpoint->size).text("root", crypto::to_base64(checkpoint->root.view())).end_object();
  print_result(settings, out.take(),
               fmt::format("{} entries are in {}. Check them with `suara-verify {}`.", checkpoint->size, options.out,
                           options.out));
  return {};
}

}  // namespace

void add_export_command(CLI::App& app, Program& program) {
  auto* command =
      add_command(app, "export",
                  "Download an election's public ledger as a bundle that can be verified offline; with --belenios as "
                  "a .bel archive, which other verifiers of the Belenios protocol read (from the sealing on); with "
                  "--portal as a folder with the portal's page, the result, the bundle and the archive, to be opened "
                  "from a USB stick",
                  "suara export ucSijHEHGk8LHG --out ucSijHEHGk8LHG.tar\n"
                  "  suara export ucSijHEHGk8LHG --belenios --out ucSijHEHGk8LHG.bel\n"
                  "  suara export ucSijHEHGk8LHG --portal --out /media/usb/pemilihan");
  auto options = std::make_shared<ExportOptions>();
  command->add_option("UUID", options->uuid, "The election")->required();
  command->add_option("--out", options->out, "New folder, or new file ending in .tar; with --belenios a new file")
      ->required();
  auto* belenios = command->add_flag("--belenios", options->belenios, "Write a .bel archive");
  command->add_flag("--portal", options->portal, "Write the portal of a certified election, with all that proves it")
      ->excludes(belenios);
  command->callback([&program, options] {
    program.command = [&program, options] {
      if (options->portal) return export_portal(program.settings, options->uuid, options->out);
      return options->belenios ? export_belenios(program.settings, options->uuid, options->out)
                               : export_bundle(program.settings, *options);
    };
  });
}

}  // namespace suara::cli
