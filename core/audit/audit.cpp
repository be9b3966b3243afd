#include "core/audit/audit.hpp"

#include "core/audit/findings.hpp"
#include "core/audit/ledger_pass.hpp"
#include "core/audit/published_keys.hpp"
#include "core/audit/tree_check.hpp"
#include "core/crypto/encoding.hpp"
#include "core/log/checkpoint.hpp"
#include "core/log/entry.hpp"
#include "core/log/tiles.hpp"

namespace suara::audit {
namespace {

constexpr std::size_t max_keys_size = 65536;

// The key to judge by: the pinned one where there is one, else the bundle's own.
std::optional<log::VerifierKey> settle_key(std::string_view keys_json, const std::optional<log::VerifierKey>& pinned,
                                           Findings& findings, Report& report) {
  findings.count(Check::keys);
  report.key_pinned = pinned.has_value();
  auto published = read_published_keys(keys_json);
  if (!published) {
    findings.fault(Check::keys, std::nullopt, published.error().detail);
    return pinned;
  }
  if (published->ledger.size() > 1) {
    findings.fault(Check::keys, std::nullopt,
                   "keys.json names several ledger keys; this version knows no change of keys");
  }
  if (published->witnesses_needed > 0 || !published->witnesses.empty()) {
    findings.fault(Check::keys, std::nullopt, "keys.json asks for witnesses; this version cannot check them");
  }
  const log::VerifierKey& own = published->ledger.front();
  if (pinned && *pinned != own) {
    findings.fault(
        Check::keys, std::nullopt,
        "the bundle's key is " + log::verifier_key_text(own) + "; expected was " + log::verifier_key_text(*pinned));
  }
  return pinned ? pinned : own;
}

// The checkpoint, even where its signature is wrong, so that the entries can still be looked at.
std::optional<log::Checkpoint> settle_checkpoint(std::string_view note, const std::optional<log::VerifierKey>& key,
                                                 Findings& findings) {
  findings.count(Check::checkpoint);
  if (key) {
    auto opened = log::open_checkpoint(note, *key);
    if (opened) return std::move(*opened);
    findings.fault(Check::checkpoint, std::nullopt, opened.error().detail);
  } else {
    findings.fault(Check::checkpoint, std::nullopt, "there is no key to check its signature with");
  }
  const auto signed_note = log::parse_note(note);
  if (!signed_note) return std::nullopt;
  auto text = log::parse_checkpoint_text(signed_note->text);
  if (!text) return std::nullopt;
  return std::move(*text);
}

// The entries of a bundle that does not divide as it should, as far as their lengths can be followed.
std::vector<std::string_view> whole_entries(std::string_view bytes, std::size_t most) {
  std::vector<std::string_view> entries;
  while (entries.size() < most && bytes.size() >= 2) {
    const std::size_t length =
        static_cast<std::uint8_t>(bytes[0]) * std::size_t{256} + static_cast<std::uint8_t>(bytes[1]);
    if (bytes.size() < 2 + length) break;
    const auto entry = bytes.substr(2, length);
    if (!log::split_entry(entry)) break;
    entries.push_back(entry);
    bytes.remove_prefix(2 + length);
  }
  return entries;
}

// True where every entry could be read.
bool walk(Source& source, const log::Checkpoint& checkpoint, LedgerPass& pass, TreeCheck& tree, Findings& findings,
          const Options& options) {
  bool complete = true;
  for (const log::EntryBundle& bundle : log::bundles_of(checkpoint.size)) {
    const std::string path = log::tile_path(bundle);
    const Seq first{bundle.n * log::tile_width};
    auto bytes = source.read(path, log::max_bundle_size);
    if (!bytes) {
      findings.fault(Check::entries, first, path + ": " + bytes.error().detail);
      pass.lose(first);
      complete = false;
      continue;
    }
    auto entries = log::decode_bundle(*bytes, bundle.width);
    if (!entries) {
      const auto readable = whole_entries(*bytes, bundle.width);
      pass.take(first, readable);
      const Seq broken{first.value + readable.size()};
      findings.fault(Check::entries, broken, path + ": " + entries.error().detail);
      pass.lose(broken);
      complete = false;
      continue;
    }
    tree.take(bundle.n, pass.take(first, *entries));
    if (options.progress) options.progress(first.value + bundle.width, checkpoint.size);
  }
  return complete;
}

void describe(const election::State& state, Report& report) {
  const auto& summary = state.summary;
  if (state.size == 0) return;
  report.phase = summary.phase;
  report.uuid = summary.uuid;
  report.election_name = summary.draft.name;
  report.contests = summary.draft.contests;
  report.ballots = state.ballots;
  report.counted = state.last_ballot.size();
  report.weight = state.voted_weight;
  if (summary.sealed) report.fingerprint = summary.sealed->parsed_election.fingerprint;
  if (summary.result) report.result = summary.result->counts;
  if (!summary.result) report.notes.push_back("No result is published yet in this ledger.");
}

}  // namespace

Result<Report> audit_bundle(Source& source, const Options& options) {
  std::optional<log::VerifierKey> pinned;
  if (options.pinned_key) {
    auto key = log::parse_verifier_key(*options.pinned_key);
    if (!key) return fail(key.error());
    pinned = std::move(*key);
  }
  auto keys_json = source.read("keys.json", max_keys_size);
  if (!keys_json) return fail(keys_json.error());
  auto note = source.read("checkpoint", log::max_note_size);
  if (!note) return fail(note.error());

  Report report;
  Findings findings;
  const auto key = settle_key(*keys_json, pinned, findings, report);
  const auto checkpoint = settle_checkpoint(*note, key, findings);
  if (key) report.key = log::verifier_key_text(*key);
  if (!report.key_pinned) {
    report.notes.push_back(
        "The ledger's key was taken from the bundle itself: compare it with one published elsewhere.");
  }
  if (key && checkpoint) {
    report.origin = checkpoint->origin.value;
    report.size = checkpoint->size;
    report.root = crypto::to_base64(checkpoint->root.view());
    LedgerPass pass(*key, options, findings);
    TreeCheck tree(source, findings);
    const bool complete = walk(source, *checkpoint, pass, tree, findings, options);
    tree.finish(checkpoint->root, complete);
    describe(pass.state(), report);
  } else {
    findings.fault(Check::entries, std::nullopt, "without a readable checkpoint and key no entry can be judged");
  }
  report.checks = findings.take();
  return report;
}

}  // namespace suara::audit
