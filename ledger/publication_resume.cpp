#include <fmt/format.h>

#include <algorithm>

#include "core/audit/published_keys.hpp"
#include "core/codec/event.hpp"
#include "core/log/entry.hpp"
#include "core/log/tiles.hpp"
#include "ledger/publication.hpp"

// How a publication begins: what was signed last, by which of the ledger's keys, and whether the files give it.
namespace suara::ledger {
namespace {


}  // namespace

Result<void> Publication::resume() {
  if (auto ok = find_last_checkpoint(); !ok) return ok;
  // The last head may be another process's, with a folder of its own: then this folder's goes on from its own.
  for (const auto* from : {&last_, &own_}) {
    if (!*from) continue;
    auto tree = restore_tree(**from);
    if (tree) {
      tree_ = std::move(*tree);
      return {};
    }
    if (tree.error().code == ErrorCode::unavailable || stopped_) return fail(tree.error());
  }
  // No files, or not those of the last checkpoint: they are made again from the store, and last_ is met on the way.
  tree_.emplace();
  return {};
}

// A ledger whose key was never changed is not read for it.
Result<void> Publication::find_last_checkpoint() {
  const auto stored = store_.latest_checkpoint(ledger_.id);
  if (!stored) return fail(stored.error());
  const auto head = store_.head(ledger_.id);  // after the checkpoint, so that its entries are there
  if (!head) return fail(head.error());
  const std::uint64_t size = head->size;
  if (auto ok = find_keys(std::min<std::uint64_t>(size, 1)); !ok) return ok;
  if (*stored) {
    auto checkpoint = log::open_checkpoint(**stored, known_keys());
    if (!checkpoint) {
      if (auto ok = find_keys(size); !ok) return ok;
      checkpoint = log::open_checkpoint(**stored, known_keys());
    }
    if (!checkpoint)
      return stop(std::nullopt,
                  "The last stored checkpoint is not signed by this ledger's key: " + checkpoint.error().detail);
    if (!last_ || last_->size < checkpoint->size) last_ = *checkpoint;
  }
  // The file may be ahead, where another process wrote it or the database lost what it had confirmed.
  const auto file = folder_.read("checkpoint", log::max_note_size);
  const auto shown = file ? log::open_checkpoint(*file, shown_keys()) : Result<log::Checkpoint>(fail(file.error()));
  if (shown && !log::open_checkpoint(*file, known_keys())) {
    if (auto ok = find_keys(size); !ok) return ok;
  }
  if (shown && last_ && shown->size == last_->size && shown->root != last_->root)
    return stop(std::nullopt,
                fmt::format("Two different heads of size {} are signed with this ledger's key.", last_->size));
  if (shown && (!last_ || last_->size < shown->size)) last_ = *shown;
  own_.reset();
  if (shown && shown->size < last_->size && log::open_checkpoint(*file, known_keys())) own_ = *shown;
  file_current_ = shown && shown->size == last_->size;
  return {};
}

Result<void> Publication::find_keys(std::uint64_t size) {
  auto named = read_named_keys(store_, ledger_.id, size);
  if (!named) {
    if (named.error().code == ErrorCode::unavailable) return fail(named.error());
    return stop(std::nullopt, std::move(named).error().detail);
  }
  named_ = std::move(*named);
  return {};
}

// Those that entries before `size` name, oldest first.
std::vector<log::VerifierKey> Publication::known_keys(std::uint64_t size) const {
  if (tree_) return tree_->keys;
  std::vector<log::VerifierKey> keys;
  for (const NamedKey& named : named_)
    if (named.seq.value < size) keys.push_back(named.key);
  return keys;
}

// What may have signed the file that is shown: another process may be ahead and know a later key. It tells of it in
// keys.json before it signs anything with it.
std::vector<log::VerifierKey> Publication::shown_keys() const {
  auto keys = known_keys();
  const auto file = folder_.read("keys.json", audit::max_keys_json);
  const auto published = file ? audit::read_published_keys(*file) : fail(file.error());
  if (!published) return keys;
  for (const auto& key : published->ledger)
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  return keys;
}

Result<Publication::Tree> Publication::restore_tree(const log::Checkpoint& last) {
  const auto fetch = [this](const log::HashTile& tile) { return folder_.tile(tile); };
  Tree tree;
  auto levels = TileLevels::restore(last.size, fetch);
  if (!levels) return fail(levels.error());
  tree.levels = std::move(*levels);
  auto edge = log::RightEdge::restore(last.size, tree.levels.edge());
  if (!edge) return fail(edge.error());
  tree.edge = std::move(*edge);
  if (tree.edge.root() != last.root) return fail(ErrorCode::integrity, "The tiles do not give the checkpoint's root.");
  if (last.size == 0) return tree;

  const auto reader = log::tile_node_reader(last.size, fetch);
  const auto leaf = reader({0, last.size - 1});
  if (!leaf) return fail(leaf.error());
  const auto proof = log::inclusion_proof(last.size - 1, last.size, reader);
  if (!proof) return fail(proof.error());
  if (auto ok = log::verify_inclusion(*leaf, last.size - 1, last.size, last.root, *proof); !ok) return fail(ok.error());
  tree.last_leaf = *leaf;

  const auto rows = store_.read(ledger_.id, Seq{last.size - 1}, 1, read_bytes);
  if (!rows) return fail(rows.error());
  if (rows->empty() || log::leaf_hash(rows->front().bytes) != tree.last_leaf)
    return stop(Seq{last.size - 1},
                fmt::format("Entry {} is missing or was changed since its checkpoint was signed.", last.size - 1));
  tree.last_time = rows->front().time;
  auto witnesses = drafted_witnesses(last.size);
  if (!witnesses) return fail(witnesses.error());
  tree.witnesses = std::move(*witnesses);
  tree.keys = known_keys(last.size);
  tree.full_written = last.size;
  const bool whole = has_open_bundle(last.size, tree.levels);
  tree.published = whole ? last.size : last.size - last.size % tile_width;
  return tree;
}

// Of the entries after the last full bundle: a lost power may lose that file and keep their tile.
bool Publication::has_open_bundle(std::uint64_t size, const TileLevels& levels) const {
  const auto width = static_cast<std::uint32_t>(size % tile_width);
  if (width == 0) return true;
  const std::uint64_t number = size / tile_width;
  if (folder_.read(tile_path(log::EntryBundle{number}), log::max_bundle_size)) return true;  // another process is ahead
  const auto file = folder_.read(tile_path(log::EntryBundle{number, width}), log::max_bundle_size);
  const auto entries = file ? log::decode_bundle(*file, width) : fail(file.error());
  if (!entries) return false;
  const auto nodes = levels.nodes({0, number, width});
  return std::equal(entries->begin(), entries->end(), nodes.begin(), nodes.end(),
                    [](std::string_view entry, const Hash& leaf) { return log::leaf_hash(entry) == leaf; });
}

Result<std::optional<election::WitnessPolicy>> Publication::witnesses_in(std::string_view entry) {
  const auto recorded = codec::read_recorded(entry, codec::Trust::trusted);
  if (!recorded) return fail(recorded.error());
  const auto* drafted = std::get_if<election::ElectionDrafted>(&recorded->event);
  return drafted ? drafted->draft.policies.witnesses : std::nullopt;
}

// Nothing is drafted after the sealing, so the roll's entries are the most that is read.
Result<std::optional<election::WitnessPolicy>> Publication::drafted_witnesses(std::uint64_t size) {
  std::optional<election::WitnessPolicy> found;
  for (std::uint64_t next = 0; next < size;) {
    const auto rows =
        store_.read(ledger_.id, Seq{next}, std::min<std::uint64_t>(read_entries, size - next), read_bytes);
    if (!rows) return fail(rows.error());
    if (rows->empty()) return stop(Seq{next}, fmt::format("Entry {} is missing.", next));
    for (const EntryRow& row : *rows) {
      if (row.type == "ElectionSealed") return found;
      if (row.type != "ElectionDrafted") continue;
      auto witnesses = witnesses_in(row.bytes);
      if (!witnesses) return stop(row.seq, fmt::format("Entry {}: {}", row.seq.value, witnesses.error().detail));
      found = std::move(*witnesses);
    }
    next += rows->size();
  }
  return found;
}

}  // namespace suara::ledger
