#include "tools/cli/remote_audit.hpp"

#include <fmt/format.h>

#include <atomic>
#include <thread>
#include <vector>

#include "tools/cli/terminal.hpp"

namespace suara::cli {
namespace {

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

}  // namespace

tl::unexpected<Fault> unreadable(const RemoteLog& log, const Error& error) {
  const bool not_had = error.code == ErrorCode::not_found || error.code == ErrorCode::unavailable;
  if (log.fault() && not_had) return stop(*log.fault());
  return stop(ExitCode::refused, error, "The public ledger does not read: ");
}

Outcome<audit::Report> verify_ledger(RemoteLog& log, const std::string& undone) {
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
  return stop(ExitCode::refused, "integrity", what + " " + undone + "; tell the committee and the supervisors.");
}

}  // namespace suara::cli
