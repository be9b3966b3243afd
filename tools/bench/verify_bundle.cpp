#include "tools/bench/verify_bundle.hpp"

#include <fmt/format.h>

#include "tools/bench/child.hpp"
#include "tools/bench/outcome.hpp"

namespace suara::bench {
namespace {

struct Verified {
  double seconds = 0;
  double megabytes = 0;
};

Verified verify_on_one_core(const Options& options, const ElectionUuid& uuid) {
  const Stopwatch watch;
  Child verify({options.verify.string(), "--threads", "1", "--quiet", (options.dir / "log" / uuid.value).string()});
  const auto end = verify.wait();
  if (end.status != 0) {
    throw Stopped(fmt::format("suara-verify ended with {} on the log of {}: {}", end.status, uuid.value, end.errors));
  }
  return {watch.seconds(), static_cast<double>(end.peak_memory) / 1e6};
}

}  // namespace

void measure_verify_ballots(const Options& options, const ElectionUuid& uuid, const Wall& one_core) {
  const auto [seconds, megabytes] = verify_on_one_core(options, uuid);
  print_figure("suara-verify, one core", static_cast<double>(options.ballots) / seconds, "ballots/s", {one_core});
  print_note(fmt::format("{} ballots in {:.1f} s, at most {:.0f} MB", options.ballots, seconds, megabytes));
}

void measure_verify_entries(const Options& options, const ElectionUuid& uuid, std::uint64_t entries,
                            const Wall& signatures) {
  const auto [seconds, megabytes] = verify_on_one_core(options, uuid);
  print_figure("suara-verify, one core", static_cast<double>(entries) / seconds, "entries/s", {signatures});
  print_note(fmt::format("{} entries in {:.1f} s, at most {:.0f} MB", entries, seconds, megabytes));
}

}  // namespace suara::bench
