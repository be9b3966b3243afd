#pragma once
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "core/audit/audit.hpp"
#include "core/election/types.hpp"

namespace suara::ledger {

// What can be downloaded of an election that is over.
enum class ExportKind { bundle, belenios, result_csv, result_json };
std::string_view file_name(ExportKind kind);  // "bundle.tar"

struct WrittenExport {
  std::uint64_t entries = 0;  // of the ledger, at the checkpoint that was read
  election::Phase phase = election::Phase::draft;
  bool witnessed = false;  // the bundle's witnessed checkpoint covers all of them
};

// Writes into `folder` what there is of the election whose log folder is `log`, and checks it there. Up to
// `audited_ballots` ballots it is judged in full, else held against the signed root; that witnesses are missing keeps
// nothing back. Errors: not_found (a partial tile was
// outgrown meanwhile: again), integrity (it does not pass), malformed, invalid_signature, internal.
Result<WrittenExport> write_export(const std::filesystem::path& log, const std::filesystem::path& folder,
                                   std::uint64_t audited_ballots, const audit::Options& judge);

}  // namespace suara::ledger
