#include "tools/verify/log_reader.hpp"

#include <algorithm>

#include "core/audit/proven_root.hpp"
#include "core/audit/published_keys.hpp"
#include "core/log/entry.hpp"
#include "core/log/tiles.hpp"

namespace suara::verify {
namespace {


}  // namespace

LogReader::LogReader(audit::Source& source, log::Checkpoint checkpoint, std::string note)
    : source_(&source),
      checkpoint_(std::move(checkpoint)),
      note_(std::move(note)),
      nodes_(audit::nodes_in(source, checkpoint_.size)) {}

Result<LogReader> LogReader::open(audit::Source& source, std::span<const log::VerifierKey> keys) {
  auto note = source.read("checkpoint", log::max_note_size);
  if (!note) return fail(note.error());
  auto checkpoint = log::open_checkpoint(*note, keys);
  if (!checkpoint) return fail(checkpoint.error());
  LogReader reader(source, std::move(*checkpoint), std::move(*note));
  const auto root = reader.root_at(reader.checkpoint_.size);
  if (!root) return fail(root.error());
  return reader;
}

Result<Hash> LogReader::root_at(std::uint64_t size) const { return audit::proven_root(checkpoint_, size, nodes_); }

Result<Hash> LogReader::leaf(std::uint64_t index) const { return audit::proven_leaf(checkpoint_, index, nodes_); }

Result<void> LogReader::walk(std::uint64_t first,
                             const std::function<bool(std::uint64_t, std::string_view)>& take) const {
  for (std::uint64_t n = first / log::tile_width; n * log::tile_width < checkpoint_.size; ++n) {
    const std::uint64_t start = n * log::tile_width;
    const auto width = static_cast<std::uint32_t>(std::min(log::tile_width, checkpoint_.size - start));
    const auto bytes = source_->read(log::tile_path(log::EntryBundle{n, width}), log::max_bundle_size);
    if (!bytes) return fail(bytes.error());
    const auto entries = log::decode_bundle(*bytes, width);
    if (!entries) return fail(entries.error());
    // The proof of one leaf is computed from all others of its tile, so it vouches for them too.
    if (const auto proven = leaf(start); !proven) return fail(proven.error());
    for (std::uint64_t i = std::max(first, start); i < start + width; ++i) {
      const auto entry = (*entries)[i - start];
      const auto wanted = nodes_({0, i});
      if (!wanted) return fail(wanted.error());
      if (log::leaf_hash(entry) != *wanted) {
        return fail(ErrorCode::integrity, "Entry " + std::to_string(i) + " is not the one that the tree holds.");
      }
      if (!take(i, entry)) return {};
    }
  }
  return {};
}

Result<BundleKeys> read_keys_json(std::string_view json) {
  auto published = audit::read_published_keys(json);
  if (!published) return fail(published.error());
  BundleKeys keys{std::move(published->ledger), {}, published->witnesses_needed};
  for (const auto& text : published->witnesses) {
    auto witness = log::parse_witness_key(text);
    if (!witness) return fail(witness.error().code, "keys.json: a witness's key is wrong: " + witness.error().detail);
    keys.witnesses.push_back(std::move(*witness));
  }
  return keys;
}

Result<BundleKeys> read_bundle_keys(audit::Source& source) {
  const auto json = source.read("keys.json", audit::max_keys_json);
  if (!json) return fail(json.error());
  return read_keys_json(*json);
}

}  // namespace suara::verify
