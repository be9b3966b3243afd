#include "ledger/export_files.hpp"

#include <fmt/format.h>

#include "core/audit/bel_audit.hpp"
#include "core/audit/bel_export.hpp"
#include "ledger/bundle_file.hpp"
#include "ledger/export_file.hpp"
#include "ledger/result_files.hpp"

namespace suara::ledger {
namespace {

namespace fs = std::filesystem;

Result<void> put(const fs::path& path, std::string_view content) {
  auto file = ExportFile::create(path);
  if (!file) return fail(std::move(file).error());
  if (auto ok = file->append(content); !ok) return ok;
  return file->close();
}

// What witnesses did not cosign is everybody's to see and no reason to withhold the rest.
Result<void> judged(const audit::Report& report, std::string_view what) {
  for (const auto& check : report.checks) {
    if (check.fault && check.check != audit::Check::witnesses)
      return fail(ErrorCode::integrity, fmt::format("The {} does not pass its audit ({}): {}", what,
                                                    audit::check_name(check.check), check.fault->what));
  }
  return {};
}

bool is_witnessed(BundleFile& bundle, std::uint64_t entries) {
  const auto text = bundle.read("checkpoint.witnessed", log::max_note_size);
  const auto head = text ? log::read_checkpoint(*text) : fail(text.error());
  return head && head->checkpoint.size == entries;
}

Result<void> write_archive(audit::Source& bundle, const fs::path& path, const audit::Options* judge) {
  auto file = ExportFile::create(path);
  if (!file) return fail(std::move(file).error());
  Result<void> written;
  std::string kept;
  const auto exported = audit::export_bel(bundle, [&](std::string_view bytes) {
    if (written) written = file->append(bytes);
    if (judge) kept += bytes;
  });
  if (!exported) return fail(exported.error());
  if (!written) return written;
  if (judge)
    if (auto passed = judged(audit::audit_bel(kept, *judge), "archive"); !passed) return passed;
  return file->close();
}

}  // namespace

std::string_view file_name(ExportKind kind) {
  switch (kind) {
    case ExportKind::bundle:
      return "bundle.tar";
    case ExportKind::belenios:
      return "election.bel";
    case ExportKind::result_csv:
      return "result.csv";
    case ExportKind::result_json:
      return "result.json";
  }
  return "bundle.tar";
}

Result<WrittenExport> write_export(const fs::path& log, const fs::path& folder, std::uint64_t audited_ballots,
                                   const audit::Options& judge) {
  auto bundle = BundleFile::write(log, folder / file_name(ExportKind::bundle));
  if (!bundle) return fail(std::move(bundle).error());
  const auto content = read_content(*bundle);
  if (!content) return fail(content.error());
  const bool audited = content->ballots <= audited_ballots;
  if (audited) {
    const auto report = audit::audit_bundle(*bundle, judge);
    if (!report) return fail(report.error());
    if (auto passed = judged(*report, "bundle"); !passed) return fail(std::move(passed).error());
  }
  if (content->summary.sealed) {
    const auto path = folder / file_name(ExportKind::belenios);
    if (auto ok = write_archive(*bundle, path, audited ? &judge : nullptr); !ok) return fail(std::move(ok).error());
  }
  if (content->summary.result) {
    if (auto ok = put(folder / file_name(ExportKind::result_csv), result_csv(*content)); !ok)
      return fail(std::move(ok).error());
    if (auto ok = put(folder / file_name(ExportKind::result_json), result_json(*content)); !ok)
      return fail(std::move(ok).error());
  }
  const std::uint64_t entries = content->checkpoint.size;
  return WrittenExport{entries, content->summary.phase, is_witnessed(*bundle, entries)};
}

}  // namespace suara::ledger
