#include "tools/cli/audited_tally.hpp"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>
#include <vector>

#include "core/audit/audit.hpp"
#include "core/codec/event.hpp"
#include "core/log/tiles.hpp"
#include "tools/cli/remote_log.hpp"
#include "tools/cli/terminal.hpp"

namespace suara::cli {
namespace {

// The service signs a new checkpoint within a fraction of a second.
constexpr int checkpoint_tries = 40;
constexpr auto between_tries = std::chrono::milliseconds(250);

void on_all_cores(std::size_t n, const std::function<void(std::size_t)>& task) {
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i; (i = next.fetch_add(1)) < n;) task(i);
  };
  std::vector<std::jthread> helpers;
  const std::size_t cores = std::min<std::size_t>(n, std::max(1u, std::thread::hardware_concurrency()));
  for (std::size_t i = 1; i < cores; ++i) helpers.emplace_back(work);
  work();
}

tl::unexpected<Fault> unreadable(const RemoteLog& log, const Error& error) {
  if (log.fault() && error.code != ErrorCode::too_large) return stop(*log.fault());
  return stop(ExitCode::refused, error, "The public ledger does not read: ");
}

// The tally's event stands near the end: only decryptions, and what follows them, come after it.
Outcome<std::optional<std::string>> find_tally(RemoteLog& log) {
  const auto note = log.read("checkpoint", log::max_note_size);
  if (!note) return unreadable(log, note.error());
  const auto parsed = log::parse_note(*note).and_then([](const auto& n) { return log::parse_checkpoint_text(n.text); });
  if (!parsed) return unreadable(log, parsed.error());
  const auto bundles = log::bundles_of(parsed->size);
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

Outcome<audit::Report> verify_ledger(RemoteLog& log) {
  Progress progress("Verifying the ledger", 0);
  std::uint64_t told = 0;
  audit::Options options;
  options.parallel = on_all_cores;
  options.progress = [&](std::uint64_t done, std::uint64_t size) {
    progress.set_total(size);
    progress.advance(done - told);
    told = done;
  };
  auto report = audit::audit_bundle(log, options);
  if (!report) return unreadable(log, report.error());
  if (report->verified()) return std::move(*report);
  if (log.fault() && log.fault()->exit == ExitCode::unreachable) return stop(*log.fault());
  const auto fault = report->first_fault();
  std::string what = "The public ledger of this election does not verify";
  if (fault && fault->entry) what += fmt::format(" (entry {})", fault->entry->value);
  if (fault) what += ": " + fault->what;
  return stop(ExitCode::refused, "integrity", what + " Nothing was decrypted; tell the committee and the supervisors.");
}

}  // namespace

Outcome<AuditedTally> audited_tally(Api& api, const std::string& uuid) {
  RemoteLog log(api, uuid);
  auto tally = find_tally(log);
  for (int i = 1; i < checkpoint_tries && tally && !*tally; ++i) {
    std::this_thread::sleep_for(between_tries);
    log.forget();
    tally = find_tally(log);
  }
  if (!tally) return stop(tally.error());
  if (!*tally) {
    return stop(
        ExitCode::refused, "wrong_phase",
        "The public ledger holds no tally of the closed election yet. Nothing was decrypted; try again in a minute.");
  }
  const auto report = verify_ledger(log);
  if (!report) return stop(report.error());
  return AuditedTally{**tally, report->counted, report->size, report->root};
}

}  // namespace suara::cli
