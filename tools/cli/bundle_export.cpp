#include "tools/cli/bundle_export.hpp"

#include "core/audit/published_keys.hpp"
#include "core/log/merkle.hpp"
#include "core/log/tiles.hpp"
#include "tools/cli/bundle_sink.hpp"
#include "tools/cli/remote_log.hpp"
#include "tools/cli/terminal.hpp"

namespace suara::cli {
namespace {

constexpr int bundle_tries = 3;

tl::unexpected<Fault> damaged(const std::string& what) {
  return stop(ExitCode::refused, "integrity", what + " Nothing was exported.");
}

Outcome<std::string> taken(const RemoteLog& log, Result<std::string> content) {
  if (content) return std::move(*content);
  if (content.error().code == ErrorCode::too_large) return damaged(content.error().detail);
  return stop(*log.fault());
}

Outcome<std::string> fetch(RemoteLog& log, const std::string& path, std::size_t max_bytes) {
  return taken(log, log.read(path, max_bytes));
}

// Brings over checkpoint and tree as they were published, and the entries as the database holds them now. Where the
// two contradict each other the bundle is written all the same, with a warning: it is the evidence, and for
// `suara-verify` to judge.
class Export {
 public:
  Export(RemoteLog& log, BundleSink& sink, const log::Checkpoint& checkpoint)
      : log_(log),
        sink_(sink),
        checkpoint_(checkpoint),
        tiles_(log::tiles_of(checkpoint.size)),
        bundles_(log::bundles_of(checkpoint.size)),
        progress_("Exporting", tiles_.size() + bundles_.size()) {}

  Outcome<void> run() {
    for (const auto& tile : tiles_) {
      if (auto taken = take_tile(tile); !taken) return taken;
    }
    for (const auto& bundle : bundles_) {
      if (auto taken = take_bundle(bundle); !taken) return taken;
    }
    return {};
  }

  // The first entry that is stored otherwise than it was published.
  const std::optional<Seq>& changed() const { return changed_; }

 private:
  Outcome<void> take_tile(const log::HashTile& tile) {
    const std::string path = log::tile_path(tile);
    auto content = fetch(log_, path, log::tile_width * sizeof(Hash));
    if (!content) return stop(content.error());
    auto nodes = log::decode_tile(*content, tile.width);
    if (!nodes) return damaged("The file " + path + " is damaged: " + nodes.error().detail);
    if (tile.level == 0) leaves_.insert(leaves_.end(), nodes->begin(), nodes->end());
    progress_.advance();
    return sink_.add(path, *content);
  }

  Outcome<void> take_bundle(const log::EntryBundle& bundle) {
    const std::string path = log::tile_path(bundle);
    auto content = taken(log_, log_.read_stored(bundle));
    if (!content) return stop(content.error());
    auto entries = log::decode_bundle(*content, bundle.width);
    if (!entries) return damaged("The file " + path + " is damaged: " + entries.error().detail);
    for (const auto entry : *entries) {
      if (!changed_ && log::hash_leaf(as_bytes(entry)) != leaves_[next_]) changed_ = Seq{next_};
      ++next_;
    }
    progress_.advance();
    return sink_.add(path, *content);
  }

  RemoteLog& log_;
  BundleSink& sink_;
  log::Checkpoint checkpoint_;
  std::vector<log::HashTile> tiles_;
  std::vector<log::EntryBundle> bundles_;
  std::vector<Hash> leaves_;  // as the tiles of level 0 say
  std::size_t next_ = 0;      // entry
  std::optional<Seq> changed_;
  Progress progress_;
};

Outcome<ExportedBundle> export_bundle_once(RemoteLog& log, const std::string& out) {
  auto sink = open_bundle_sink(out);
  if (!sink) return stop(sink.error());
  auto note = fetch(log, "checkpoint", log::max_note_size);
  if (!note) return stop(note.error());
  const auto head = log::read_checkpoint(*note);
  if (!head) return damaged("The checkpoint does not read: " + head.error().detail);
  auto keys = fetch(log, "keys.json", audit::max_keys_json);
  if (!keys) return stop(keys.error());

  if (auto added = (*sink)->add("checkpoint", *note); !added) return stop(added.error());
  // Where there is one it was read together with the checkpoint.
  if (const auto witnessed = log.read("checkpoint.witnessed", log::max_note_size))
    if (auto added = (*sink)->add("checkpoint.witnessed", *witnessed); !added) return stop(added.error());
  if (auto added = (*sink)->add("keys.json", *keys); !added) return stop(added.error());
  Export files(log, **sink, head->checkpoint);
  if (auto done = files.run(); !done) return stop(done.error());
  if (auto finished = (*sink)->finish(); !finished) return stop(finished.error());
  return ExportedBundle{head->checkpoint, files.changed()};
}

}  // namespace

Outcome<ExportedBundle> write_bundle(Api& api, const std::string& uuid, const std::string& out) {
  RemoteLog log(api, uuid);
  auto exported = export_bundle_once(log, out);
  // A partial tile may be gone once the ledger has outgrown it; the next checkpoint has its own.
  for (int i = 1; i < bundle_tries && !exported && exported.error().code == error_name(ErrorCode::not_found); ++i) {
    log.forget();
    exported = export_bundle_once(log, out);
  }
  return exported;
}

}  // namespace suara::cli
