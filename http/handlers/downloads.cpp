#include "http/handlers/downloads.hpp"

#include "http/open_file.hpp"

namespace suara::http {
namespace {

using ledger::ExportKind;

std::string_view content_type(ExportKind kind) {
  switch (kind) {
    case ExportKind::bundle:
    case ExportKind::belenios:
      return "application/x-tar";
    case ExportKind::result_csv:
      return "text/csv; charset=utf-8";
    case ExportKind::result_json:
      return "application/json";
  }
  return "application/octet-stream";
}

// "ucSijHEHGk8LHG-result.csv": whoever downloads those of several elections can tell them apart.
std::string name_of(const ElectionUuid& uuid, ExportKind kind) {
  return uuid.value + "-" + std::string(ledger::file_name(kind));
}

}  // namespace

Handler download(ledger::Exporter& exporter, ExportKind kind) {
  return at_once([&exporter, kind](const Call& call) -> Result<Response> {
    const auto path = exporter.file(call.uuid, kind);
    if (!path) return fail(path.error());
    auto file = OpenFile::open(*path);
    // Between the two, the files of a newer checkpoint may have taken their place.
    if (!file) return fail(ErrorCode::unavailable, "The file is being written anew; ask again in a moment.");
    Response response;
    response.content_type = content_type(kind);
    response.file = std::move(*file);
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name_of(call.uuid, kind) + "\"");
    response.headers.emplace_back("Cache-Control", "no-cache");
    response.headers.emplace_back("Access-Control-Allow-Origin", "*");
    return response;
  });
}

}  // namespace suara::http
