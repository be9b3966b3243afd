#include "core/audit/growth.hpp"

#include "core/audit/proven_root.hpp"
#include "core/log/tiles.hpp"

namespace suara::audit {

Result<Hash> root_in_tiles(Source& source, const log::Checkpoint& tree, std::uint64_t size) {
  const auto fetch = [&source](const log::HashTile& tile) -> Result<std::vector<Hash>> {
    const auto bytes = source.read(log::tile_path(tile), tile.width * 32);
    if (!bytes) return fail(bytes.error());
    return log::decode_tile(*bytes, tile.width);
  };
  return proven_root(tree, size, log::tile_node_reader(tree.size, fetch));
}

void judge_growth(const SavedPosition& before, const Seen& now, Findings& findings, Report& report) {
  using Kind = Report::Contradiction::Kind;
  const std::string known = "a ledger of " + std::to_string(before.size) + " entries was verified before";
  const bool shorter = before.size > now.tree.size;
  if (shorter) {
    findings.fault(Check::tree, std::nullopt, known + "; this one is shorter: entries were taken away");
  } else if (now.root && *now.root != before.root) {
    findings.fault(Check::tree, std::nullopt, known + "; this one tells another history: two were signed");
  } else {
    return;
  }
  if (now.signed_by_ledger) report.contradiction = {shorter ? Kind::rollback : Kind::fork, before.note, now.note};
}

}  // namespace suara::audit
