#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <memory>
#include <thread>

#include "core/codec/json_writer.hpp"
#include "core/codec/opening.hpp"
#include "tools/verify/challenge.hpp"
#include "tools/verify/compare.hpp"
#include "tools/verify/html_report.hpp"
#include "tools/verify/opened_bundle.hpp"
#include "tools/verify/print.hpp"
#include "tools/verify/receipt.hpp"
#include "tools/verify/record.hpp"
#include "tools/verify/state_file.hpp"
#include "tools/verify/workers.hpp"

namespace {

constexpr int exit_verified = 0;
constexpr int exit_not_verified = 1;
constexpr int exit_unreadable = 2;

struct Arguments {
  std::filesystem::path path;
  std::filesystem::path opening;  // of a challenged ballot
  std::filesystem::path page;
  std::string language = "id";
  std::string key;
  std::filesystem::path state;     // of an earlier audit, and of this one for the next
  std::filesystem::path evidence;  // a folder
  std::filesystem::path receipt;
  std::filesystem::path in;         // a bundle that the receipt is looked up in
  std::filesystem::path keys_file;  // a keys.json
  std::vector<std::string> ledger_keys;
  std::vector<std::string> witnesses;
  std::optional<std::uint64_t> needed;
  std::filesystem::path first, second;  // to compare
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

// A page that stands there already is not replaced: it may be the report on another record.
suara::Result<void> write_page(const std::filesystem::path& path, const std::string& page) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(std::fopen(path.c_str(), "wbx"), &std::fclose);
  if (!out) {
    const std::string why = std::generic_category().message(errno);
    return suara::fail(suara::ErrorCode::unavailable, "'" + path.string() + "' cannot be written: " + why + ".");
  }
  if (std::fwrite(page.data(), 1, page.size(), out.get()) == page.size() && std::fflush(out.get()) == 0) return {};
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  return suara::fail(suara::ErrorCode::unavailable, "'" + path.string() + "' cannot be written: is the disk full?");
}

int verify(const Arguments& arguments) {
  // Asked before the work is done, and again when the page is written.
  if (!arguments.page.empty() && std::filesystem::exists(arguments.page)) {
    return complain(
        {suara::ErrorCode::conflict, "'" + arguments.page.string() + "' exists already: it is not replaced."});
  }
  suara::verify::Workers workers(arguments.threads);
  suara::audit::Options options;
  if (!arguments.key.empty()) options.pinned_key = arguments.key;
  options.parallel = [&](std::size_t n, const std::function<void(std::size_t)>& task) { workers.run(n, task); };

  std::string earlier, later;
  if (!arguments.state.empty()) {
    auto file = suara::verify::read_state_file(arguments.state);
    if (!file) return complain(file.error());
    earlier = std::move(*file);
    options.go_on_from = earlier;
    options.leave_behind = &later;
  }

  suara::Result<suara::audit::Report> report;
  {
    ProgressLine progress(!arguments.quiet && !arguments.json);
    options.progress = std::ref(progress);
    report = suara::verify::audit_record(arguments.path, options);
  }
  if (!report) return complain(report.error());
  if (report->contradiction && !arguments.evidence.empty()) {
    const auto written = suara::verify::write_evidence(arguments.evidence, *report->contradiction);
    if (!written) return complain(written.error());
  }
  if (!later.empty()) {
    const auto written = suara::verify::replace_state_file(arguments.state, later);
    if (!written) return complain(written.error());
  }
  if (!arguments.page.empty()) {
    const auto language = arguments.language == "en" ? suara::verify::Language::en : suara::verify::Language::id;
    const auto written = write_page(arguments.page, suara::verify::report_html(*report, language));
    if (!written) return complain(written.error());
  }
  if (arguments.json) {
    std::cout << suara::verify::report_json(*report);
  } else if (!arguments.quiet) {
    std::cout << suara::verify::report_text(*report);
  }
  return report->verified() ? exit_verified : exit_not_verified;
}

int challenge(const Arguments& arguments) {
  const auto file = suara::verify::read_whole_file(arguments.opening, suara::codec::max_opening_size);
  if (!file) return complain(file.error());
  const auto opened = suara::verify::open_challenge(*file);
  if (!opened) {
    if (suara::verify::is_unreadable(opened.error().code)) return complain(opened.error());
    if (arguments.json) {
      suara::codec::JsonWriter json(suara::codec::JsonWriter::Order::as_written);
      json.begin_object().boolean("opens", false).text("what", opened.error().detail).end_object();
      std::cout << json.take() << "\n";
    } else if (!arguments.quiet) {
      std::cout << "NOT OPENED: " << opened.error().detail << "\n";
    }
    return exit_not_verified;
  }
  if (arguments.json) {
    std::cout << suara::verify::challenge_json(*opened);
  } else if (!arguments.quiet) {
    std::cout << suara::verify::challenge_text(*opened);
  }
  return exit_verified;
}

// Every key that was given: --key and --witness by hand, or a keys.json from a place that is trusted.
suara::Result<suara::verify::BundleKeys> keys_of(const Arguments& arguments) {
  suara::verify::BundleKeys keys;
  if (!arguments.keys_file.empty()) {
    const auto file = suara::verify::read_whole_file(arguments.keys_file, 65536);
    if (!file) return suara::fail(file.error());
    auto read = suara::verify::read_keys_json(*file);
    if (!read) return read;
    keys = std::move(*read);
  }
  for (const auto& text : arguments.ledger_keys) {
    auto key = suara::log::parse_verifier_key(text);
    if (!key) return suara::fail(key.error());
    keys.ledger.push_back(std::move(*key));
  }
  for (const auto& text : arguments.witnesses) {
    auto key = suara::log::parse_witness_key(text);
    if (!key) return suara::fail(key.error());
    keys.witnesses.push_back(std::move(*key));
  }
  if (!arguments.witnesses.empty()) keys.needed = arguments.witnesses.size();
  if (arguments.needed) keys.needed = *arguments.needed;
  if (keys.ledger.empty()) {
    return suara::fail(suara::ErrorCode::malformed, "A receipt is judged by the ledger's key: give --key or --keys.");
  }
  for (auto key = keys.witnesses.begin(); key != keys.witnesses.end(); ++key) {
    if (std::find(keys.witnesses.begin(), key, *key) == key) continue;
    return suara::fail(suara::ErrorCode::malformed, "The witness " + key->name + " is named twice: each counts once.");
  }
  if (keys.needed > keys.witnesses.size()) {
    return suara::fail(suara::ErrorCode::malformed, "More witnesses are needed than are named.");
  }
  return keys;
}

int does_not_hold(const Arguments& arguments, const suara::Error& error) {
  if (arguments.json) {
    suara::codec::JsonWriter json(suara::codec::JsonWriter::Order::as_written);
    json.begin_object().boolean("recorded", false).text("what", error.detail).end_object();
    std::cout << json.take() << "\n";
  } else if (!arguments.quiet) {
    std::cout << "NOT A RECEIPT OF THIS LEDGER: " << error.detail << "\n";
  }
  return exit_not_verified;
}

int receipt(const Arguments& arguments) {
  constexpr std::size_t max_receipt = 128 << 10;
  const auto keys = keys_of(arguments);
  if (!keys) return complain(keys.error());
  const auto file = suara::verify::read_whole_file(arguments.receipt, max_receipt);
  if (!file) return complain(file.error());
  const auto opened = suara::verify::open_receipt(*file, *keys);
  if (!opened) {
    if (suara::verify::is_unreadable(opened.error().code)) return complain(opened.error());
    return does_not_hold(arguments, opened.error());
  }
  std::optional<suara::verify::Standing> standing;
  if (!arguments.in.empty()) {
    auto bundle = suara::verify::OpenedBundle::open(arguments.in);
    if (!bundle) return complain(bundle.error());
    const auto found = suara::verify::standing_in(bundle->source(), *opened, *keys);
    if (!found) return complain(found.error());
    standing = *found;
  }
  if (arguments.json) {
    std::cout << suara::verify::receipt_json(*opened, standing);
  } else if (!arguments.quiet) {
    std::cout << suara::verify::receipt_text(*opened, standing);
  }
  using Is = suara::verify::Standing::Is;
  const bool gone = standing && (standing->is == Is::missing || standing->is == Is::older);
  return gone || !opened->witnessed() ? exit_not_verified : exit_verified;
}

int compare(const Arguments& arguments) {
  auto first = suara::verify::OpenedBundle::open(arguments.first);
  if (!first) return complain(first.error());
  auto second = suara::verify::OpenedBundle::open(arguments.second);
  if (!second) return complain(second.error());
  const auto comparison = suara::verify::compare(first->source(), second->source());
  if (!comparison) return complain(comparison.error());
  if (arguments.json) {
    std::cout << suara::verify::comparison_json(*comparison);
  } else if (!arguments.quiet) {
    std::cout << suara::verify::comparison_text(*comparison);
  }
  return comparison->is == suara::verify::Comparison::Is::fork ? exit_not_verified : exit_verified;
}

void add_output_options(CLI::App& app, Arguments& arguments) {
  app.add_flag("--json", arguments.json, "the report as JSON");
  app.add_flag("--quiet", arguments.quiet, "print nothing; only the exit code tells");
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Verifies a whole election from its published record. Needs no network, database or clock."};
  Arguments arguments;
  app.add_option("PATH", arguments.path, "a bundle (a folder or an uncompressed .tar), or a .bel archive");
  app.add_option("--key", arguments.key, "the ledger's verifier key, as published elsewhere: name+id+base64");
  app.add_option("--report", arguments.page, "also write the report as a web page, to read and to print; a new file");
  app.add_option("--lang", arguments.language, "the page's language")
      ->check(CLI::IsMember({"id", "en"}))
      ->capture_default_str();
  app.add_option("--threads", arguments.threads, "how many processors to use")->check(CLI::Range(1u, 256u));
  app.add_option("--state", arguments.state,
                 "go on from what an earlier run left in this file, and leave there what this one verified");
  app.add_option("--evidence", arguments.evidence,
                 "with --state: where the ledger contradicts the earlier run, put both signed heads into this folder");
  add_output_options(app, arguments);
  auto* opening = app.add_subcommand("challenge", "shows what a challenged ballot held, from its opening file");
  opening->add_option("FILE", arguments.opening, "the file that the voter's page gave")->required();
  add_output_options(*opening, arguments);
  opening->footer("Example:\n  suara-verify challenge surat-suara-uji.json");
  auto* proof = app.add_subcommand("receipt", "what a voter's receipt (.tlog-proof) shows, by keys alone");
  proof->add_option("FILE", arguments.receipt, "the receipt")->required();
  auto* by_hand = proof->add_option("--key", arguments.ledger_keys,
                                    "a verifier key of the ledger; again for each, where it was changed");
  auto* seen_by = proof->add_option("--witness", arguments.witnesses, "a witness's verifier key; again for each");
  proof->add_option("--needed", arguments.needed,
                    "how many of the witnesses must have seen it (default: all given, or what the keys.json says)");
  proof->add_option("--keys", arguments.keys_file, "a keys.json that you trust, in place of --key and --witness")
      ->excludes(by_hand)
      ->excludes(seen_by);
  proof->add_option("--in", arguments.in, "a bundle: also say whether the ballot counts there");
  add_output_options(*proof, arguments);
  proof->footer(
      "Exit codes: 0 recorded, 1 not, or not yet seen by enough witnesses, 2 unreadable or wrong usage.\n"
      "Example:\n  suara-verify receipt tanda-terima.tlog-proof --key \"$(cat key-from-the-newspaper.txt)\"");
  auto* comparing = app.add_subcommand("compare", "whether two bundles tell one history");
  comparing->add_option("FIRST", arguments.first, "a bundle")->required();
  comparing->add_option("SECOND", arguments.second, "another")->required();
  add_output_options(*comparing, arguments);
  comparing->footer("Exit codes: 0 the same or continued, 1 a fork, 2 unreadable, or two different ledgers.");
  app.footer(
      "Exit codes: 0 verified, 1 not verified, 2 unreadable or wrong usage.\n"
      "Examples:\n"
      "  suara-verify ketua-osis.tar\n"
      "  suara-verify --key \"$(cat key-from-the-newspaper.txt)\" bundle/\n"
      "  suara-verify ketua-osis.bel --json\n"
      "  suara-verify ketua-osis.tar --report laporan.html\n"
      "  suara-verify challenge surat-suara-uji.json");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? exit_verified : exit_unreadable;
  }
  try {
    if (*opening) return challenge(arguments);
    if (*proof) return receipt(arguments);
    if (*comparing) return compare(arguments);
    if (arguments.path.empty()) {
      return complain({suara::ErrorCode::malformed, "Name a bundle or a .bel archive. See suara-verify --help."});
    }
    return verify(arguments);
  } catch (const std::exception& error) {
    return complain({suara::ErrorCode::internal, error.what()});
  }
}
