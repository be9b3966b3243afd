#include "tools/bench/verify_bundle.hpp"

#include <fmt/format.h>

#include "tools/bench/child.hpp"
#include "tools/bench/outcome.hpp"

namespace suara::bench {
namespace {

struct Verified {
  double seconds = 0;
  double cpu_seconds = 0;
  double megabytes = 0;
  std::string text() const {
    return fmt::format("{:.1f} s ({:.1f} s of processor), at most {:.0f} MB resident", seconds, cpu_seconds, megabytes);
  }
};

Verified verify_on_one_core(const Options& options, const ElectionUuid& uuid) {
  const Stopwatch watch;
  Child verify({options.verify.string(), "--threads", "1", "--quiet", (options.dir / "log" / uuid.value).string()});
  const auto end = verify.wait();
  if (end.status != 0) {
    throw Stopped(fmt::format("suara-verify ended with {} on the log of {}: {}", end.status, uuid.value, end.errors));
  }
  return {watch.seconds(), end.cpu_seconds, static_cast<double>(end.peak_memory) / 1e6};
}

}  // namespace

void measure_verify_ballots(const Options& options, const ElectionUuid& uuid, const Wall& one_core) {
  const Verified verified = verify_on_one_core(options, uuid);
  print_figure("suara-verify, one core", static_cast<double>(options.ballots) / verified.seconds, "ballots/s",
               {one_core});
  print_note(fmt::format("{} ballots in {}", options.ballots, verified.text()));
}

void measure_verify_entries(const Options& options, const ElectionUuid& uuid, std::uint64_t entries,
                            const Wall& signatures) {
  const Verified verified = verify_on_one_core(options, uuid);
  print_figure("suara-verify, one core", static_cast<double>(entries) / verified.seconds, "entries/s", {signatures});
  print_note(fmt::format("{} entries in {}", entries, verified.text()));
}

}  // namespace suara::bench
