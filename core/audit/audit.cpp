#include "core/audit/audit.hpp"

#include <algorithm>

#include "core/audit/findings.hpp"
#include "core/audit/growth.hpp"
#include "core/audit/ledger_pass.hpp"
#include "core/audit/proven_root.hpp"
#include "core/audit/published_keys.hpp"
#include "core/audit/trail.hpp"
#include "core/audit/witness_check.hpp"
#include "core/crypto/encoding.hpp"
#include "core/log/checkpoint.hpp"
#include "core/log/entry.hpp"
#include "core/log/tiles.hpp"

namespace suara::audit {
namespace {


// The keys to judge by. Where keys.json does not hold the pinned key, that one alone.
struct SettledKeys {
  std::vector<log::VerifierKey> ledger;  // oldest first; empty where there is none at all
  std::optional<PublishedKeys> published;
};

SettledKeys settle_keys(std::string_view keys_json, const std::optional<log::VerifierKey>& pinned, Findings& findings,
                        Report& report) {
  findings.count(Check::keys);
  report.key_pinned = pinned.has_value();
  SettledKeys settled;
  auto published = read_published_keys(keys_json);
  if (!published) {
    findings.fault(Check::keys, std::nullopt, published.error().detail);
    if (pinned) settled.ledger = {*pinned};
    return settled;
  }
  settled.ledger = published->ledger;
  settled.published = std::move(*published);
  const auto& own = settled.ledger;
  if (pinned && std::find(own.begin(), own.end(), *pinned) == own.end()) {
    findings.fault(Check::keys, std::nullopt,
                   "the bundle's key is " + log::verifier_key_text(own.front()) + "; expected was " +
                       log::verifier_key_text(*pinned));
    settled.ledger = {*pinned};
  }
  return settled;
}

// The checkpoint, even where its signature is wrong, so that the entries can still be looked at.
std::optional<log::SignedCheckpoint> settle_checkpoint(std::string_view note, const std::vector<log::VerifierKey>& keys,
                                                       Findings& findings) {
  findings.count(Check::checkpoint);
  if (keys.empty()) {
    findings.fault(Check::checkpoint, std::nullopt, "there is no key to check its signature with");
  } else if (auto opened = log::open_checkpoint(note, keys); !opened) {
    findings.fault(Check::checkpoint, std::nullopt, opened.error().detail);
  }
  auto read = log::read_checkpoint(note);
  if (!read) return std::nullopt;
  return std::move(*read);
}

// What the ledger itself says of its keys, against keys.json and the checkpoint's signature.
void judge_keys(const SettledKeys& settled, const log::SignedCheckpoint& newest, const LedgerPass& pass,
                Findings& findings) {
  const auto& chain = pass.keys().all();
  const auto& now = pass.keys().at_size(newest.checkpoint.size);
  if (findings.clean(Check::checkpoint)) {
    if (auto ok = log::verify_note(newest.note, now); !ok) {
      findings.fault(Check::checkpoint, std::nullopt, ok.error().detail);
    }
  }
  if (!settled.published || !findings.clean(Check::keys)) return;
  const auto& listed = settled.published->ledger;
  if (!std::equal(chain.begin(), chain.end(), listed.begin(), listed.end())) {
    findings.fault(Check::keys, std::nullopt,
                   "keys.json lists " + std::to_string(listed.size()) + " ledger keys; the entries hand over " +
                       std::to_string(chain.size()) + ", or others");
  }
  const auto& policy = pass.state().summary.draft.policies.witnesses;
  const bool same = settled.published->witnesses_needed == (policy ? policy->needed : 0) &&
                    settled.published->witnesses == (policy ? policy->keys : std::vector<std::string>{});
  if (!same) findings.fault(Check::keys, std::nullopt, "keys.json asks for other witnesses than the draft does");
}

// checkpoint.witnessed, where the bundle has it.
void read_largest(Source& source, WitnessEvidence& evidence) {
  auto text = source.read("checkpoint.witnessed", log::max_note_size);
  if (!text && text.error().code == ErrorCode::not_found) return;
  auto read = text ? log::read_checkpoint(*text) : Result<log::SignedCheckpoint>(fail(text.error()));
  if (read) {
    evidence.largest = std::move(*read);
  } else {
    evidence.largest_fault = read.error().detail;
  }
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
          const Options& options, Trail& trail) {
  bool complete = true;
  for (const log::EntryBundle& bundle : log::bundles_of(checkpoint.size)) {
    if (bundle.n * log::tile_width < trail.from()) continue;
    if (bundle.width < log::tile_width) trail.stand(pass, tree);
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
  if (checkpoint.size % log::tile_width == 0) trail.stand(pass, tree);
  return complete;
}

// What the entries give for the size of checkpoint.witnessed; where that lies among those that are only recalled, what
// the tiles give.
std::optional<Hash> root_of_witnessed(Source& source, const log::Checkpoint& newest, const WitnessEvidence& evidence,
                                      const TreeCheck& tree, std::uint64_t from, Findings& findings) {
  const std::uint64_t size = evidence.largest->checkpoint.size;
  if (const auto root = tree.root_at(size)) return root;
  if (size >= from) return std::nullopt;
  const auto root = proven_root(newest, size, nodes_in(source, newest.size));
  if (root) return *root;
  findings.fault(Check::tree, Seq{size}, "cannot be held against checkpoint.witnessed: " + root.error().detail);
  return std::nullopt;
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
  auto keys_json = source.read("keys.json", max_keys_json);
  if (!keys_json) return fail(keys_json.error());
  auto note = source.read("checkpoint", log::max_note_size);
  if (!note) return fail(note.error());

  Report report;
  Findings findings;
  const auto keys = settle_keys(*keys_json, pinned, findings, report);
  auto newest = settle_checkpoint(*note, keys.ledger, findings);
  if (!keys.ledger.empty()) report.key = log::verifier_key_text(keys.ledger.front());
  if (!report.key_pinned) {
    report.notes.push_back(
        "The ledger's key was taken from the bundle itself: compare it with one published elsewhere.");
  }
  if (keys.ledger.empty() || !newest) {
    findings.fault(Check::entries, std::nullopt, "without a readable checkpoint and key no entry can be judged");
    findings.does_not_apply(Check::witnesses);
    report.checks = findings.take();
    return report;
  }
  const log::Checkpoint checkpoint = newest->checkpoint;
  report.origin = checkpoint.origin.value;
  report.size = checkpoint.size;
  report.root = crypto::to_base64(checkpoint.root.view());
  WitnessEvidence evidence{std::move(*newest), std::nullopt, "", std::nullopt, std::nullopt};
  read_largest(source, evidence);
  auto trail = Trail::open(options, checkpoint, keys.ledger.front());
  if (!trail) return fail(std::move(trail).error());
  if (const auto& key = trail->other_key()) {
    findings.fault(Check::keys, std::nullopt,
                   "a ledger of this name was verified before that was opened with the key " + *key +
                       "; this one is another, opened with " + report.key +
                       ": keep the state file and this record as evidence");
  }
  LedgerPass pass(keys.ledger.front(), options, findings);
  TreeCheck tree(source, findings);
  if (evidence.largest) tree.watch(evidence.largest->checkpoint.size);
  if (auto ok = trail->take_up(pass, tree); !ok) return fail(std::move(ok).error());
  report.recalled = trail->from();
  const bool complete = walk(source, checkpoint, pass, tree, findings, options, *trail);
  tree.finish(checkpoint.root, complete);
  describe(pass.state(), report);
  const bool keys_known = complete && pass.understood();
  if (keys_known) judge_keys(keys, evidence.newest, pass, findings);
  if (const SavedPosition* before = trail->before()) {
    Seen seen{checkpoint, *note, false, std::nullopt};
    // One key alone is the one that the earlier audit knew.
    seen.signed_by_ledger =
        (keys_known || keys.ledger.size() == 1) && findings.clean(Check::keys) && findings.clean(Check::checkpoint);
    if (!trail->shorter()) {
      const auto root = findings.clean(Check::tree)
                            ? Result<Hash>(tree.root_at(before->size).value())
                            : proven_root(checkpoint, before->size, nodes_in(source, checkpoint.size));
      if (root) seen.root = *root;
    }
    judge_growth(*before, seen, findings, report);
  }
  if (const auto& policy = pass.state().summary.draft.policies.witnesses) {
    if (evidence.largest)
      evidence.root_there = root_of_witnessed(source, checkpoint, evidence, tree, trail->from(), findings);
    evidence.outcome_at = pass.outcome_at();
    report.witnessed = check_witnesses(*policy, evidence, pass.keys(), findings, report.notes);
  } else {
    findings.does_not_apply(Check::witnesses);
  }
  report.checks = findings.take();
  if (options.leave_behind && report.verified()) *options.leave_behind = trail->leave(checkpoint, *note);
  return report;
}

}  // namespace suara::audit
