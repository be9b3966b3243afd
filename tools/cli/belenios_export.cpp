#include "tools/cli/belenios_export.hpp"

#include <fmt/format.h>

#include <optional>

#include "core/codec/json_writer.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/program.hpp"
#include "tools/cli/remote_log.hpp"

namespace suara::cli {
namespace {

constexpr int archive_tries = 3;

Outcome<audit::BelExported> export_archive_once(RemoteLog& log, const std::string& out) {
  auto file = NewFile::begin(out, FileMode::open);
  if (!file) return stop(file.error());
  Outcome<void> written;
  auto exported = audit::export_bel(log, [&](std::string_view bytes) {
    if (written) written = file->append(bytes);
  });
  if (!written) return stop(written.error());
  if (!exported) {
    // A file that cannot be fetched has a fault of its own; what is wrong with the content has not.
    const ErrorCode code = exported.error().code;
    if (log.fault() && (code == ErrorCode::not_found || code == ErrorCode::unavailable)) return stop(*log.fault());
    return stop(ExitCode::refused, exported.error(), "Nothing was exported. ");
  }
  if (auto finished = file->finish(); !finished) return stop(finished.error());
  return std::move(*exported);
}

}  // namespace

Outcome<audit::BelExported> write_bel(Api& api, const std::string& uuid, const std::string& out) {
  RemoteLog log(api, uuid);
  auto exported = export_archive_once(log, out);
  // A partial tile may be gone once the ledger has outgrown it; the next checkpoint has its own.
  for (int i = 1; i < archive_tries && !exported && exported.error().code == error_name(ErrorCode::not_found); ++i) {
    log.forget();
    exported = export_archive_once(log, out);
  }
  return exported;
}

Outcome<void> export_belenios(const Settings& settings, const std::string& uuid, const std::string& out) {
  if (auto checked = check_uuid(uuid); !checked) return stop(checked.error());
  auto api = Api::to(settings);
  if (!api) return stop(api.error());
  const auto exported = write_bel(*api, uuid, out);
  if (!exported) return stop(exported.error());
  codec::JsonWriter json(codec::JsonWriter::Order::as_written);
  json.begin_object().text("uuid", uuid).text("out", out).number("size", exported->entries);
  json.text("root", exported->root).end_object();
  print_result(settings, json.take(),
               fmt::format("The election is in {}, from {} entries of its ledger (root {}). Check it with "
                           "`suara-verify {}` or another verifier of Belenios archives.",
                           out, exported->entries, exported->root, out));
  return {};
}

}  // namespace suara::cli
