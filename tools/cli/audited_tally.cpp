#include "tools/cli/audited_tally.hpp"

#include <chrono>
#include <optional>
#include <thread>

#include "core/codec/event.hpp"
#include "core/log/tiles.hpp"
#include "tools/cli/remote_audit.hpp"
#include "tools/cli/remote_log.hpp"

namespace suara::cli {
namespace {

// The tally's event stands near the end: only decryptions, and what follows them, come after it.
Outcome<std::optional<std::string>> find_tally(RemoteLog& log) {
  const auto note = log.read("checkpoint", log::max_note_size);
  if (!note) return unreadable(log, note.error());
  const auto parsed = log::read_checkpoint(*note);
  if (!parsed) return unreadable(log, parsed.error());
  const auto bundles = log::bundles_of(parsed->checkpoint.size);
  for (auto bundle = bundles.rbegin(); bundle != bundles.rend(); ++bundle) {
    const auto content = log.read(log::tile_path(*bundle), log::max_bundle_size);
    if (!content) return unreadable(log, content.error());
    const auto entries = log::decode_bundle(*content, bundle->width);
    if (!entries) return unreadable(log, entries.error());
    for (auto entry = entries->rbegin(); entry != entries->rend(); ++entry) {
      const auto recorded = codec::read_recorded(*entry, codec::Trust::full);
      if (!recorded) return unreadable(log, recorded.error());
      if (const auto* tally = std::get_if<election::TallyComputed>(&recorded->event)) return tally->encrypted_tally;
      if (std::holds_alternative<election::ElectionClosed>(recorded->event)) return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace

Outcome<AuditedTally> audited_tally(Api& api, const std::string& uuid) {
  RemoteLog log(api, uuid);
  auto tally = find_tally(log);
  for (int i = 1; i < checkpoint_tries && tally && !*tally; ++i) {
    std::this_thread::sleep_for(between_checkpoint_tries);
    log.forget();
    tally = find_tally(log);
  }
  if (!tally) return stop(tally.error());
  if (!*tally) {
    return stop(
        ExitCode::refused, "wrong_phase",
        "The public ledger holds no tally of the closed election yet. Nothing was decrypted; try again in a minute.");
  }
  const auto report = verify_ledger(log, "Nothing was decrypted");
  if (!report) return stop(report.error());
  return AuditedTally{**tally, report->fingerprint, report->counted, report->size, report->root};
}

}  // namespace suara::cli
