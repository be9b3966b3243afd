#include "ledger/publication.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/audit/published_keys.hpp"
#include "core/codec/entry_body.hpp"
#include "core/log/entry.hpp"
#include "core/log/tiles.hpp"
#include "ledger/checkpoint_files.hpp"

namespace suara::ledger {
namespace {

using log::tile_width;

}  // namespace

Publication::Publication(EventStore& store, KeyStore& keys, LedgerInfo ledger, std::filesystem::path folder)
    : store_(store), keys_(keys), ledger_(std::move(ledger)), folder_(std::move(folder)) {}

tl::unexpected<Error> Publication::stop(std::optional<Seq> at, std::string detail) {
  stopped_ = Error{ErrorCode::integrity, std::move(detail)};
  stopped_at_ = at;
  return fail(*stopped_);
}

Result<log::Checkpoint> Publication::publish() {
  if (stopped_) return fail(*stopped_);
  auto head = store_.head(ledger_.id);
  if (!head) return fail(head.error());
  if (head->size == 0 && !last_) return fail(ErrorCode::not_found, "Nothing is recorded in this ledger yet.");
  if (!tree_) {
    if (auto ok = resume(); !ok) return fail(ok.error());
    // Another process may have appended, and signed what it appended, since the head was read.
    head = store_.head(ledger_.id);
    if (!head) return fail(head.error());
  }
  if (last_ && head->size < last_->size)
    return stop(std::nullopt, fmt::format("The stored ledger has {} entries, but a head of {} was signed: entries were "
                                          "removed. Restore the database.",
                                          head->size, last_->size));
  if (auto ok = advance(head->size); !ok) {
    if (!stopped_) tree_.reset();  // half a step may be done: begin again from what was published
    return fail(ok.error());
  }
  if (auto ok = check_head(*head); !ok) return fail(ok.error());
  if (auto ok = write_keys(); !ok) return fail(ok.error());
  if (auto ok = sign(); !ok) return fail(ok.error());
  return *last_;
}

Result<void> Publication::write_keys() const {
  const std::string wanted = audit::write_published_keys(tree_->keys, tree_->witnesses);
  const auto present = folder_.read("keys.json", audit::max_keys_json);
  if (present && *present == wanted) return {};
  const auto file = folder_.read("checkpoint", log::max_note_size);
  const auto shown = file ? log::open_checkpoint(*file, shown_keys()) : Result<log::Checkpoint>(fail(file.error()));
  if (shown && shown->size > tree_->edge.size()) return {};  // whoever wrote it has written the keys for it
  return folder_.write("keys.json", wanted, LogFolder::Keep::durable);
}

// Reads from the start of the open bundle, so that a bundle is always written from what the store holds.
Result<void> Publication::advance(std::uint64_t size) {
  if (tree_->published == size) return {};
  std::vector<std::string> open_bundle;
  std::uint64_t next = tree_->edge.size() - tree_->edge.size() % tile_width;
  while (next < size) {
    auto rows = store_.read(ledger_.id, Seq{next}, std::min<std::uint64_t>(read_entries, size - next), read_bytes);
    if (!rows) {
      if (rows.error().code == ErrorCode::integrity) return stop(Seq{next}, rows.error().detail);
      return fail(rows.error());
    }
    if (rows->empty()) return stop(Seq{next}, fmt::format("Entry {} is missing.", next));
    for (EntryRow& row : *rows) {
      if (row.seq.value != next) return stop(Seq{next}, fmt::format("Entry {} is missing.", next));
      if (auto ok = take(row); !ok) return ok;
      open_bundle.push_back(std::move(row.bytes));
      if (++next % tile_width != 0) continue;
      const log::EntryBundle bundle{next / tile_width - 1};
      auto ok = folder_.write(tile_path(bundle), log::encode_bundle(open_bundle), LogFolder::Keep::durable);
      if (!ok) return ok;
      open_bundle.clear();
    }
    if (auto ok = write_full_tiles(); !ok) return ok;
  }
  return write_partial_tiles(open_bundle);
}

Result<void> Publication::take(const EntryRow& row) {
  if (log::leaf_hash(row.bytes) != row.leaf)
    return stop(row.seq,
                fmt::format("Entry {} does not hash to its stored leaf: one of the two was changed.", row.seq.value));
  if (row.seq.value >= tree_->edge.size()) return accept(row);
  const log::HashTile open{0, row.seq.value / tile_width, static_cast<std::uint32_t>(tree_->edge.size() % tile_width)};
  if (tree_->levels.nodes(open)[row.seq.value % tile_width] == row.leaf) return {};
  return stop(row.seq, fmt::format("Entry {} was changed since its checkpoint was signed.", row.seq.value));
}

// A new entry: it must be the next one of this ledger, signed with the key in force at it, and the columns beside it
// must say the same.
Result<void> Publication::accept(const EntryRow& row) {
  const auto wrong = [&](const Error& error) {
    return stop(row.seq, fmt::format("Entry {}: {}", row.seq.value, error.detail));
  };
  const auto entry = log::split_entry(row.bytes);
  if (!entry) return wrong(entry.error());
  if (!tree_->keys.empty()) {
    if (auto ok = log::verify_entry_signature(*entry, tree_->keys.back()); !ok) return wrong(ok.error());
  }
  const auto body = codec::decode_entry_body(entry->body);
  if (!body) return wrong(body.error());
  const codec::ChainHead head{ledger_.origin, tree_->edge.size(), tree_->last_leaf, tree_->last_time};
  if (auto ok = codec::check_follows(*body, head); !ok) return wrong(ok.error());
  if (row.type != body->type || row.time != body->time)
    return stop(row.seq, fmt::format("Entry {}: the type or time stored beside it is not its own.", row.seq.value));
  if (names_key(row.type)) {
    auto key = key_named_in(row.bytes);
    if (!key) return wrong(key.error());
    if (*key) tree_->keys.push_back(std::move(**key));
  }
  if (row.seq.value == 0) {  // it names the key that signs it
    if (tree_->keys.empty()) return stop(row.seq, "Entry 0 names no key.");
    if (auto ok = log::verify_entry_signature(*entry, tree_->keys.back()); !ok) return wrong(ok.error());
  }
  if (row.type == "ElectionDrafted") {
    auto witnesses = witnesses_in(row.bytes);
    if (!witnesses) return wrong(witnesses.error());
    tree_->witnesses = std::move(*witnesses);
  }
  tree_->edge.append(row.leaf);
  tree_->levels.append(row.leaf);
  tree_->last_leaf = row.leaf;
  tree_->last_time = row.time;
  if (last_ && tree_->edge.size() == last_->size && tree_->edge.root() != last_->root)
    return stop(std::nullopt, fmt::format("The stored entries do not give the signed root of size {}.", last_->size));
  return {};
}

Result<void> Publication::write_full_tiles() {
  const std::uint64_t size = tree_->edge.size();
  for (const auto& tile : log::new_tiles(tree_->full_written, size)) {
    if (tile.width != tile_width) continue;
    const std::string bytes = log::encode_tile(tree_->levels.nodes(tile));
    if (auto ok = folder_.write(tile_path(tile), bytes, LogFolder::Keep::durable); !ok) return ok;
  }
  tree_->full_written = size;
  tree_->levels.release();
  return {};
}

Result<void> Publication::write_partial_tiles(const std::vector<std::string>& open_bundle) {
  const std::uint64_t size = tree_->edge.size();
  for (const auto& tile : log::new_tiles(tree_->published, size)) {
    if (tile.width == tile_width) continue;
    const std::string bytes = log::encode_tile(tree_->levels.nodes(tile));
    if (auto ok = folder_.write(tile_path(tile), bytes, LogFolder::Keep::replaceable); !ok) return ok;
  }
  if (open_bundle.empty()) return {};
  const log::EntryBundle bundle{size / tile_width, static_cast<std::uint32_t>(open_bundle.size())};
  return folder_.write(tile_path(bundle), log::encode_bundle(open_bundle), LogFolder::Keep::replaceable);
}

Result<void> Publication::check_head(const Head& head) {
  if (head.size == tree_->edge.size() && head.last_leaf == tree_->last_leaf && head.edge == tree_->edge.edge() &&
      tree_->levels.edge() == tree_->edge.edge())
    return {};
  return stop(std::nullopt, fmt::format("The stored head of size {} is not the one its entries give.", head.size));
}

Result<void> Publication::sign() {
  const log::Checkpoint next{ledger_.origin, tree_->edge.size(), tree_->edge.root()};
  if (tree_->published == next.size && file_current_ && last_ && last_->size == next.size) return {};
  const log::VerifierKey& name = tree_->keys.back();
  const auto key = keys_.ledger_key(ledger_.uuid, name);
  if (!key) return fail(ErrorCode::internal, "Its signing key cannot be used: " + key.error().detail);
  const std::string note = log::sign_checkpoint(next, **key, name);
  if (!last_ || last_->size < next.size) {
    if (auto ok = store_.save_checkpoint(ledger_.id, next.size, note); !ok) return ok;
    last_ = next;
    file_current_ = false;
  }
  if (auto ok = write_checkpoint_file(note); !ok) return ok;
  for (const auto& tile : log::new_tiles(tree_->published, next.size))
    if (tile.width == tile_width) folder_.remove_partials(tile_path(tile));
  for (const auto& bundle : log::new_bundles(tree_->published, next.size))
    if (bundle.width == tile_width) folder_.remove_partials(tile_path(bundle));
  tree_->published = next.size;
  return {};
}

Result<void> Publication::write_checkpoint_file(const std::string& note) {
  // Another process that shares the folder may be ahead: readers are never shown an older head again.
  if (auto ok = CheckpointFiles(folder_).publish(*last_, note, shown_keys()); !ok) return ok;
  file_current_ = true;
  return {};
}

}  // namespace suara::ledger
