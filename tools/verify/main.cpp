#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <iostream>
#include <thread>

#include "core/audit/audit.hpp"
#include "core/audit/bel_audit.hpp"
#include "tools/verify/bel_file.hpp"
#include "tools/verify/directory_source.hpp"
#include "tools/verify/print.hpp"
#include "tools/verify/unpacked_tar.hpp"
#include "tools/verify/workers.hpp"

namespace {

constexpr int exit_verified = 0;
constexpr int exit_not_verified = 1;
constexpr int exit_unreadable = 2;

struct Arguments {
  std::filesystem::path bundle;
  std::string key;
  bool json = false;
  bool quiet = false;
  unsigned threads = std::max(1u, std::thread::hardware_concurrency());
};

// A line on the terminal that is rewritten at most ten times a second.
class ProgressLine {
 public:
  explicit ProgressLine(bool shown) : shown_(shown && isatty(STDERR_FILENO)) {}
  ~ProgressLine() {
    if (drawn_) std::cerr << "\r\x1b[K" << std::flush;
  }
  void operator()(std::uint64_t done, std::uint64_t size) {
    const auto now = std::chrono::steady_clock::now();
    if (!shown_ || now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    drawn_ = true;
    std::cerr << "\r\x1b[K" << done << " of " << size << " entries (" << done * 100 / size << " %)" << std::flush;
  }

 private:
  bool shown_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point last_{};
};

int complain(const suara::Error& error) {
  std::cerr << "suara-verify: " << error.detail << "\n";
  return exit_unreadable;
}

// An archive of another form than a bundle is told by its first bytes.
suara::Result<suara::audit::Report> audit(const std::filesystem::path& path, const suara::audit::Options& options) {
  using namespace suara;
  if (!std::filesystem::exists(path)) {
    return fail(ErrorCode::not_found, "There is no '" + path.string() + "'. Name a bundle (a folder or a .tar) or a .bel file.");
  }
  if (std::filesystem::is_directory(path)) {
    verify::DirectorySource source(path);
    return audit::audit_bundle(source, options);
  }
  auto archive = verify::read_bel_file(path);
  if (!archive) return fail(archive.error());
  if (*archive) {
    if (options.pinned_key) return fail(ErrorCode::malformed, "A .bel file is not signed: --key does not apply to it.");
    return audit::audit_bel(**archive, options);
  }
  auto tar = verify::UnpackedTar::open(path);
  if (!tar) return fail(tar.error());
  verify::DirectorySource source(tar->folder());
  return audit::audit_bundle(source, options);
}

int verify(const Arguments& arguments) {
  suara::verify::Workers workers(arguments.threads);
  suara::audit::Options options;
  if (!arguments.key.empty()) options.pinned_key = arguments.key;
  options.parallel = [&](std::size_t n, const std::function<void(std::size_t)>& task) { workers.run(n, task); };

  suara::Result<suara::audit::Report> report;
  {
    ProgressLine progress(!arguments.quiet && !arguments.json);
    options.progress = std::ref(progress);
    report = audit(arguments.bundle, options);
  }
  if (!report) return complain(report.error());
  if (arguments.json) {
    std::cout << suara::verify::report_json(*report);
  } else if (!arguments.quiet) {
    std::cout << suara::verify::report_text(*report);
  }
  return report->verified() ? exit_verified : exit_not_verified;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Verifies a whole election from its published bundle or .bel archive. Needs no network, database or clock."};
  Arguments arguments;
  app.add_option("PATH", arguments.bundle, "the bundle (a folder, or an uncompressed .tar) or the .bel file")->required();
  app.add_option("--key", arguments.key, "the ledger's verifier key, as published elsewhere: name+id+base64");
  app.add_option("--threads", arguments.threads, "how many processors to use")->check(CLI::Range(1u, 256u));
  app.add_flag("--json", arguments.json, "the report as JSON");
  app.add_flag("--quiet", arguments.quiet, "print nothing; only the exit code tells");
  app.footer("Exit codes: 0 verified, 1 not verified, 2 unreadable or wrong usage.\n"
             "Examples:\n  suara-verify ketua-osis.tar\n  suara-verify --key \"$(cat key-from-the-newspaper.txt)\" bundle/");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? exit_verified : exit_unreadable;
  }
  try {
    return verify(arguments);
  } catch (const std::exception& error) {
    return complain({suara::ErrorCode::internal, error.what()});
  }
}
