#include <string>

#include "core/log/tiles.hpp"
#include "tests/fuzz/support/target.hpp"

namespace {

using namespace suara;

void try_file(const log::HashTile& tile, std::string_view content) {
  fuzz::require(tile.width >= 1 && tile.width <= log::tile_width && tile.level <= log::max_tile_level,
                "a tile's path gives a tile that can be");
  fuzz::require_one_text(
      content, [&](auto bytes) { return log::decode_tile(bytes, tile.width); }, log::encode_tile);
}

void try_file(const log::EntryBundle& bundle, std::string_view content) {
  fuzz::require(bundle.width >= 1 && bundle.width <= log::tile_width, "a bundle's path gives a bundle that can be");
  const auto entries = log::decode_bundle(content, bundle.width);
  if (!entries) return fuzz::require_told(entries.error());
  fuzz::require(entries->size() == bundle.width, "a bundle has as many entries as its path says");
  const std::vector<std::string> copies(entries->begin(), entries->end());
  fuzz::require(log::encode_bundle(copies) == content, "a bundle is written again byte for byte");
}

}  // namespace

// A published file of the log: its path, a line feed, its content.
void suara::fuzz::try_input(std::string_view bytes) {
  const auto end = bytes.find('\n');
  const std::string_view path = bytes.substr(0, end);
  const auto tile = log::parse_tile_path(path);
  if (!tile) return require_told(tile.error());
  std::visit(
      [&](const auto& file) {
        require(log::tile_path(file) == path, "a path is written again as it was");
        if (end != bytes.npos) try_file(file, bytes.substr(end + 1));
      },
      *tile);
}
